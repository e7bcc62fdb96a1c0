#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "api/model_config.h"
#include "api/sample.h"
#include "api/training.h"
#include "base/progress.h"
#include "base/result.h"

namespace fusemoe {

/// Gradient-boosted trees with these settings, and how they did.
struct BoostingChoice {
  int depth = 3;
  double rate = 0.1;       ///< learning rate
  double childWeight = 1;  ///< least weight of a leaf
  int rounds = 0;          ///< trees: those up to the best validation AUROC
  double validationAuroc = 0;
};

struct BoostingReport {
  Scores validation, target;
  BoostingChoice chosen;
  std::vector<BoostingChoice> tried;
  std::size_t features = 0;
};

/// A tuned gradient-boosting model (XGBoost) on summary features (analysis/summary_features.h) of the same stays, to
/// compare with: fits on "train", chooses settings from a fixed grid and the number of trees by AUROC on "validation",
/// then predicts `split`, which takes no part in any choice. Binary tasks. Deterministic, on one thread. Errors: built
/// without XGBoost; another kind of task; a split without a labelled stay; validation stays of one class; stopped.
Result<BoostingReport> boostingBaseline(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                                        std::uint64_t seed, const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
