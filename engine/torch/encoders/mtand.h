#pragma once

#include <ATen/core/Tensor.h>

#include <string>

#include "torch/model/layers.h"

namespace fusemoe {

/// φ(t): [..., 1] times in [0, 1] -> [..., d_time]; φ(t)[0] = w·t + b, φ(t)[i] = sin(w_i t + b_i). Shared by all
/// modalities.
struct TimeEmbedding {
  Linear linear, periodic;
  explicit TimeEmbedding(const TensorMap& parameters)
      : linear(parameters, "time.linear"), periodic(parameters, "time.periodic") {}
  at::Tensor operator()(const at::Tensor& times) const;
};

/// Multi-time attention (Shukla & Marlin 2021, as FuseMoE uses it; FUSEMOE.md §2): γ even query times attend to
/// irregular observations. B samples, N observation times, h heads, C value channels, D output width. The γ×N×C×h
/// tensor is never made: a mask shared by all channels is plain attention, masks per channel are two matrix products.
class MultiTimeAttention {
 public:
  MultiTimeAttention() = default;
  MultiTimeAttention(const TensorMap& parameters, const std::string& name, int heads)
      : m_query(parameters, name + ".query"),
        m_key(parameters, name + ".key"),
        m_out(parameters, name + ".out"),
        m_heads(heads) {}

  /// Scores QKᵀ/√d_k of `queryPhi` [γ, d_time] on `keyPhi` [B, N, d_time] -> [B, h, γ, N].
  at::Tensor scores(const at::Tensor& queryPhi, const at::Tensor& keyPhi) const;
  /// Values [B, N, C] under one mask [B, N] (1 = observed) -> [B, γ, D].
  at::Tensor attendShared(const at::Tensor& scores, const at::Tensor& values, const at::Tensor& mask) const;
  /// Values [B, N, V], zero where unobserved, softmax per channel under its own mask [B, N, V] -> [B, γ, D]. The mask
  /// itself is attended too (the second V of 2V channels). A channel with no observation attends uniformly, to zeros.
  at::Tensor attendPerChannel(const at::Tensor& scores, const at::Tensor& values, const at::Tensor& mask) const;
  /// Softmax of the scores over observed times, mean over heads: [B, γ, N].
  static at::Tensor weights(const at::Tensor& scores, const at::Tensor& mask);

 private:
  Linear m_query, m_key, m_out;
  int m_heads = 1;
};

}  // namespace fusemoe
