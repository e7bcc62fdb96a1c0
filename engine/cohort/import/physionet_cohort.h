#pragma once

#include <string_view>

#include "cohort/import/parameter_table.h"

// Inside engine/cohort only: what the PhysioNet 2012 cohort is made of, and the rules for its values.
namespace fusemoe {

inline constexpr double kPhysionetWindowHours = 48;
inline constexpr std::string_view kPhysionetTask = "in_hospital_death";

/// Name, modalities, task, window and attribution.
CohortInfo physionetInfo();

/// `value` of a variable of physionetInfo() by the rules of engine/cohort/IMPORTERS.md: converted where the unit is
/// another beyond doubt, none where no living adult has it.
CheckedValue physionetValue(std::string_view variable, double value);

}  // namespace fusemoe
