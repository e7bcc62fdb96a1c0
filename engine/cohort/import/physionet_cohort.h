#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cohort/cohort_store.h"

// Inside engine/cohort only: what the PhysioNet 2012 cohort is made of, and the rules for its values.
namespace fusemoe {

inline constexpr double kPhysionetWindowHours = 48;
inline constexpr std::string_view kPhysionetTask = "in_hospital_death";

/// Name, modalities, task, window and attribution.
CohortInfo physionetInfo();

/// A value after the unit rules of its parameter.
struct PhysionetValue {
  std::optional<double> value;    ///< none = implausible
  std::string_view conversion{};  ///< "from_fahrenheit", …; empty = taken as it is
};

/// Converts where the unit is another beyond doubt, and takes what no living adult has for a slip. The rules are in
/// engine/cohort/IMPORTERS.md. `variable` must be one of physionetInfo().
PhysionetValue physionetValue(std::string_view variable, double value);

}  // namespace fusemoe
