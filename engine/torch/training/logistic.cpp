#include "torch/training/logistic.h"

#include <ATen/ATen.h>
#include <torch/optim/lbfgs.h>

#include <cmath>

#include "analysis/metrics.h"
#include "analysis/summary_features.h"
#include "torch/inference/prepare.h"
#include "torch/training/dataset.h"

namespace fusemoe {
namespace {

constexpr double kPenalties[] = {1e-5, 1e-4, 1e-3, 1e-2, 1e-1};

void addSeries(const ModalityConfig& modality, const ModalityData* data, std::vector<float>& row) {
  for (const VariableConfig& variable : modality.variables) {
    const SeriesSummary summary = summarise(variableNamed(data, variable.name));
    const bool found = summary.count > 0;
    row.push_back(found ? static_cast<float>((summary.last - variable.mean) / variable.std) : 0.0F);
    row.push_back(found ? static_cast<float>((summary.mean - variable.mean) / variable.std) : 0.0F);
    row.push_back(static_cast<float>(std::log1p(static_cast<double>(summary.count))));
    row.push_back(found ? 1.0F : 0.0F);
  }
}

void addVectors(const ModalityConfig& modality, const ModalityData* data, std::vector<float>& row) {
  for (const double sum : eventSum(data, modality.width)) row.push_back(static_cast<float>(sum));
  row.push_back(static_cast<float>(std::log1p(static_cast<double>(data ? data->events.size() : 0))));
}

at::Tensor featuresOf(const ModelConfig& config, const Dataset& dataset) {
  std::vector<float> all;
  for (const SamplePtr& sample : dataset.samples())
    for (const ModalityConfig& modality : config.modalities) {
      if (modality.kind == ModalityKind::Vectors)
        addVectors(modality, sample->modality(modality.name), all);
      else
        addSeries(modality, sample->modality(modality.name), all);
    }
  return at::tensor(all).view({static_cast<std::int64_t>(dataset.size()), -1});
}

at::Tensor fit(const at::Tensor& features, const at::Tensor& labels, double penalty) {
  at::Tensor weights = at::zeros({features.size(1)}, features.options()).requires_grad_(true);
  torch::optim::LBFGS optimizer({weights},
                                torch::optim::LBFGSOptions(1.0).max_iter(200).line_search_fn("strong_wolfe"));
  optimizer.step([&] {
    optimizer.zero_grad();
    // The last feature is the constant 1; it is not penalised.
    at::Tensor loss = at::binary_cross_entropy_with_logits(at::mv(features, weights), labels) +
                      penalty * weights.narrow(0, 0, weights.size(0) - 1).square().sum();
    loss.backward();
    return loss;
  });
  return weights.detach();
}

std::vector<float> scored(const at::Tensor& features, const at::Tensor& weights) {
  const at::Tensor probability = at::sigmoid(at::mv(features, weights)).contiguous();
  return {probability.data_ptr<float>(), probability.data_ptr<float>() + probability.numel()};
}

at::Tensor withConstant(const at::Tensor& features, const at::Tensor& mean, const at::Tensor& deviation) {
  return at::cat({(features - mean) / deviation, at::ones({features.size(0), 1})}, 1);
}

}  // namespace

Result<Scores> logisticScores(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                              const ProgressSink& progress, const std::stop_token& stop) {
  if (config.task.kind != TaskKind::Binary) return failure("Logistic regression is offered for binary tasks only.");
  auto train = Dataset::read(cohort, config, "train", stop);
  if (!train) return failure(train.error());
  auto validation = Dataset::read(cohort, config, "validation", stop);
  if (!validation) return failure(validation.error());
  auto target = Dataset::read(cohort, config, split, stop);
  if (!target) return failure(target.error());
  ModelConfig own = config;
  train->fillStatistics(own);
  const at::Tensor raw = featuresOf(own, *train);
  const at::Tensor mean = raw.mean(0), deviation = raw.std(0).clamp_min(1e-6);
  const at::Tensor features = withConstant(raw, mean, deviation), labels = at::tensor(train->labels());
  const at::Tensor validationFeatures = withConstant(featuresOf(own, *validation), mean, deviation);

  at::Tensor best;
  double bestArea = -1, done = 0;
  for (const double penalty : kPenalties) {
    if (stop.stop_requested()) return failure("The fit was stopped.");
    const at::Tensor weights = fit(features, labels, penalty);
    const auto area = LabelScores(scored(validationFeatures, weights), validation->labels()).auroc();
    if (!area) return failure("The validation split has stays of one class only.", "Use another split of the cohort.");
    if (*area > bestArea) {
      bestArea = *area;
      best = weights;
    }
    if (progress) progress({++done / std::size(kPenalties), "logistic regression", -1});
  }
  Scores scores;
  scores.probability = scored(withConstant(featuresOf(own, *target), mean, deviation), best);
  scores.truth = target->labels();
  for (const SamplePtr& sample : target->samples()) {
    scores.stays.push_back(sample->stayId);
    const std::vector<ModalityState> states = statesOf(own, {sample, 0});
    std::uint32_t present = 0;
    for (std::size_t m = 0; m < states.size(); ++m) present |= (states[m] == ModalityState::Present ? 1U : 0U) << m;
    scores.present.push_back(present);
  }
  return scores;
}

}  // namespace fusemoe
