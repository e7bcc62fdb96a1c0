#include "torch/model/network.h"

#include <ATen/ATen.h>

#include <cmath>

namespace fusemoe {

Network::Network(const ModelConfig& config, const TensorMap& parameters)
    : m_config(config), m_time(parameters), m_position(parameters.at("position")) {
  for (int modality = 0; modality < config.modalityCount(); ++modality) {
    m_encoders.emplace_back(config, modality, parameters);
    m_norms.emplace_back(parameters, "norm." + config.modalities[static_cast<std::size_t>(modality)].name);
  }
  for (int index = 0; index < config.layers; ++index) {
    Layer layer{{}, SparseMoe(config, index, parameters)};
    for (const ModalityConfig& modality : config.modalities) {
      const std::string name = "layers." + std::to_string(index) + "." + modality.name;
      layer.modalities.push_back({LayerNorm(parameters, name + ".attention.norm"),
                                  LayerNorm(parameters, name + ".moe_norm"), LayerNorm(parameters, name + ".ffn.norm"),
                                  Linear(parameters, name + ".attention.in"),
                                  Linear(parameters, name + ".attention.out"), Linear(parameters, name + ".ffn.fc1"),
                                  Linear(parameters, name + ".ffn.fc2")});
    }
    m_layers.push_back(std::move(layer));
  }
  m_head1 = Linear(parameters, "head.fc1");
  m_head2 = Linear(parameters, "head.fc2");
  m_headOut = Linear(parameters, "head.out");
}

at::Tensor Network::queryPhi() const {
  return m_time(at::linspace(0.0, 1.0, m_config.bins, m_position.options().requires_grad(false)));
}

at::Tensor Network::selfAttention(const ModalityLayer& layer, const at::Tensor& x, NoiseGenerator* generator) const {
  const std::int64_t batch = x.size(0), bins = x.size(1), heads = m_config.heads, headWidth = m_config.width / heads;
  const at::Tensor packed = layer.attentionIn(x).view({batch, bins, 3, heads, headWidth}).permute({2, 0, 3, 1, 4});
  const at::Tensor keys = packed[1], values = packed[2].transpose(-1, -2);
  const bool own = predictsOnCpu(x);
  const at::Tensor scores = (own ? rowProducts(packed[0], keys) : at::matmul(packed[0], keys.transpose(-1, -2))) /
                            std::sqrt(static_cast<double>(headWidth));
  const at::Tensor weights = dropout(at::softmax(scores, -1), m_config.dropout, generator);
  const at::Tensor attended = own ? rowProducts(weights, values) : at::matmul(weights, values.transpose(-1, -2));
  return layer.attentionOut(attended.transpose(1, 2).reshape({batch, bins, heads * headWidth}));
}

at::Tensor Network::enter(const at::Tensor& encoded, NoiseGenerator* generator) const {
  return dropout(encoded * std::sqrt(static_cast<double>(m_config.width)) + m_position, m_config.dropout, generator);
}

at::Tensor Network::attend(int layer, int modality, const at::Tensor& x, NoiseGenerator* generator) const {
  const ModalityLayer& own = of(layer, modality);
  return x + dropout(selfAttention(own, own.attentionNorm(x), generator), m_config.dropout, generator);
}

at::Tensor Network::moeInput(int layer, int modality, const at::Tensor& attended) const {
  return of(layer, modality).moeNorm(attended);
}

void Network::feedForward(int layer, std::vector<at::Tensor>& sequences, const MoeOutput& mixed,
                          NoiseGenerator* generator) const {
  const double rate = m_config.dropout;
  for (std::size_t m = 0; m < sequences.size(); ++m) {
    const ModalityLayer& own = of(layer, static_cast<int>(m));
    const at::Tensor x = sequences[m] + dropout(mixed.perModality[m], rate, generator);
    const at::Tensor hidden = dropout(at::relu(own.fc1(own.ffnNorm(x))), rate, generator);
    sequences[m] = x + dropout(own.fc2(hidden), rate, generator);
  }
}

MoeOutput Network::meet(int layer, std::vector<at::Tensor>& sequences, NoiseGenerator* generator,
                        const NetworkChange& change, const std::stop_token& stop) const {
  static const MoeChange kUnchanged;
  std::vector<at::Tensor> normed;
  for (int m = 0; m < m_config.modalityCount(); ++m)
    normed.push_back(moeInput(layer, m, sequences[static_cast<std::size_t>(m)]));
  MoeOutput mixed = moe(layer)(
      normed, generator, change.layers.empty() ? kUnchanged : change.layers[static_cast<std::size_t>(layer)], stop);
  if (!stop.stop_requested()) feedForward(layer, sequences, mixed, generator);
  return mixed;
}

MoeOutput Network::runLayer(int layer, std::vector<at::Tensor>& sequences, NoiseGenerator* generator,
                            const NetworkChange& change, const std::stop_token& stop) const {
  for (int m = 0; m < m_config.modalityCount() && !stop.stop_requested(); ++m) {
    at::Tensor& sequence = sequences[static_cast<std::size_t>(m)];
    sequence = attend(layer, m, sequence, generator);
  }
  return meet(layer, sequences, generator, change, stop);
}

std::vector<at::Tensor> Network::encode(const Batch& batch, const NetworkChange& change) const {
  const at::Tensor query = queryPhi();
  std::vector<at::Tensor> encoded;
  for (std::size_t m = 0; m < m_encoders.size(); ++m)
    encoded.push_back(m_encoders[m](batch.modalities[m], m_time, query,
                                    change.substitutes.empty() ? at::Tensor() : change.substitutes[m]));
  return encoded;
}

at::Tensor Network::head(const std::vector<at::Tensor>& sequences, NoiseGenerator* generator,
                         std::vector<at::Tensor>& hidden) const {
  std::vector<at::Tensor> pooled;
  for (std::size_t m = 0; m < sequences.size(); ++m) {
    hidden.push_back(m_norms[m](sequences[m]));
    if (m_config.pooling == Pooling::MeanLast) pooled.push_back(hidden[m].mean(1));
    pooled.push_back(hidden[m].select(1, m_config.bins - 1));
  }
  const at::Tensor joined = at::cat(pooled, -1);
  const at::Tensor inner = dropout(at::relu(m_head1(joined)), m_config.dropout, generator);
  return m_headOut(m_head2(inner) + joined);
}

NetworkOutput Network::operator()(const Batch& batch, NoiseGenerator* generator, const NetworkChange& change) const {
  NetworkOutput output;
  output.encoded = encode(batch, change);
  std::vector<at::Tensor> sequences;
  for (const at::Tensor& encoded : output.encoded) sequences.push_back(enter(encoded, generator));
  for (int layer = 0; layer < m_config.layers; ++layer)
    output.layers.push_back(runLayer(layer, sequences, generator, change));
  output.logits = head(sequences, generator, output.hidden);
  return output;
}

at::Tensor Network::attention(const Batch& batch, int modality) const {
  const auto index = static_cast<std::size_t>(modality);
  return m_encoders[index].attention(batch.modalities[index], m_time, queryPhi());
}

at::Tensor Network::probability(TaskKind kind, const at::Tensor& logits) {
  switch (kind) {
    case TaskKind::Binary:
      return at::softmax(logits, -1).narrow(-1, 1, 1);
    case TaskKind::MultiClass:
      return at::softmax(logits, -1);
    case TaskKind::MultiLabel:
      return at::reciprocal(at::exp(-logits) + 1);  // at::sigmoid rounds by the place a number has in the batch
  }
  return {};
}

}  // namespace fusemoe
