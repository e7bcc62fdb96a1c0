#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cohort/cohort_store.h"

// Inside engine/cohort only: an importer's variables and the rules for their values, as one table.
namespace fusemoe {

/// A variable of an importer.
struct Parameter {
  std::string_view name, title, unit;
  /// Values that can be, wide on purpose: only what no living adult has is left out.
  double low = 0, high = 0;
  double usualLow = std::numeric_limits<double>::quiet_NaN();  ///< CohortVariable::referenceLow
  double usualHigh = std::numeric_limits<double>::quiet_NaN();
};

/// A modality of an importer.
struct ParameterGroup {
  std::string_view name, title;
  ModalityKind kind = ModalityKind::Series;
  std::span<const Parameter> parameters;
};

/// A value that lies in [low, high] is in another unit beyond doubt: it becomes (value − minus) · factor.
struct UnitRule {
  std::string_view variable, name;
  double low = 0, high = 0, minus = 0, factor = 1;
};

/// A value after the rules.
struct CheckedValue {
  std::optional<double> value;  ///< none = implausible
  std::string_view rule{};      ///< name of the UnitRule at work; empty = taken as it is
};

/// The modalities of a description.
std::vector<CohortModality> modalitiesOf(std::span<const ParameterGroup> groups);

/// A value inside its parameter's limits is taken as it is; else the first unit rule that brings it inside applies;
/// else it is implausible.
CheckedValue checkedValue(const Parameter& parameter, std::span<const UnitRule> rules, double value);

}  // namespace fusemoe
