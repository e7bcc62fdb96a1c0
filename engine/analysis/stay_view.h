#pragma once

#include <cstdint>
#include <vector>

#include "api/engine.h"
#include "base/progress.h"

namespace fusemoe {

// What a model's config sees of a stay.

/// The task's labels, one value each, NaN = unknown; a class number becomes one value a class. Empty where the stay has
/// none, or another number of them.
std::vector<float> labelsOf(const ModelConfig& config, const Sample& sample);

/// One of them; NaN = unknown.
float labelOf(const ModelConfig& config, const Sample& sample, int output);

/// Number of probabilities a prediction has: 1 for a binary task, else one a label.
int probabilityCount(const ModelConfig& config);

/// Error: the model does not predict so many labels; it names those it has.
Result<void> checkOutput(const ModelConfig& config, int output);
/// Error: the model has no modality of this index; it names those it has.
Result<void> checkModality(const ModelConfig& config, int modality);

/// Stays in memory, to go through several times; ascending id. Knows no splits: every split is all of them.
class KeptSamples : public SampleSource {
 public:
  void add(SamplePtr sample) { m_samples.push_back(std::move(sample)); }
  std::size_t size() const { return m_samples.size(); }
  const SamplePtr& operator[](std::size_t index) const { return m_samples[index]; }
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  std::vector<SamplePtr> m_samples;
};

/// Progress of one step of several: `done` steps of `all` lie behind it.
ProgressSink stepOf(const ProgressSink& progress, std::size_t done, std::size_t all, const std::string& text);

}  // namespace fusemoe
