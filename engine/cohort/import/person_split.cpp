#include "cohort/import/person_split.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "base/mix.h"
#include "cohort/schema.h"

namespace fusemoe {
std::vector<std::string_view> splitPeople(const std::vector<SplitPerson>& people, std::uint64_t seed) {
  struct Place {
    std::uint64_t hash;
    std::int64_t id;
    std::size_t index;
    bool operator<(const Place& other) const { return std::pair(hash, id) < std::pair(other.hash, other.id); }
  };
  std::map<int, std::vector<Place>> strata;
  for (std::size_t i = 0; i < people.size(); ++i)
    strata[people[i].stratum].push_back(
        {mixed(mixed(seed) ^ static_cast<std::uint64_t>(people[i].id)), people[i].id, i});
  std::vector<std::string_view> parts(people.size());
  for (auto& [stratum, places] : strata) {
    std::sort(places.begin(), places.end());
    const std::size_t trainEnd = (places.size() * 14 + 10) / 20;
    const std::size_t validationEnd = (places.size() * 17 + 10) / 20;
    for (std::size_t i = 0; i < places.size(); ++i)
      parts[places[i].index] = kSplitParts[i < trainEnd ? 0 : i < validationEnd ? 1 : 2];
  }
  return parts;
}

}  // namespace fusemoe
