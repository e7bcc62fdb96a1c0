#pragma once

#include <memory>
#include <string>

#include "api/model_config.h"
#include "torch/encoders/mtand.h"

namespace fusemoe {

/// One modality of a batch of B samples, standardised and padded to the longest sample.
struct ModalityInput {
  at::Tensor missing;  ///< [B] bool: absent, or masked by the user
  at::Tensor times;    ///< [B, N] in [0, 1]; series and vectors
  at::Tensor values;   ///< series [B, N, V] zero where unobserved; vectors [B, N, d]; static [B, 2V] values then flags
  at::Tensor mask;     ///< series [B, N, V], vectors [B, N]; 1 = observed
  at::Tensor grid;     ///< series with a regular grid: [B, γ, C·V], the V values of a channel together (GridChannels)

  /// Some of the samples, by index.
  ModalityInput rows(const at::Tensor& indices) const;
};

/// Observations of one modality -> Z_m [B, γ, D] (FUSEMOE.md §2): mTAND, for series optionally mixed with a regular
/// grid (UTDE); a static modality is one linear map, the same in every bin. Missing samples get the missing mechanism.
class ModalityEncoder {
 public:
  ModalityEncoder(const ModelConfig& config, int modality, const TensorMap& parameters);

  /// `queryPhi` [γ, d_time], `time` the shared embedding. Only samples that have the modality are computed; for the
  /// others stands `substitute` [γ, D] or [D], where undefined the missing mechanism the model was trained with.
  at::Tensor operator()(const ModalityInput& input, const TimeEmbedding& time, const at::Tensor& queryPhi,
                        const at::Tensor& substitute = {}) const;
  /// mTAND weights of one sample, mean over heads [γ, N]; undefined for a static modality or one without mTAND.
  at::Tensor attention(const ModalityInput& input, const TimeEmbedding& time, const at::Tensor& queryPhi) const;

 private:
  at::Tensor encodePresent(const ModalityInput& input, const TimeEmbedding& time, const at::Tensor& queryPhi) const;
  at::Tensor mixWithGrid(const at::Tensor& attended, const at::Tensor& grid) const;

  ModalityConfig m_config;
  std::int64_t m_bins, m_width;
  MultiTimeAttention m_attention;
  Linear m_static, m_mix1, m_mix2;
  at::Tensor m_grid;     // [D, C·V]
  at::Tensor m_type;     // [D]
  at::Tensor m_missing;  // [D]; undefined = zeros
};

}  // namespace fusemoe
