#pragma once

#include "api/engine.h"
#include "torch/model/network.h"

namespace fusemoe {

/// Turns what the network computed for a batch of one into a RoutingResult: plain vectors, sums in double.
class ResultBuilder {
 public:
  ResultBuilder(const ModelConfig& config, const Network& network, const NetworkOutput& output);
  /// Of a network that shows logits and routings alone: without projections.
  ResultBuilder(const ModelConfig& config, const NetworkOutput& output);
  /// Everything but key, states, attention and the name of its own axes. Errors: a number that is not finite; axes
  /// of another width.
  Result<RoutingResult> build(const PredictOptions& options) const;

 private:
  LayerResult layerResult(std::size_t layer) const;
  RouterResult routerResult(const Routing& routing, std::size_t router) const;
  /// Tokens, then gate vectors, routers in order: [N, D] in float64.
  at::Tensor pointsOf(std::size_t layer) const;
  Result<void> addProjections(RoutingResult& result, const BasisPtr& given) const;

  const ModelConfig& m_config;
  const Network* m_network = nullptr;             // whose gate vectors are projected
  std::vector<std::vector<Routing>> m_routings;   // [L][routers], on the CPU
  std::vector<std::vector<at::Tensor>> m_tokens;  // [L][routers]
  at::Tensor m_logits, m_probability;
};

}  // namespace fusemoe
