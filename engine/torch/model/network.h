#pragma once

#include <ATen/ATen.h>

#include <stop_token>
#include <vector>

#include "api/model_config.h"
#include "torch/encoders/modality_encoder.h"
#include "torch/moe/sparse_moe.h"

namespace fusemoe {

/// A batch of B samples as the network takes it.
struct Batch {
  std::vector<ModalityInput> modalities;  ///< [M] in config order
  at::Tensor labels;                      ///< [B, labels]; training only
};

/// Everything the network computes for a batch; stages kept for parity and charts.
struct NetworkOutput {
  at::Tensor logits;                ///< [B, outputs]
  std::vector<at::Tensor> encoded;  ///< M × [B, γ, D], before the fusion layers
  std::vector<at::Tensor> hidden;   ///< M × [B, γ, D], after the final layer norms
  std::vector<MoeOutput> layers;    ///< [L]
};

/// FuseMoE (FUSEMOE.md §2–4) as a function of its parameters, for inference and training alike: it holds views of the
/// parameter tensors and never changes them.
class Network {
 public:
  /// `parameters` as parameterLayout(config) lists them.
  Network(const ModelConfig& config, const TensorMap& parameters);

  /// `generator` = training: dropout and gating noise drawn from it; none = evaluation, a pure function.
  NetworkOutput operator()(const Batch& batch, NoiseGenerator* generator = nullptr,
                           const NetworkChange& change = {}) const;

  // The steps of it, for those who share some between batches (inference/shared_batch).
  /// M × Z_m [B, γ, D]. B may differ between modalities.
  std::vector<at::Tensor> encode(const Batch& batch, const NetworkChange& change) const;
  /// [1, γ, D] zeros of the parameters' type and device.
  at::Tensor zeros() const { return at::zeros({1, m_config.bins, m_config.width}, m_position.options()); }
  /// What the first layer takes of an encoded modality: √D·Z + position.
  at::Tensor enter(const at::Tensor& encoded, NoiseGenerator* generator) const;
  /// A modality's sequence [B, γ, D] after a layer's self-attention; what routers read of that.
  at::Tensor attend(int layer, int modality, const at::Tensor& x, NoiseGenerator* generator) const;
  at::Tensor moeInput(int layer, int modality, const at::Tensor& attended) const;
  /// `sequences`, M × [B, γ, D], after self-attention become those after a layer: what experts gave is added, then the
  /// feed-forward network.
  void feedForward(int layer, std::vector<at::Tensor>& sequences, const MoeOutput& mixed,
                   NoiseGenerator* generator) const;
  /// A layer from where its modalities meet: MoE and feed-forward network. After a stop its numbers mean nothing.
  MoeOutput meet(int layer, std::vector<at::Tensor>& sequences, NoiseGenerator* generator, const NetworkChange& change,
                 const std::stop_token& stop = {}) const;
  /// A whole layer.
  MoeOutput runLayer(int layer, std::vector<at::Tensor>& sequences, NoiseGenerator* generator,
                     const NetworkChange& change, const std::stop_token& stop = {}) const;
  /// Logits [B, outputs] of what the last layer gives; `hidden` becomes M × [B, γ, D], after the final layer norms.
  at::Tensor head(const std::vector<at::Tensor>& sequences, NoiseGenerator* generator,
                  std::vector<at::Tensor>& hidden) const;

  /// mTAND weights [γ, N] of modality m for a batch of one; undefined where the modality has none.
  at::Tensor attention(const Batch& batch, int modality) const;
  const SparseMoe& moe(int layer) const { return m_layers[static_cast<std::size_t>(layer)].moe; }
  /// Class or label probabilities of logits [B, outputs] -> [B, labels] (binary: the positive class).
  static at::Tensor probability(TaskKind kind, const at::Tensor& logits);

 private:
  struct ModalityLayer {
    LayerNorm attentionNorm, moeNorm, ffnNorm;
    Linear attentionIn, attentionOut, fc1, fc2;
  };
  struct Layer {
    std::vector<ModalityLayer> modalities;
    SparseMoe moe;
  };
  at::Tensor queryPhi() const;
  const ModalityLayer& of(int layer, int modality) const {
    return m_layers[static_cast<std::size_t>(layer)].modalities[static_cast<std::size_t>(modality)];
  }
  at::Tensor selfAttention(const ModalityLayer& layer, const at::Tensor& x, NoiseGenerator* generator) const;

  ModelConfig m_config;
  TimeEmbedding m_time;
  at::Tensor m_position;  // [γ, D]
  std::vector<ModalityEncoder> m_encoders;
  std::vector<Layer> m_layers;
  std::vector<LayerNorm> m_norms;
  Linear m_head1, m_head2, m_headOut;
};

}  // namespace fusemoe
