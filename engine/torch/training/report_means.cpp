#include "torch/training/report_means.h"

#include <algorithm>

namespace fusemoe {

void ReportMeans::add(const StepReport& step) {
  ++m_steps;
  m_skipped += step.skipped ? 1 : 0;
  m_loss += step.loss;
  m_balance += step.balanceLoss;
  m_entropyLoss += step.entropyLoss;
  m_terms.resize(step.entropy.size());
  m_load.resize(step.expertLoad.size());
  for (std::size_t layer = 0; layer < m_terms.size(); ++layer) {
    const EntropyTerms& one = step.entropy[layer];
    EntropyTerms& all = m_terms[layer];
    all.perModality.resize(one.perModality.size());
    for (std::size_t m = 0; m < one.perModality.size(); ++m) all.perModality[m] += one.perModality[m];
    all.mean += one.mean;
    all.mixture += one.mixture;
    all.regularizer += one.regularizer;
    all.lowerBound = one.lowerBound;
    m_load[layer].resize(step.expertLoad[layer].size());
    for (std::size_t e = 0; e < m_load[layer].size(); ++e) m_load[layer][e] += step.expertLoad[layer][e];
  }
}

void ReportMeans::writeTo(EpochReport& report) const {
  const double count = std::max(1, m_steps);
  report.skippedSteps = m_skipped;
  report.loss = m_loss / count;
  report.balanceLoss = m_balance / count;
  report.entropyLoss = m_entropyLoss / count;
  report.entropy = m_terms;
  report.expertLoad = m_load;
  for (EntropyTerms& terms : report.entropy) {
    for (double& entropy : terms.perModality) entropy /= count;
    terms.mean /= count;
    terms.mixture /= count;
    terms.regularizer /= count;
  }
  for (std::vector<double>& layer : report.expertLoad)
    for (double& share : layer) share /= count;
}

}  // namespace fusemoe
