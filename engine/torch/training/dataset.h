#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "api/sample.h"
#include "api/training.h"
#include "torch/model/network.h"

namespace fusemoe {

/// The labelled stays of one split, in memory, and batches drawn from them.
class Dataset {
 public:
  /// Reads the split; stays whose label of `config.task` is unknown are left out. Error: none are left; a label of
  /// another width than the task's.
  static Result<Dataset> read(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                              const std::stop_token& stop);

  std::size_t size() const { return m_samples.size(); }
  const std::vector<SamplePtr>& samples() const { return m_samples; }
  /// [N, labels] of the task, row by row.
  const std::vector<float>& labels() const { return m_labels; }
  std::size_t labelWidth() const { return m_labelWidth; }
  /// A prepared batch of the given stays with labels; each modality masked with chance `dropout`, but never all present
  /// ones.
  Result<Batch> batch(const ModelConfig& config, const std::vector<std::size_t>& rows, double dropout,
                      std::mt19937_64& random) const;
  /// Mean and deviation of every variable over the stays, into the config. A variable never seen keeps 0 and 1.
  void fillStatistics(ModelConfig& config) const;

 private:
  std::vector<SamplePtr> m_samples;
  std::vector<float> m_labels;
  std::size_t m_labelWidth = 1;
};

/// Numbers in [0, 1) from a Mersenne Twister, the same on every platform.
inline double uniform(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

/// A permutation of 0 … count − 1, the same on every platform for the same random state.
std::vector<std::size_t> shuffled(std::size_t count, std::mt19937_64& random);

}  // namespace fusemoe
