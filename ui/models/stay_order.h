#pragma once

#include <Qt>
#include <functional>
#include <vector>

#include "cohort/cohort_store.h"

namespace fusemoe::ui {

/// What stays can be sorted by.
enum class StayKey { Id, Present, Label, Risk, Split };

/// The places of the stays (0 … n−1, by ascending id) in sorted order. Equal stays stand by ascending id and unknown
/// labels, risks and splits last, in either order. Present sorts by how many modalities there are, then which.
/// `risk(place)` is NaN where unknown. Linear: about 2 ms for 100,000.
std::vector<int> sortedStays(const std::vector<StaySummary>& stays, StayKey key, Qt::SortOrder order,
                             const std::function<float(int place)>& risk);

}  // namespace fusemoe::ui
