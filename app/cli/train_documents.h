#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/evaluation.h"
#include "api/engine.h"

namespace fusemoe::cli {

/// One trained model of a `train` command.
struct TrainedRun {
  std::uint64_t seed = 0;
  int fold = 0;       ///< from 1; 0 = on the cohort's own splits
  std::string model;  ///< the file written
  TrainReport report;
  std::optional<EvaluationReport> test;
};

/// One run: its fields at the top. Several: {"runs": […], "summary": mean and sd over the runs, "pooled": …}; `pooled`
/// are the metrics of all folds' test stays together, none without folds.
nlohmann::ordered_json trainDocument(const ModelConfig& config, const std::vector<TrainedRun>& runs,
                                     const std::optional<EvaluationReport>& pooled);
std::string trainText(const ModelConfig& config, const std::vector<TrainedRun>& runs,
                      const std::optional<EvaluationReport>& pooled);

}  // namespace fusemoe::cli
