#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "api/engine.h"
#include "cohort/cohort_store.h"

namespace fusemoe::cli {

// The JSON documents and texts of the commands. Field names are the programs' contract.

nlohmann::ordered_json predictionDocument(const ModelConfig& config, const Sample& sample, const RoutingResult& result,
                                          bool perToken);
std::string predictionText(const ModelConfig& config, const Sample& sample, const RoutingResult& result);

nlohmann::ordered_json modelDocument(const ModelConfig& config, const ModelInfo& info);
std::string modelText(const ModelConfig& config, const ModelInfo& info);

}  // namespace fusemoe::cli
