#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "cohort/cohort_store.h"

// Inside engine/cohort only: what the NAFLD cohort is made of.
namespace fusemoe {

inline constexpr double kNafldWindowDays = 1826.25;  ///< five years, before and after the index date

/// Values outside these limits are taken for slips and skipped.
struct PlausibleRange {
  std::string_view variable;
  double low = 0, high = 0;
  bool contains(double value) const { return value >= low && value <= high; }
};

/// The limits of a test of nafld2 or a body measure of nafld1.
const PlausibleRange& nafldRange(std::string_view variable);

/// Name, modalities, task, window and attribution; `notes` (faults of the source) go into the description.
CohortInfo nafldInfo(const std::vector<std::string>& notes);

}  // namespace fusemoe
