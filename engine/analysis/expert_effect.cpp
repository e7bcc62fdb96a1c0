#include "analysis/expert_effect.h"

namespace fusemoe {

Result<ExpertRanking> rankExperts(const Model&, const SampleSource&, const RankingOptions&, const ProgressSink&,
                                  const std::stop_token&) {
  return failure("Not built yet.");
}

}  // namespace fusemoe
