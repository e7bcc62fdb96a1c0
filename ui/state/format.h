#pragma once

#include <QString>
#include <string>

#include "api/model_config.h"
#include "api/routing_result.h"

namespace fusemoe::ui {

/// A number with a true minus sign.
QString number(double value, int decimals);
/// The same with a sign always; a value that rounds to nothing reads "±0.00".
QString signedNumber(double value, int decimals);
/// "17,549".
QString count(qint64 value);
/// "1 note" or "12 notes": `many` has a %1 for the number. English plurals without a translation file.
QString counted(qint64 value, const QString& one, const QString& many);
/// Title as shown, or its name.
QString modalityTitle(const ModelConfig& config, int modality);
/// Title of a router's series: its modality, or "All modalities" for a joint router (-1).
QString routerTitle(const ModelConfig& config, int modality);
/// "E1" for expert 0.
QString expertName(int expert);
/// The formula of a gate's logit, of token x and gate vector W.
QString logitFormula(Gate gate);
QString stateName(ModalityState state);
QString fileName(const std::string& path);

}  // namespace fusemoe::ui
