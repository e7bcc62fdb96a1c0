#include "bench_sample.h"

#include <algorithm>
#include <cmath>

#include "base/mix.h"

namespace fusemoe::cli {
namespace {

/// Numbers by hash: what one place draws does not depend on the others.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : m_seed(mixed(seed)) {}
  double uniform() { return unitFrom(mixed(m_seed ^ mixed(++m_drawn))); }
  /// Mean 0, standard deviation 1: the sum of twelve uniforms, which needs no logarithm.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t m_seed, m_drawn = 0;
};

/// A value in the variable's unit whose standardised number is `z`.
float valueOf(const VariableConfig& variable, double z) {
  const double taken = variable.mean + variable.std * z;
  return static_cast<float>(variable.logarithm ? std::expm1(std::clamp(taken, 0.0, 20.0)) : taken);
}

/// Ascending, one within each of `count` equal parts of the window.
std::vector<float> timesWithin(double window, int count, Draws& draws) {
  std::vector<float> hours;
  for (int i = 0; i < count; ++i)
    hours.push_back(static_cast<float>(window * (i + 0.1 + 0.8 * draws.uniform()) / count));
  return hours;
}

ModalityData inventModality(const ModelConfig& config, const ModalityConfig& modality, const SampleShape& shape,
                            Draws& draws) {
  ModalityData data{modality.name, modality.kind, {}, {}};
  if (modality.kind == ModalityKind::Vectors) {
    for (const float hour : timesWithin(config.windowHours, std::max(1, shape.events), draws)) {
      Event event{hour, {}, std::vector<float>(static_cast<std::size_t>(modality.width))};
      for (float& number : event.vector) number = static_cast<float>(draws.normal());
      data.events.push_back(std::move(event));
    }
    return data;
  }
  const bool once = modality.kind == ModalityKind::Static;
  const std::vector<float> hours = timesWithin(config.windowHours, once ? 1 : std::max(1, shape.times), draws);
  const std::size_t variables = modality.variables.size();
  for (std::size_t v = 0; v < variables; ++v) {
    VariableData variable{modality.variables[v].name, {}};
    for (std::size_t i = 0; i < hours.size(); ++i) {
      const bool seen = draws.uniform() < 0.5 || i % variables == v || i == v % hours.size();
      const double z = draws.normal();
      if (seen) variable.observations.push_back({hours[i], valueOf(modality.variables[v], z)});
    }
    data.variables.push_back(std::move(variable));
  }
  return data;
}

std::vector<float> labelsOf(const TaskConfig& task, std::uint64_t seed) {
  if (task.kind == TaskKind::Binary) return {static_cast<float>(seed % 2)};
  if (task.kind == TaskKind::MultiClass) return {static_cast<float>(seed % task.labels.size())};
  std::vector<float> labels(task.labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<float>((seed + i) % 2);
  return labels;
}

}  // namespace

SamplePtr inventSample(const ModelConfig& config, std::uint64_t seed, const SampleShape& shape) {
  auto sample = std::make_shared<Sample>();
  sample->stayId = static_cast<std::int64_t>(seed);
  sample->digest = "invented " + config.name + " " + std::to_string(seed) + " " + std::to_string(shape.times) + " " +
                   std::to_string(shape.events);
  std::uint64_t modality = 0;
  for (const ModalityConfig& one : config.modalities) {
    Draws draws(mixed(seed) + ++modality);
    sample->modalities.push_back(inventModality(config, one, shape, draws));
  }
  sample->labels[config.task.name] = labelsOf(config.task, seed);
  return sample;
}

InventedCohort::InventedCohort(ModelConfig config, std::size_t stays, SampleShape shape)
    : m_config(std::move(config)), m_stays(stays), m_shape(shape) {}

bool InventedCohort::within(const std::string& split, std::size_t stay) const {
  // Two and two, so that either split has labels of both kinds.
  return split.empty() || split == (stay / 2 % 4 == 3 ? "validation" : "train");
}

Result<void> InventedCohort::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  for (std::size_t stay = 0; stay < m_stays; ++stay)
    if (within(split, stay) && !visit(inventSample(m_config, stay + 1, m_shape))) break;
  return {};
}

Result<std::size_t> InventedCohort::count(const std::string& split) const {
  std::size_t count = 0;
  for (std::size_t stay = 0; stay < m_stays; ++stay) count += within(split, stay) ? 1 : 0;
  return count;
}

}  // namespace fusemoe::cli
