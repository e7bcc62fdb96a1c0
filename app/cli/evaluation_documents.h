#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "analysis/evaluation.h"
#include "api/model_config.h"

namespace fusemoe::cli {

// The documents and texts of `evaluate` and `baseline`. Field names are the programs' contract. What is not defined is
// null, and `reason` says why.

nlohmann::ordered_json evaluationDocument(const ModelConfig& config, const EvaluationReport& report,
                                          const std::string& split);
std::string evaluationText(const ModelConfig& config, const EvaluationReport& report, const std::string& split);

/// Mean and sample standard deviation over models of each overall metric: {"auroc": {"mean", "sd", "n"}, …}; sd is null
/// for one model.
nlohmann::ordered_json summaryDocument(std::span<const EvaluationReport> reports);
std::string summaryText(std::span<const EvaluationReport> reports);

}  // namespace fusemoe::cli
