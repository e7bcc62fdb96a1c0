#pragma once

#include "cohort/cohort_store.h"

namespace fusemoe::test {

/// A cohort in memory for fakeConfig(): `count` stays, ids from kFirstStay, ascending. The first has every modality;
/// the second lacks the fourth; the others follow a fixed pattern.
class FakeCohort : public CohortStore {
 public:
  static constexpr std::int64_t kFirstStay = 30041;

  explicit FakeCohort(int count = 40);

  const CohortInfo& info() const override { return m_info; }
  Result<std::vector<StaySummary>> stays() const override { return m_stays; }
  Result<SamplePtr> read(std::int64_t stayId) const override;
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  CohortInfo m_info;
  std::vector<StaySummary> m_stays;
};

}  // namespace fusemoe::test
