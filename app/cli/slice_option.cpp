#include "slice_option.h"

#include <limits>

#include "cohort/stay_filter.h"

namespace fusemoe::cli {

Result<std::vector<std::int64_t>> staysOf(const std::string& filter, const std::string& name,
                                          const CohortStore& store) {
  const StayFilter read(filter, store.info());
  if (read.problem().kind != QueryProblem::Kind::None)
    return failure("The slice '" + name + "' cannot be read: " + sentenceOf(read.problem()));
  if (read.usesRisk())
    return failure("The slice '" + name + "' asks for the risk.",
                   "A slice must not depend on what is evaluated; use id, modality, label or split.");
  const auto all = store.stays();
  if (!all) return failure(all.error());
  std::vector<std::int64_t> stays;
  for (const StaySummary& stay : *all)
    if (read.accepts(stay, std::numeric_limits<float>::quiet_NaN())) stays.push_back(stay.stayId);
  return stays;
}

}  // namespace fusemoe::cli
