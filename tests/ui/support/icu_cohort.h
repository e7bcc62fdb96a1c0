#pragma once

#include "support/fake_cohort.h"

namespace fusemoe::test {

/// Vitals, notes, X-rays, ECGs and facts of an intensive care stay over 48 hours.
ModelConfig icuConfig();

/// Stays for icuConfig() with invented observations at irregular hours. The first lacks ECG events and has a heart rate
/// of 20 observations, a creatinine of three and no lactate; with `variables` > 5, that many vitals.
class IcuCohort : public FakeCohort {
 public:
  explicit IcuCohort(int variables = 5);
  Result<SamplePtr> read(std::int64_t stayId) const override;

 private:
  int m_variables;
};
/// The config with as many vitals.
ModelConfig icuConfig(int variables);

}  // namespace fusemoe::test
