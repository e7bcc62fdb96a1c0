#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace fusemoe {

/// A number in [0, 1) that is a hash of four numbers: draws that need no state, the same in whatever order.
double uniformAt(std::uint64_t seed, std::uint64_t step, std::uint64_t sample, std::uint64_t element);

/// Dropout masks and gating noise of training. Every number is a hash of seed, batch, call within the batch, the
/// sample's place in the whole batch, and the element: it depends neither on how a batch is split among processes nor
/// on the number of threads, and there is no state to save. Drawn on the CPU, then moved to the tensor's device.
class NoiseGenerator {
 public:
  explicit NoiseGenerator(std::uint64_t seed) : m_seed(seed) {}

  /// Starts a batch, by its number over the whole run: calls count from 0. This process has `samples` samples of it,
  /// the first of which is sample `first` of the whole batch.
  void begin(std::uint64_t batch, std::int64_t first, std::int64_t samples);

  /// Dropout: 1/(1−rate) with chance 1−rate, else 0, in the shape and type of `like`, whose first dimension holds
  /// equally many rows a sample, sample by sample.
  at::Tensor keep(const at::Tensor& like, double rate);
  /// Standard normal numbers, rows as in `keep`.
  at::Tensor normal(const at::Tensor& like);
  /// Numbers the next draw, for `keepRows`.
  std::uint64_t nextCall() { return m_call++; }
  /// Dropout [R, width] of rows in any order, of `like`'s type: `rows` [R] int64 tells where each stands in groups of
  /// `groupSize` rows, each group sample by sample. Parts of one list share a call.
  at::Tensor keepRows(std::uint64_t call, const at::Tensor& like, std::int64_t width, double rate,
                      const at::Tensor& rows, std::int64_t groupSize) const;

 private:
  std::uint64_t m_seed, m_batch = 0, m_call = 0;
  std::int64_t m_first = 0, m_samples = 1;
};

}  // namespace fusemoe
