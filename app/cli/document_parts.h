#pragma once

#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/metrics.h"
#include "api/model_config.h"

namespace fusemoe::cli {

// Parts of the documents and texts of the analyses.

inline constexpr const char* kResearchOnly = "research use only, not for clinical decisions";

/// printf, up to 400 characters.
template <class... Values>
std::string formatted(const char* format, Values... values) {
  char line[400];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

template <class T>
nlohmann::ordered_json orNull(const std::optional<T>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}
inline nlohmann::ordered_json intervalDocument(const Interval& interval) {
  return nlohmann::ordered_json{interval.low, interval.high};
}
inline nlohmann::ordered_json intervalDocument(const std::optional<Interval>& interval) {
  return interval ? intervalDocument(*interval) : nlohmann::ordered_json(nullptr);
}

inline std::string modalityAt(const ModelConfig& config, int modality) {
  return config.modalities[static_cast<std::size_t>(modality)].name;
}
inline std::string labelAt(const ModelConfig& config, int output) {
  return config.task.labels[static_cast<std::size_t>(output)];
}

/// Names of the modalities whose bits are set.
inline std::vector<std::string> modalitiesIn(const ModelConfig& config, std::uint32_t bits) {
  std::vector<std::string> names;
  for (int m = 0; m < config.modalityCount(); ++m)
    if (bits >> m & 1U) names.push_back(modalityAt(config, m));
  return names;
}

}  // namespace fusemoe::cli
