#include "torch/training/objective.h"

#include <ATen/ATen.h>

namespace fusemoe {

at::Tensor taskLossSum(TaskKind kind, const at::Tensor& logits, const at::Tensor& labels, double positiveWeight,
                       double smoothing) {
  const at::TensorOptions options = logits.options().requires_grad(false);
  if (kind == TaskKind::MultiLabel) {
    const at::Tensor weight = at::full({logits.size(1)}, positiveWeight, options);
    return at::binary_cross_entropy_with_logits(logits, labels * (1 - smoothing) + 0.5 * smoothing, {}, weight,
                                                at::Reduction::Sum);
  }
  at::Tensor weight;
  if (kind == TaskKind::Binary) weight = at::tensor({1.0, positiveWeight}, options);
  return at::cross_entropy_loss(logits, labels.squeeze(1).to(at::kLong), weight, at::Reduction::Sum, -100, smoothing);
}

double taskLossWeight(TaskKind kind, std::span<const float> labels, double positiveWeight) {
  double sum = 0;
  for (const float label : labels) sum += kind == TaskKind::Binary && label > 0.5F ? positiveWeight : 1.0;
  return sum;
}

void RoutingTally::add(const at::Tensor& sums, double tokens) {
  const at::Tensor row = sums.to(at::kCPU, at::kDouble).contiguous();
  m_sums.resize(static_cast<std::size_t>(row.numel()));
  for (std::size_t i = 0; i < m_sums.size(); ++i) m_sums[i] += row.data_ptr<double>()[i];
  m_tokens += tokens;
}

const double* RoutingTally::of(std::size_t layer, std::size_t router) const {
  const auto routers = static_cast<std::size_t>(m_config->routerCount());
  return m_sums.data() + (layer * routers + router) * 3 * static_cast<std::size_t>(m_config->expertsPerRouter());
}

std::vector<EntropyTerms> RoutingTally::entropy() const {
  std::vector<EntropyTerms> terms;
  const auto choices = static_cast<std::size_t>(m_config->expertsPerRouter());
  for (std::size_t layer = 0; layer < static_cast<std::size_t>(m_config->layers); ++layer) {
    std::vector<std::vector<double>> means;
    for (std::size_t router = 0; router < static_cast<std::size_t>(m_config->routerCount()); ++router) {
      means.emplace_back(static_cast<std::size_t>(m_config->experts));
      const double* dense = of(layer, router) + 2 * choices;
      const std::size_t first = m_config->router == Router::Disjoint ? router * choices : 0;
      for (std::size_t e = 0; e < choices; ++e) means.back()[first + e] = dense[e] / m_tokens;
    }
    terms.push_back(entropyTerms(means));
  }
  return terms;
}

std::vector<std::vector<double>> RoutingTally::expertLoad() const {
  std::vector<std::vector<double>> shares;
  const auto choices = static_cast<std::size_t>(m_config->expertsPerRouter());
  for (std::size_t layer = 0; layer < static_cast<std::size_t>(m_config->layers); ++layer) {
    shares.emplace_back(static_cast<std::size_t>(m_config->experts));
    double total = 0;
    for (std::size_t router = 0; router < static_cast<std::size_t>(m_config->routerCount()); ++router) {
      const std::size_t first = m_config->router == Router::Disjoint ? router * choices : 0;
      for (std::size_t e = 0; e < choices; ++e) {
        shares.back()[first + e] += of(layer, router)[e];
        total += of(layer, router)[e];
      }
    }
    for (double& share : shares.back()) share = total > 0 ? share / total : 0;
  }
  return shares;
}

at::Tensor flattened(const std::vector<RoutingSums>& layers) {
  std::vector<at::Tensor> parts;
  for (const RoutingSums& layer : layers)
    for (std::size_t router = 0; router < layer.dense.size(); ++router)
      for (const at::Tensor& part : {layer.importance[router], layer.load[router], layer.dense[router]})
        parts.push_back(part.detach());
  return at::cat(parts).to(at::kCPU, at::kDouble);
}

std::int64_t flattenedSize(const ModelConfig& config) {
  return std::int64_t{3} * config.layers * config.routerCount() * config.expertsPerRouter();
}

std::vector<RoutingSums> sumsFrom(const ModelConfig& config, const at::Tensor& row, double tokens) {
  std::vector<RoutingSums> layers(static_cast<std::size_t>(config.layers));
  const std::int64_t choices = config.expertsPerRouter();
  std::int64_t first = 0;
  for (RoutingSums& layer : layers) {
    layer.tokens = tokens;
    for (int router = 0; router < config.routerCount(); ++router)
      for (std::vector<at::Tensor>* parts : {&layer.importance, &layer.load, &layer.dense}) {
        parts->push_back(row.narrow(0, first, choices).to(at::kFloat));
        first += choices;
      }
  }
  return layers;
}

void addTo(std::vector<RoutingSums>& layers, const at::Tensor& row) {
  std::int64_t first = 0;
  auto add = [&](at::Tensor& part) {
    part = part + row.narrow(0, first, part.size(0)).to(part.device(), part.scalar_type());
    first += part.size(0);
  };
  for (RoutingSums& layer : layers)
    for (std::size_t router = 0; router < layer.dense.size(); ++router) {
      add(layer.importance[router]);
      add(layer.load[router]);
      add(layer.dense[router]);
    }
}

}  // namespace fusemoe
