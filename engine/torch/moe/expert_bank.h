#pragma once

#include <ATen/core/Tensor.h>

#include <atomic>
#include <memory>
#include <stop_token>
#include <vector>

#include "api/model_config.h"
#include "torch/model/layers.h"

namespace fusemoe {

/// Stands for 0 before the logarithm, as in the authors' code.
inline constexpr double kSmallestProbability = 2.22e-16;

/// An expert's network: fc1, GELU, fc2. Weights as they are stored.
struct Expert {
  Linear fc1, fc2;
};

/// The experts of one layer, and how predictions on the CPU are computed with them: tokens are grouped by expert, each
/// chosen expert is read once, all threads share its rows, and memory does not grow with experts × tokens. A token's
/// numbers do not depend on other tokens (RowProduct); its experts are added up in ascending order.
class ExpertBank {
 public:
  ExpertBank() = default;
  ExpertBank(const ModelConfig& config, int layer, const TensorMap& parameters);

  const std::vector<Expert>& experts() const { return m_experts; }

  /// Weighted outputs of the experts that tokens [N, d] chose: experts [N, K] int64, weights [N, K], `computedBy` as
  /// MoeChange -> [N, out]. In InferenceMode. After a stop its numbers mean nothing.
  at::Tensor mix(const at::Tensor& tokens, const at::Tensor& experts, const at::Tensor& weights,
                 const std::vector<std::size_t>& computedBy, const std::stop_token& stop) const;

 private:
  /// A token at an expert.
  struct Visit {
    std::int64_t token = 0;
    float weight = 0;
  };
  using Visits = std::vector<std::vector<Visit>>;  // by expert that computes
  /// Has the kernel map the pages of experts that are chosen for the first time at once, not fault by fault.
  void mapPages(const Visits& visits, std::size_t first, std::size_t last, const std::stop_token& stop) const;
  /// Experts [first, last): adds their weighted outputs to `mixed`.
  void add(const Visits& visits, std::size_t first, std::size_t last, const at::Tensor& tokens, at::Tensor& mixed,
           const std::stop_token& stop) const;

  ExpertOutput m_output = ExpertOutput::Linear;
  std::vector<Expert> m_experts;
  std::shared_ptr<std::atomic<bool>[]> m_mapped;  // of each expert
};

}  // namespace fusemoe
