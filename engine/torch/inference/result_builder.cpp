#include "torch/inference/result_builder.h"

#include <ATen/ATen.h>

#include <limits>

#include "torch/inference/numbers.h"
#include "torch/inference/projection.h"
#include "torch/moe/losses.h"

namespace fusemoe {

ResultBuilder::ResultBuilder(const ModelConfig& config, const Network& network, const NetworkOutput& output)
    : ResultBuilder(config, output) {
  m_network = &network;
}

ResultBuilder::ResultBuilder(const ModelConfig& config, const NetworkOutput& output) : m_config(config) {
  for (const MoeOutput& layer : output.layers) {
    std::vector<Routing> routings;
    for (const Routing& routing : layer.routings)
      routings.push_back({routing.logits.to(at::kCPU),
                          routing.dense.to(at::kCPU),
                          routing.experts.to(at::kCPU).contiguous(),
                          routing.weights.to(at::kCPU).contiguous(),
                          {}});
    m_routings.push_back(std::move(routings));
    m_tokens.push_back(layer.tokens);
  }
  m_logits = output.logits.to(at::kCPU);
  m_probability = Network::probability(config.task.kind, m_logits);
}

Result<RoutingResult> ResultBuilder::build(const PredictOptions& options) const {
  RoutingResult result;
  result.headLogits = floats(m_logits);
  result.probability = floats(m_probability);
  if (const auto finite = checkFinite(result.probability); !finite) return failure(finite.error());
  for (std::size_t layer = 0; layer < m_routings.size(); ++layer) {
    result.layers.push_back(layerResult(layer));
  }
  if (options.projection && m_network)
    if (const auto added = addProjections(result, options.basis); !added) return failure(added.error());
  return result;
}

RouterResult ResultBuilder::routerResult(const Routing& routing, std::size_t router) const {
  const std::int64_t tokens = routing.logits.size(0), choices = m_config.expertsPerRouter(),
                     kept = routing.experts.size(1);
  const auto experts = static_cast<std::size_t>(m_config.experts);
  const bool disjoint = m_config.router == Router::Disjoint;
  const std::size_t first = disjoint ? router * static_cast<std::size_t>(choices) : 0;
  RouterResult result;
  result.modality = m_config.router == Router::Joint ? -1 : static_cast<int>(router);
  result.tokens = static_cast<int>(tokens);
  const std::vector<float> logits = floats(routing.logits);
  const std::vector<float> dense = floats(routing.dense);
  result.topKWeight = floats(routing.weights);
  result.logits.assign(static_cast<std::size_t>(tokens) * experts, -std::numeric_limits<float>::infinity());
  result.dense.assign(static_cast<std::size_t>(tokens) * experts, 0.0F);
  std::vector<double> meanDense(experts), meanTopK(experts);
  for (std::size_t t = 0; t < static_cast<std::size_t>(tokens); ++t) {
    for (std::size_t e = 0; e < static_cast<std::size_t>(choices); ++e) {
      const std::size_t from = t * static_cast<std::size_t>(choices) + e, place = t * experts + first + e;
      result.logits[place] = logits[from];
      result.dense[place] = dense[from];
      meanDense[first + e] += static_cast<double>(dense[from]) / static_cast<double>(tokens);
    }
    for (std::size_t k = 0; k < static_cast<std::size_t>(kept); ++k) {
      const std::size_t place = t * static_cast<std::size_t>(kept) + k;
      const std::size_t expert = first + static_cast<std::size_t>(routing.experts.data_ptr<std::int64_t>()[place]);
      result.topKExpert.push_back(static_cast<int>(expert));
      meanTopK[expert] += static_cast<double>(result.topKWeight[place]) / static_cast<double>(tokens);
    }
  }
  result.meanDense.assign(meanDense.begin(), meanDense.end());
  result.meanTopK.assign(meanTopK.begin(), meanTopK.end());
  return result;
}

LayerResult ResultBuilder::layerResult(std::size_t layer) const {
  LayerResult result;
  const auto experts = static_cast<std::size_t>(m_config.experts);
  const auto modalities = static_cast<std::size_t>(m_config.modalityCount());
  std::vector<double> importance(experts), composition(experts * modalities);
  result.load.assign(experts, 0.0F);
  for (std::size_t r = 0; r < m_routings[layer].size(); ++r) {
    result.routers.push_back(routerResult(m_routings[layer][r], r));
    const RouterResult& router = result.routers.back();
    for (std::size_t i = 0; i < router.topKExpert.size(); ++i) {
      const auto expert = static_cast<std::size_t>(router.topKExpert[i]);
      importance[expert] += static_cast<double>(router.topKWeight[i]);
      result.load[expert] += 1;
      if (router.modality >= 0) composition[expert * modalities + r] += static_cast<double>(router.topKWeight[i]);
    }
  }
  result.importance.assign(importance.begin(), importance.end());
  if (m_config.router != Router::Joint) {
    for (std::size_t i = 0; i < composition.size(); ++i)
      if (const double total = importance[i / modalities]; total > 0) composition[i] /= total;
    result.composition.assign(composition.begin(), composition.end());
  }
  std::vector<std::vector<double>> means;
  for (const RouterResult& router : result.routers)
    means.emplace_back(router.meanDense.begin(), router.meanDense.end());
  result.entropy = entropyTerms(means);
  return result;
}

at::Tensor ResultBuilder::pointsOf(std::size_t layer) const {
  std::vector<at::Tensor> rows;
  for (const at::Tensor& tokens : m_tokens[layer]) rows.push_back(tokens.to(at::kCPU));
  for (std::size_t r = 0; r < m_routings[layer].size(); ++r)
    rows.push_back(m_network->moe(static_cast<int>(layer)).gateVectors(static_cast<int>(r)).t().to(at::kCPU));
  return at::cat(rows, 0).to(at::kDouble);
}

Result<void> ResultBuilder::addProjections(RoutingResult& result, const BasisPtr& given) const {
  auto own = std::make_shared<ProjectionBasis>();
  for (std::size_t layer = 0; layer < m_routings.size(); ++layer) {
    const at::Tensor points = pointsOf(layer);
    const auto width = static_cast<std::size_t>(points.size(1));
    if (!given) own->layers.push_back(principalAxes(points));
    const ProjectionBasis& basis = given ? *given : *own;
    if (basis.layers.size() <= layer || basis.layers[layer].mean.size() != width ||
        basis.layers[layer].axes.size() != 3 * width)
      return failure("The axes to project on belong to another model.");
    std::int64_t tokens = 0;
    for (const at::Tensor& part : m_tokens[layer]) tokens += part.size(0);
    result.layers[layer].projection = projectOn(basis.layers[layer], points, tokens);
  }
  result.basis = given ? given : std::move(own);
  return {};
}

}  // namespace fusemoe
