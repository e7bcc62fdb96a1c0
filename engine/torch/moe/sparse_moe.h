#pragma once

#include <string>
#include <vector>

#include "api/model_config.h"
#include "torch/model/layers.h"
#include "torch/moe/expert_bank.h"
#include "torch/moe/moe_change.h"
#include "torch/moe/router.h"

namespace fusemoe {

/// What one sparse MoE layer gives for a batch.
struct MoeOutput {
  std::vector<at::Tensor> perModality;  ///< M × [B, γ, D]
  std::vector<Routing> routings;        ///< one a router
  std::vector<at::Tensor> tokens;       ///< one a router: [T, d]
  at::Tensor combined;                  ///< [T, M·D] or [T, M·γ·D]: experts' weighted outputs, summed over routers
};

/// The sparse mixture of experts of one layer (FUSEMOE.md §4). Only chosen experts are computed: tokens of all routers
/// are grouped by expert, one pair of matrix products an expert, in ascending order of experts. Predictions on the CPU
/// leave that to ExpertBank.
class SparseMoe {
 public:
  SparseMoe(const ModelConfig& config, int layer, const TensorMap& parameters);

  /// `sequences`: M × [B, γ, D]. `generator` = training: gating noise and dropout.
  MoeOutput operator()(const std::vector<at::Tensor>& sequences, NoiseGenerator* generator,
                       const MoeChange& change = {}, const std::stop_token& stop = {}) const;

  // The steps of it, for those who share the first between batches.
  /// Routes and computes all tokens: experts' weighted outputs [Σ T, out], routers one below the other; fills tokens
  /// and routings of `output`. With a router a modality, B may differ between sequences.
  at::Tensor mix(const std::vector<at::Tensor>& sequences, NoiseGenerator* generator, const MoeChange& change,
                 MoeOutput& output, const std::stop_token& stop = {}) const;
  /// Sums what `mix` gave, as many tokens a router, over routers: fills `combined` and `perModality`.
  void combine(const at::Tensor& mixed, MoeOutput& output) const;

  /// Gate vectors of one router [d, S of that router].
  const at::Tensor& gateVectors(int router) const { return m_gates[static_cast<std::size_t>(router)]; }

 private:
  std::vector<at::Tensor> tokensOf(const std::vector<at::Tensor>& sequences) const;
  at::Tensor runExperts(const at::Tensor& tokens, const at::Tensor& experts, const at::Tensor& weights,
                        NoiseGenerator* generator, const std::vector<std::size_t>& computedBy) const;
  at::Tensor expertOutput(const Expert& expert, const at::Tensor& tokens, const at::Tensor& keep) const;

  Gate m_gate;
  Router m_router;
  TokenGranularity m_token;
  ExpertOutput m_output;
  int m_modalities, m_bins, m_width, m_topK, m_choices;
  bool m_noisy;
  double m_dropout;
  std::vector<at::Tensor> m_gates, m_noises;
  ExpertBank m_experts;
};

}  // namespace fusemoe
