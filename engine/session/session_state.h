#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace fusemoe {

/// Which router distribution a chart shows.
enum class Distribution { Dense, TopK };
/// What the load chart counts: tokens that kept an expert, or the gate weight they gave it.
enum class LoadMeasure { Tokens, Importance };

/// All that the user can change and undo: a value. Never holds patient data, only which stay is looked at.
struct SessionState {
  std::string modelPath;
  std::string cohortPath;
  std::int64_t stayId = 0;       ///< 0 = none chosen
  std::set<std::string> masked;  ///< modality names; kept when another model is opened
  int layer = 0;                 ///< 0-based
  Distribution distribution = Distribution::Dense;
  LoadMeasure loadMeasure = LoadMeasure::Tokens;
  bool operator==(const SessionState&) const = default;
};

}  // namespace fusemoe
