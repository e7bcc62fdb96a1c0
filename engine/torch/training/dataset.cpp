#include "torch/training/dataset.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/sha256.h"
#include "torch/model/noise.h"

namespace fusemoe {
namespace {

constexpr double kSkewed = 1.5;  // skewness above which `logSkewed` takes logarithms
constexpr std::uint64_t kSpared = 1000, kObservations = 1001;  // elements of a sample's draws; modalities come first

/// Masks each present modality with chance `dropout`, sparing one at random when all would go.
ModalityMask drawMask(const PreparedSample& sample, const Augmentation& draws, std::size_t place) {
  if (draws.modalityDropout <= 0) return 0;
  std::vector<std::size_t> present;
  ModalityMask mask = 0, all = 0;
  for (std::size_t m = 0; m < sample.parts.size(); ++m) {
    if (sample.parts[m].missing) continue;
    present.push_back(m);
    all |= ModalityMask{1} << m;
    if (uniformAt(draws.seed, draws.batch, place, m) < draws.modalityDropout) mask |= ModalityMask{1} << m;
  }
  if (mask == all && !present.empty()) {
    const double spared = uniformAt(draws.seed, draws.batch, place, kSpared) * static_cast<double>(present.size());
    mask &= ~(ModalityMask{1} << present[static_cast<std::size_t>(spared)]);
  }
  return mask;
}

/// A copy of the sample with observations of series left out; a modality that would lose all keeps all.
SamplePtr thinned(const Sample& sample, const Augmentation& draws, std::size_t place) {
  auto copy = std::make_shared<Sample>(sample);
  std::uint64_t element = kObservations;
  for (ModalityData& modality : copy->modalities) {
    if (modality.kind != ModalityKind::Series) continue;
    ModalityData less = modality;
    for (VariableData& variable : less.variables)
      std::erase_if(variable.observations, [&](const Observation&) {
        return uniformAt(draws.seed, draws.batch, place, element++) < draws.observationDropout;
      });
    if (less.observationCount() > 0) modality = std::move(less);
  }
  return copy;
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

std::string Dataset::identity() const {
  std::string text;
  for (const SamplePtr& sample : m_samples) text += sample->digest + "\n";
  text.append(reinterpret_cast<const char*>(m_labels.data()), m_labels.size() * sizeof(float));
  return sha256(text);
}

Result<void> Dataset::prepareAll(const ModelConfig& config, const std::stop_token& stop) {
  m_prepared.clear();
  std::size_t bytes = 0;
  for (const SamplePtr& sample : m_samples) {
    if (stop.stop_requested()) return failure("Preparing the cohort was stopped.");
    auto prepared = prepareSample(config, {sample, 0});
    if (!prepared) return failure(prepared.error());
    bytes += prepared->bytes();
    if (bytes > kPreparedBytes) break;
    m_prepared.push_back(std::move(*prepared));
  }
  return {};
}

Result<Batch> Dataset::batch(const ModelConfig& config, const std::vector<std::size_t>& rows,
                             const Augmentation& augmentation) const {
  std::vector<PreparedSample> made(rows.size());
  std::vector<const PreparedSample*> samples;
  std::vector<ModalityMask> masks;
  at::Tensor labels = at::empty({static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(m_labelWidth)});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t place = augmentation.first + i;
    const bool thins = augmentation.observationDropout > 0;
    if (!thins && rows[i] < m_prepared.size()) {
      samples.push_back(&m_prepared[rows[i]]);
    } else {
      const SamplePtr& whole = m_samples[rows[i]];
      auto prepared = prepareSample(config, {thins ? thinned(*whole, augmentation, place) : whole, 0});
      if (!prepared) return failure(prepared.error());
      made[i] = std::move(*prepared);
      samples.push_back(&made[i]);
    }
    masks.push_back(drawMask(*samples.back(), augmentation, place));
    std::copy_n(m_labels.data() + rows[i] * m_labelWidth, m_labelWidth, labels.data_ptr<float>() + i * m_labelWidth);
  }
  Batch batch = assemble(config, samples, masks);
  batch.labels = labels;
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
