#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace fusemoe {

/// One person to be put into a part of the cohort.
struct SplitPerson {
  std::int64_t id = 0;
  int stratum = 0;  ///< people of one stratum (e.g. one label) are shared out among the parts on their own
};

/// Shares people out 70 % train, 15 % validation, 15 % test within each stratum: the people of a stratum are ordered by
/// a hash of seed and id; of n, the first ⌊0.7 n + ½⌋ are train, the next up to ⌊0.85 n + ½⌋ validation, the rest test.
/// The same on every platform, and independent of the order of `people`. Ids must differ. Returns a part a person.
std::vector<std::string_view> splitPeople(const std::vector<SplitPerson>& people, std::uint64_t seed);

}  // namespace fusemoe
