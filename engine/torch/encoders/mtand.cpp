#include "torch/encoders/mtand.h"

#include <ATen/ATen.h>

#include <cmath>

namespace fusemoe {
namespace {

constexpr double kMaskedScore = -10000.0;  // as the authors' code fills
// Below this a channel's sum of exp(score − largest score of any channel) has lost digits, and it is computed on its
// own.
constexpr double kTooSmall = 1e-20;

/// Exact softmax of each channel on its own: [B, h, γ, V] attended values, one channel at a time.
at::Tensor attendChannelByChannel(const at::Tensor& scores, const at::Tensor& values, const at::Tensor& mask) {
  std::vector<at::Tensor> channels;
  for (std::int64_t channel = 0; channel < values.size(2); ++channel) {
    const at::Tensor observed = mask.select(2, channel).unsqueeze(1).unsqueeze(1) > 0;
    const at::Tensor weights = at::softmax(scores.masked_fill(observed.logical_not(), kMaskedScore), -1);
    channels.push_back(at::matmul(weights, values.select(2, channel).unsqueeze(1).unsqueeze(-1)).squeeze(-1));
  }
  return at::stack(channels, -1);
}

}  // namespace

at::Tensor TimeEmbedding::operator()(const at::Tensor& times) const {
  const at::Tensor column = times.unsqueeze(-1);
  return at::cat({linear(column), at::sin(periodic(column))}, -1);
}

at::Tensor MultiTimeAttention::scores(const at::Tensor& queryPhi, const at::Tensor& keyPhi) const {
  const std::int64_t batch = keyPhi.size(0), times = keyPhi.size(1), bins = queryPhi.size(0);
  const std::int64_t headWidth = queryPhi.size(1) / m_heads;
  const at::Tensor query = m_query(queryPhi).view({1, bins, m_heads, headWidth}).transpose(1, 2);
  const at::Tensor key = m_key(keyPhi).view({batch, times, m_heads, headWidth}).permute({0, 2, 3, 1});
  return at::matmul(query, key) / std::sqrt(static_cast<double>(headWidth));
}

at::Tensor MultiTimeAttention::attendShared(const at::Tensor& scores, const at::Tensor& values,
                                            const at::Tensor& mask) const {
  const std::int64_t batch = values.size(0), times = values.size(1), channels = values.size(2);
  const std::int64_t bins = scores.size(2), width = m_out.weight.size(0);
  const at::Tensor masked = scores.masked_fill((mask <= 0).unsqueeze(1).unsqueeze(1), kMaskedScore);
  const at::Tensor weights = at::softmax(masked, -1);
  // Σ_h A_h V W_hᵀ: observations are few, so values are projected first and the cost is linear in them.
  const at::Tensor perHead =
      m_out.weight.view({width, m_heads, channels}).permute({2, 1, 0}).reshape({channels, m_heads * width});
  const at::Tensor projected = at::matmul(values, perHead).view({batch, times, m_heads, width});
  const at::Tensor flatWeights = weights.permute({0, 2, 1, 3}).reshape({batch, bins, m_heads * times});
  const at::Tensor flatValues = projected.transpose(1, 2).reshape({batch, m_heads * times, width});
  return at::bmm(flatWeights, flatValues) + m_out.bias;
}

at::Tensor MultiTimeAttention::attendPerChannel(const at::Tensor& scores, const at::Tensor& values,
                                                const at::Tensor& mask) const {
  const std::int64_t batch = values.size(0), bins = scores.size(2), channels = values.size(2);
  const at::Tensor anyChannel = (mask.amax(2) > 0).unsqueeze(1).unsqueeze(1);
  const at::Tensor visible = scores.masked_fill(anyChannel.logical_not(), kMaskedScore);
  const at::Tensor largest = visible.amax(-1, true).detach();
  const at::Tensor weights = at::exp(visible - largest);
  const at::Tensor numerator = at::matmul(weights, (values * mask).unsqueeze(1));
  const at::Tensor denominator = at::matmul(weights, mask.unsqueeze(1));
  const at::Tensor observed = (mask.amax(1) > 0).view({batch, 1, 1, channels});
  const at::Tensor lost = observed.logical_and(denominator < kTooSmall);
  at::Tensor attended = numerator / denominator.clamp_min(kTooSmall);
  if (lost.any().item<bool>())
    attended = at::where(lost, attendChannelByChannel(scores, values * mask, mask), attended);
  const at::Tensor flags = observed.to(values.scalar_type()).expand({batch, m_heads, bins, channels});
  const at::Tensor joined = at::cat({attended, flags}, -1);  // [B, h, γ, 2V]
  return m_out(joined.transpose(1, 2).reshape({batch, bins, m_heads * 2 * channels}));
}

at::Tensor MultiTimeAttention::weights(const at::Tensor& scores, const at::Tensor& mask) {
  return at::softmax(scores.masked_fill((mask <= 0).unsqueeze(1).unsqueeze(1), kMaskedScore), -1).mean(1);
}

}  // namespace fusemoe
