#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "api/sample.h"
#include "api/training.h"
#include "torch/model/network.h"
#include "torch/training/prepared.h"

namespace fusemoe {

/// What is left out of samples for one training batch, drawn by hash of seed, batch and the sample's place in the whole
/// batch, so that no draw depends on another.
struct Augmentation {
  double modalityDropout = 0, observationDropout = 0;
  std::uint64_t seed = 0, batch = 0;
  std::size_t first = 0;  ///< place of the first row in the whole batch
};

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
  /// SHA-256 over the stays' digests and labels: equal for equal data.
  std::string identity() const;
  std::size_t labelWidth() const { return m_labelWidth; }
  /// A prepared batch of the given stays with labels. Each present modality is masked with chance modalityDropout, but
  /// never all; each observation of a series is left out with chance observationDropout, but never all of a modality.
  Result<Batch> batch(const ModelConfig& config, const std::vector<std::size_t>& rows,
                      const Augmentation& augmentation = {}) const;
  /// Prepares stays once for all batches, until they take kPreparedBytes together; the rest are prepared anew in every
  /// batch. `config` must be the one that batches are asked for with.
  Result<void> prepareAll(const ModelConfig& config, const std::stop_token& stop);
  /// Mean and deviation of every variable over the stays, into the config. A variable never seen keeps 0 and 1.
  void fillStatistics(ModelConfig& config) const;

 private:
  std::vector<SamplePtr> m_samples;
  std::vector<PreparedSample> m_prepared;  ///< of the first samples
  std::vector<float> m_labels;
  std::size_t m_labelWidth = 1;
};

/// Memory for prepared samples of one dataset, beside the samples themselves.
inline constexpr std::size_t kPreparedBytes = std::size_t{1} << 30;

/// Numbers in [0, 1) from a Mersenne Twister, the same on every platform.
inline double uniform(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

/// A permutation of 0 … count − 1, the same on every platform for the same random state.
std::vector<std::size_t> shuffled(std::size_t count, std::mt19937_64& random);

}  // namespace fusemoe
