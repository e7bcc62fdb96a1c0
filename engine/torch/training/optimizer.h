#pragma once

#include <cstdint>

#include "api/training.h"
#include "torch/model/safetensors.h"

namespace fusemoe {

/// A network's parameters side by side in one buffer, their gradients in another: an update, a norm, an average or a
/// sum over processes is one operation however many tensors there are.
class FlatParameters {
 public:
  /// Copies `initial` to the device.
  FlatParameters(const TensorMap& initial, at::Device device);
  /// Leaves that require gradients: views of values() and gradient().
  const TensorMap& leaves() const { return m_leaves; }
  at::Tensor& values() { return m_values; }      ///< [P]; gaps between tensors are 0
  at::Tensor& gradient() { return m_gradient; }  ///< [P]
  /// Views of another buffer of this layout under the parameters' names.
  TensorMap named(const at::Tensor& flat) const;
  /// Sets gradients to 0 that are 0 by mathematics: a softmax over keys does not feel one shift of all keys, so what
  /// reaches a key's bias is rounding noise, and Adam would blow it up into steps.
  void clearShiftGradients();

 private:
  struct Place {
    std::int64_t first = 0, count = 0;
    std::vector<std::int64_t> shape;
  };
  std::map<std::string, Place> m_places;
  at::Tensor m_values, m_gradient;
  TensorMap m_leaves;
};

/// Adam (Kingma & Ba 2015; β 0.9, 0.999, ε 1e-8) and AdamW (Loshchilov & Hutter 2019) on one buffer.
class AdamStepper {
 public:
  AdamStepper(const TrainConfig& training, const at::Tensor& values);
  /// One update of `values` with `gradient`, which may be changed, at learning rate `rate`.
  void step(at::Tensor& values, at::Tensor& gradient, double rate);
  at::Tensor& first() { return m_first; }    ///< moment of the gradient
  at::Tensor& second() { return m_second; }  ///< moment of its square
  std::int64_t steps() const { return m_steps; }
  void setSteps(std::int64_t steps) { m_steps = steps; }

 private:
  bool m_decoupled;
  double m_decay;
  at::Tensor m_first, m_second;
  std::int64_t m_steps = 0;
};

/// Learning rate of update `update` (from 0) of `updates` (TrainConfig::schedule and warmup).
double learningRateAt(const TrainConfig& training, std::int64_t update, std::int64_t updates);

/// Moves `average` towards `values` after `updates` updates (TrainConfig::ema).
void updateAverage(at::Tensor& average, const at::Tensor& values, double decay, std::int64_t updates);

}  // namespace fusemoe
