#include "analysis/stay_view.h"

#include <cmath>
#include <limits>

namespace fusemoe {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

template <class Items>
std::string namesOf(const Items& items, const auto& name) {
  std::string names;
  for (const auto& item : items) names += (names.empty() ? "" : ", ") + name(item);
  return names;
}

}  // namespace

int probabilityCount(const ModelConfig& config) {
  return config.task.kind == TaskKind::Binary ? 1 : static_cast<int>(config.task.labels.size());
}

std::vector<float> labelsOf(const ModelConfig& config, const Sample& sample) {
  const auto found = sample.labels.find(config.task.name);
  if (found == sample.labels.end()) return {};
  const std::vector<float>& label = found->second;
  const auto width = static_cast<std::size_t>(probabilityCount(config));
  if (config.task.kind == TaskKind::MultiClass && label.size() == 1) {
    if (!std::isfinite(label[0])) return std::vector<float>(width, kUnknown);
    std::vector<float> classes(width, 0.0F);
    if (label[0] >= 0 && label[0] < static_cast<float>(width)) classes[static_cast<std::size_t>(label[0])] = 1.0F;
    return classes;
  }
  return label.size() == width ? label : std::vector<float>{};
}

float labelOf(const ModelConfig& config, const Sample& sample, int output) {
  const std::vector<float> labels = labelsOf(config, sample);
  const auto index = static_cast<std::size_t>(output);
  return index < labels.size() && std::isfinite(labels[index]) ? labels[index] : kUnknown;
}

Result<void> checkOutput(const ModelConfig& config, int output) {
  if (output >= 0 && output < probabilityCount(config)) return {};
  return failure("The model has no output number " + std::to_string(output + 1) + ".",
                 "It has: " + namesOf(config.task.labels, [](const std::string& label) { return label; }) + ".");
}

Result<void> checkModality(const ModelConfig& config, int modality) {
  if (modality >= 0 && modality < config.modalityCount()) return {};
  return failure("The model has no modality number " + std::to_string(modality + 1) + ".",
                 "It has: " + namesOf(config.modalities, [](const ModalityConfig& one) { return one.name; }) + ".");
}

Result<void> KeptSamples::visit(const std::string&, const std::function<bool(const SamplePtr&)>& visit) const {
  for (const SamplePtr& sample : m_samples)
    if (!visit(sample)) break;
  return {};
}

Result<std::size_t> KeptSamples::count(const std::string&) const {
  return m_samples.size();
}

ProgressSink stepOf(const ProgressSink& progress, std::size_t done, std::size_t all, const std::string& text) {
  if (!progress) return {};
  return [progress, done, all, text](const Progress& inner) {
    const double share = inner.fraction < 0 ? 0 : inner.fraction;
    progress({(static_cast<double>(done) + share) / static_cast<double>(all), text, -1});
  };
}

}  // namespace fusemoe
