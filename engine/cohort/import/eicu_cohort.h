#pragma once

#include <span>
#include <string_view>

#include "cohort/import/parameter_table.h"

// Inside engine/cohort only: what the eICU mortality24 cohort is made of.
namespace fusemoe {

inline constexpr double kEicuWindowHours = 25;  ///< hourly rows 0 to 24
inline constexpr std::string_view kEicuTask = "mortality24";

/// The modalities with their variables, under the names YAIB gives them, the static one last.
std::span<const ParameterGroup> eicuGroups();
std::span<const UnitRule> eicuRules();
/// Name, modalities, task, window and attribution.
CohortInfo eicuInfo();

}  // namespace fusemoe
