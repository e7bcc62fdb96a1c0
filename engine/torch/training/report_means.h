#pragma once

#include "api/training.h"

namespace fusemoe {

/// An epoch's means over its steps.
class ReportMeans {
 public:
  void add(const StepReport& step);
  /// Losses, entropy terms, expert load and skipped steps.
  void writeTo(EpochReport& report) const;

 private:
  int m_steps = 0, m_skipped = 0;
  double m_loss = 0, m_balance = 0, m_entropyLoss = 0;
  std::vector<EntropyTerms> m_terms;
  std::vector<std::vector<double>> m_load;
};

}  // namespace fusemoe
