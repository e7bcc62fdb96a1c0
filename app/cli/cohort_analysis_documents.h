#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "analysis/collapse.h"
#include "analysis/donors.h"
#include "analysis/expert_effect.h"
#include "analysis/expert_matching.h"
#include "analysis/missingness.h"
#include "analysis/support.h"

namespace fusemoe::cli {

// The documents and texts of the analyses of a cohort. Field names are the programs' contract. Layers and experts count
// from 0 in documents, as `predict` does, and from 1 in texts.

nlohmann::ordered_json supportDocument(const ModelConfig& config, const SupportReport& report);
std::string supportText(const ModelConfig& config, const SupportReport& report);

nlohmann::ordered_json missingnessDocument(const ModelConfig& config, const MissingnessReport& report);
std::string missingnessText(const ModelConfig& config, const MissingnessReport& report);

nlohmann::ordered_json donorsDocument(const ModelConfig& config, const DonorReport& report);
std::string donorsText(const ModelConfig& config, const DonorReport& report);

nlohmann::ordered_json collapseDocument(const ModelConfig& config, const CollapseReport& report);
std::string collapseText(const ModelConfig& config, const CollapseReport& report);

nlohmann::ordered_json matchingDocument(const MatchingReport& report);
std::string matchingText(const MatchingReport& report);

nlohmann::ordered_json rankingDocument(const ExpertRanking& ranking);
std::string rankingText(const ExpertRanking& ranking);

}  // namespace fusemoe::cli
