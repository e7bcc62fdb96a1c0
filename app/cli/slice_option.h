#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cohort/cohort_store.h"

namespace fusemoe::cli {

inline constexpr const char* kSliceHelp =
    "Only stays this filter accepts, as in the window's list: \"cxr -ecg label:died split:test\"";

/// Ids of the stays a filter (cohort/stay_filter.h) accepts, ascending; `name` is what errors call it. Errors: a word
/// that cannot be read; one that asks for the risk, which a slice must not depend on.
Result<std::vector<std::int64_t>> staysOf(const std::string& filter, const std::string& name, const CohortStore& store);

}  // namespace fusemoe::cli
