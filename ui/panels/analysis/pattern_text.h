#pragma once

#include <QString>
#include <cstdint>
#include <string>

#include "api/model_config.h"

namespace fusemoe::ui {

/// A set of a model's modalities in few words: "all 5", "without ECG", "Notes alone", "Notes, ECG and Body".
QString patternName(const ModelConfig& config, std::uint32_t present);
/// The filter of the stay list that the stays of a split pass which have exactly these; "" = of all splits.
QString patternFilter(const ModelConfig& config, std::uint32_t present, const std::string& split);

}  // namespace fusemoe::ui
