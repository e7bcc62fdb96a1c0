#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// Inside engine/cohort only: which rows of MIMIC-IV's event tables are which variable, and in which unit.
namespace fusemoe {

/// Tables of events that are read. Item numbers are unique over all of them.
enum class MimicTable { ChartEvents, LabEvents, OutputEvents };

/// A unit a source row may come in: value in the variable's unit = value · scale + offset.
struct MimicUnit {
  std::string_view name;  ///< as the source writes it; case does not matter
  double scale = 1, offset = 0;
};

/// A variable of the cohort. One of no modality in a grouping is not read then.
struct MimicVariable {
  std::string_view name, title, unit;
  double low = 0, high = 0;                    ///< values outside are implausible, in `unit`
  double referenceLow = 0, referenceHigh = 0;  ///< usual range; NaN = none given
  std::string_view paper, clinical;            ///< the modality in each grouping; empty = not in it
};

/// An item of the source: a variable as one table writes it.
struct MimicItem {
  std::int64_t id = 0;
  MimicTable table = MimicTable::ChartEvents;
  std::string_view variable;
  std::string_view unit;  ///< of rows that do not say theirs; one of mimicUnits(variable's unit)
};

/// The variables in the order of the cohort: the 30 of the FuseMoE paper (its appendix D.1) first.
std::span<const MimicVariable> mimicVariables();
std::span<const MimicItem> mimicItems();

/// Converts a source value into a variable's unit. `unit` is the row's own, empty = the item's. A fraction given for a
/// variable in percent whose item may be either (inspired oxygen, values up to 1) is taken as such.
/// None: the unit is not one that is known for the variable.
std::optional<double> inVariableUnit(const MimicVariable& variable, const MimicItem& item, double value,
                                     std::string_view unit);

}  // namespace fusemoe
