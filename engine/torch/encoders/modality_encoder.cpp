#include "torch/encoders/modality_encoder.h"

#include <ATen/ATen.h>

namespace fusemoe {

ModalityInput ModalityInput::rows(const at::Tensor& indices) const {
  auto some = [&](const at::Tensor& tensor) { return tensor.defined() ? tensor.index_select(0, indices) : tensor; };
  return {some(missing), some(times), some(values), some(mask), some(grid)};
}

ModalityEncoder::ModalityEncoder(const ModelConfig& config, int modality, const TensorMap& parameters)
    : m_config(config.modalities[static_cast<std::size_t>(modality)]), m_bins(config.bins), m_width(config.width) {
  const std::string name = "encoder." + m_config.name;
  if (m_config.kind == ModalityKind::Static)
    m_static = Linear(parameters, name + ".out");
  else if (m_config.irregularityEncoder)
    m_attention = MultiTimeAttention(parameters, name, config.heads);
  if (const auto grid = parameters.find(name + ".grid.weight"); grid != parameters.end()) m_grid = grid->second;
  if (m_config.utde) {
    m_mix1 = Linear(parameters, name + ".mix1");
    m_mix2 = Linear(parameters, name + ".mix2");
  }
  m_type = parameters.at("type." + m_config.name);
  if (config.missing == MissingMechanism::Learned) m_missing = parameters.at("missing." + m_config.name);
}

at::Tensor ModalityEncoder::operator()(const ModalityInput& input, const TimeEmbedding& time,
                                       const at::Tensor& queryPhi, const at::Tensor& substitute) const {
  const std::int64_t batch = input.missing.size(0);
  const at::Tensor rows = input.missing.logical_not().nonzero().squeeze(1);
  const std::int64_t present = rows.size(0);
  if (present == batch) return encodePresent(input, time, queryPhi);
  const at::Tensor missing = substitute.defined()  ? substitute
                             : m_missing.defined() ? m_missing
                                                   : at::zeros({m_width}, m_type.options().requires_grad(false));
  const at::Tensor all = missing.expand({batch, m_bins, m_width});
  if (present == 0) return all;
  return all.index_copy(0, rows, encodePresent(input.rows(rows), time, queryPhi));
}

at::Tensor ModalityEncoder::encodePresent(const ModalityInput& input, const TimeEmbedding& time,
                                          const at::Tensor& queryPhi) const {
  at::Tensor encoded;
  if (m_config.kind == ModalityKind::Static) {
    encoded = m_static(input.values).unsqueeze(1).expand({-1, m_bins, -1});
  } else if (!m_config.irregularityEncoder) {
    encoded = at::matmul(input.grid, m_grid.t());
  } else {
    const at::Tensor scores = m_attention.scores(queryPhi, time(input.times));
    encoded = m_config.kind == ModalityKind::Series ? m_attention.attendPerChannel(scores, input.values, input.mask)
                                                    : m_attention.attendShared(scores, input.values, input.mask);
    if (m_config.utde) encoded = mixWithGrid(encoded, input.grid);
  }
  return encoded + m_type;
}

at::Tensor ModalityEncoder::mixWithGrid(const at::Tensor& attended, const at::Tensor& grid) const {
  const at::Tensor regular = at::matmul(grid, m_grid.t());
  at::Tensor joined = at::cat({attended, regular}, -1);
  if (m_config.utdeGate == UtdeGate::Batch) joined = joined.amax(1, true);
  const at::Tensor gate = at::sigmoid(m_mix2(at::relu(m_mix1(joined))));
  return gate * attended + (1.0 - gate) * regular;
}

at::Tensor ModalityEncoder::attention(const ModalityInput& input, const TimeEmbedding& time,
                                      const at::Tensor& queryPhi) const {
  if (m_config.kind == ModalityKind::Static || !m_config.irregularityEncoder) return {};
  const at::Tensor observed = m_config.kind == ModalityKind::Series ? input.mask.amax(2) : input.mask;
  return MultiTimeAttention::weights(m_attention.scores(queryPhi, time(input.times)), observed).select(0, 0);
}

}  // namespace fusemoe
