#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "state/view_context.h"

namespace fusemoe::ui {

/// The stays an analysis of the cohort is about.
struct StaySlice {
  std::vector<std::int64_t> stays;  ///< ascending
  QString name;                     ///< "all 10,676 stays", "1,204 stays that pass the list's filter"
};

/// The stays that pass the list's filter; all stays where there is none, or where `all`. A filter by risk takes the
/// stays whose risk is known. 100,000 stays take a few milliseconds. GUI thread.
StaySlice staySlice(const ViewContext& context, bool all = false);

}  // namespace fusemoe::ui
