#include "torch/training/validation.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "analysis/metrics.h"
#include "torch/inference/prepare.h"
#include "torch/training/objective.h"

namespace fusemoe {
namespace {

constexpr std::size_t kBatch = 256;

}  // namespace

Result<ValidationScore> scoreOn(const Dataset& validation, const ModelConfig& config, const Network& network,
                                at::Device device) {
  const at::NoGradGuard noGradient;
  const TaskKind kind = config.task.kind;
  const std::size_t width = validation.labelWidth();
  std::vector<std::vector<float>> scores, truth;
  ValidationScore result;
  for (std::size_t first = 0; first < validation.size(); first += kBatch) {
    std::vector<std::size_t> rows;
    for (std::size_t i = first; i < std::min(first + kBatch, validation.size()); ++i) rows.push_back(i);
    auto batch = validation.batch(config, rows);
    if (!batch) return failure(batch.error());
    const Batch moved = to(*batch, device);
    const at::Tensor logits = network(moved).logits;
    result.loss += taskLossSum(kind, logits, moved.labels, 1.0, 0.0).item<double>();
    const at::Tensor probability = Network::probability(kind, logits).to(at::kCPU, at::kFloat).contiguous();
    const auto columns = static_cast<std::size_t>(probability.size(1));
    scores.resize(columns);
    truth.resize(columns);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t c = 0; c < columns; ++c) {
        scores[c].push_back(probability.data_ptr<float>()[i * columns + c]);
        const float label = validation.labels()[rows[i] * width + (width == columns ? c : 0)];
        truth[c].push_back(kind == TaskKind::MultiClass ? static_cast<float>(label == static_cast<float>(c)) : label);
      }
  }
  double defined = 0;
  for (std::size_t c = 0; c < scores.size(); ++c) {
    const LabelScores label(scores[c], truth[c]);
    const auto auroc = label.auroc(), auprc = label.auprc();
    if (!auroc || !auprc) continue;
    result.auroc += *auroc;
    result.auprc += *auprc;
    ++defined;
  }
  if (defined == 0)
    return failure("The validation split has stays of one class only, so no epoch can be chosen.",
                   "Use another split of the cohort.");
  result.auroc /= defined;
  result.auprc /= defined;
  result.loss /= taskLossWeight(kind, validation.labels(), 1.0);
  return result;
}

double meritOf(Selection selection, const EpochReport& epoch) {
  switch (selection) {
    case Selection::Auroc:
      return epoch.validationAuroc;
    case Selection::Auprc:
      return epoch.validationAuprc;
    case Selection::Loss:
      return -epoch.validationLoss;
    case Selection::Mean:
      return 0.5 * (epoch.validationAuroc + epoch.validationAuprc);
  }
  return 0;
}

}  // namespace fusemoe
