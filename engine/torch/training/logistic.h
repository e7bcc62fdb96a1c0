#pragma once

#include <stop_token>

#include "api/engine.h"

namespace fusemoe {

/// What to compare a network with: L2-regularised logistic regression on summary features of each stay (series: last
/// and mean value, log count, observed; vectors: sum and log count; static: value, observed), fitted on "train", its
/// penalty chosen by AUROC on "validation", scored on `split`. Binary tasks only.
Result<Scores> logisticScores(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                              const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
