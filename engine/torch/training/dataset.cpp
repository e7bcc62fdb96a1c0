#include "torch/training/dataset.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "torch/inference/prepare.h"

namespace fusemoe {
namespace {

constexpr double kSkewed = 1.5;  // skewness above which `logSkewed` takes logarithms

/// Masks each present modality with chance `dropout`, sparing one at random when all would go.
ModalityMask drawMask(const ModelConfig& config, const PredictRequest& request, double dropout,
                      std::mt19937_64& random) {
  if (dropout <= 0) return 0;
  const std::vector<ModalityState> states = statesOf(config, request);
  std::vector<unsigned> present;
  ModalityMask mask = 0, all = 0;
  for (unsigned m = 0; m < states.size(); ++m) {
    if (states[m] != ModalityState::Present) continue;
    present.push_back(m);
    all |= ModalityMask{1} << m;
    if (uniform(random) < dropout) mask |= ModalityMask{1} << m;
  }
  if (mask == all && !present.empty())
    mask &=
        ~(ModalityMask{1} << present[static_cast<std::size_t>(uniform(random) * static_cast<double>(present.size()))]);
  return mask;
}

}  // namespace

std::vector<std::size_t> shuffled(std::size_t count, std::mt19937_64& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(uniform(random) * static_cast<double>(i))]);
  return order;
}

Result<Dataset> Dataset::read(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                              const std::stop_token& stop) {
  Dataset dataset;
  dataset.m_labelWidth = config.task.kind == TaskKind::MultiLabel ? config.task.labels.size() : 1;
  std::string problem;
  auto visited = cohort.visit(split, [&](const SamplePtr& sample) {
    const auto label = sample->labels.find(config.task.name);
    if (label == sample->labels.end()) return !stop.stop_requested();
    if (label->second.size() != dataset.m_labelWidth) {
      problem = "Stay " + std::to_string(sample->stayId) + " has " + std::to_string(label->second.size()) +
                " labels of task '" + config.task.name + "' where the model has " +
                std::to_string(dataset.m_labelWidth) + ".";
      return false;
    }
    if (std::all_of(label->second.begin(), label->second.end(), [](float value) { return std::isfinite(value); })) {
      dataset.m_samples.push_back(sample);
      dataset.m_labels.insert(dataset.m_labels.end(), label->second.begin(), label->second.end());
    }
    return !stop.stop_requested();
  });
  if (!visited) return failure(visited.error());
  if (stop.stop_requested()) return failure("Reading the cohort was stopped.");
  if (!problem.empty()) return failure(problem, "Open a model and a cohort that belong together.");
  if (dataset.m_samples.empty())
    return failure("The cohort has no stay in split '" + (split.empty() ? "all" : split) + "' with a label of task '" +
                       config.task.name + "'.",
                   "Check the cohort's splits and the task's name.");
  return dataset;
}

Result<Batch> Dataset::batch(const ModelConfig& config, const std::vector<std::size_t>& rows, double dropout,
                             std::mt19937_64& random) const {
  std::vector<PredictRequest> requests;
  at::Tensor labels = at::empty({static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(m_labelWidth)});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    requests.push_back({m_samples[rows[i]], 0});
    requests.back().mask = drawMask(config, requests.back(), dropout, random);
    std::copy_n(m_labels.data() + rows[i] * m_labelWidth, m_labelWidth, labels.data_ptr<float>() + i * m_labelWidth);
  }
  auto batch = prepare(config, requests);
  if (batch) batch->labels = labels;
  return batch;
}

namespace {

/// Mean and deviation of one variable's values over the stays, of log(1 + value) where asked. Welford.
struct Moments {
  double count = 0, mean = 0, sum = 0, cubes = 0, least = 0;
  void add(double value) {
    least = std::min(least, value);
    const double before = value - mean, step = before / ++count;
    mean += step;
    cubes += before * step * step * (count - 1) * (count - 2) - 3 * step * sum;
    sum += before * (value - mean);
  }
  double deviation() const { return count > 1 ? std::sqrt(sum / (count - 1)) : 0; }
  /// Third standardised moment; 0 where there is no spread.
  double skewness() const { return sum > 0 ? std::sqrt(count) * cubes / std::pow(sum, 1.5) : 0; }
};

Moments momentsOf(const std::vector<SamplePtr>& samples, const std::string& modality, const std::string& variable,
                  bool logarithm) {
  Moments moments;
  for (const SamplePtr& sample : samples) {
    const ModalityData* data = sample->modality(modality);
    if (!data) continue;
    for (const VariableData& candidate : data->variables) {
      if (candidate.name != variable) continue;
      for (const Observation& observation : candidate.observations)
        moments.add(logarithm ? std::log1p(std::max(0.0F, observation.value)) : observation.value);
    }
  }
  return moments;
}

}  // namespace

void Dataset::fillStatistics(ModelConfig& config) const {
  for (ModalityConfig& modality : config.modalities) {
    for (VariableConfig& variable : modality.variables) {
      Moments moments = momentsOf(m_samples, modality.name, variable.name, variable.logarithm);
      if (modality.logSkewed && !variable.logarithm && moments.least >= 0 && moments.skewness() > kSkewed) {
        variable.logarithm = true;
        moments = momentsOf(m_samples, modality.name, variable.name, true);
      }
      variable.mean = moments.mean;
      variable.std = moments.deviation() > 1e-6 ? moments.deviation() : 1.0;
    }
  }
}

}  // namespace fusemoe
