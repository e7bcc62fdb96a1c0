#include "torch/moe/losses.h"

#include <ATen/ATen.h>

#include <cmath>

namespace fusemoe {
namespace {
constexpr double kTiny = 1e-10;
}

at::Tensor squaredVariation(const at::Tensor& perExpert) {
  if (perExpert.numel() < 2) return at::zeros({}, perExpert.options().requires_grad(false));
  return perExpert.var(/*unbiased=*/true) / (perExpert.mean().square() + kTiny);
}

at::Tensor importanceOf(const Routing& routing) {
  const std::int64_t count = routing.logits.size(-1);
  const at::Tensor zeros = at::zeros({routing.weights.size(0), count}, routing.weights.options().requires_grad(false));
  return zeros.scatter(-1, routing.experts, routing.weights).sum(0);
}

at::Tensor balanceLoss(Router router, const std::vector<Routing>& routings) {
  std::vector<at::Tensor> importance, load;
  for (const Routing& routing : routings) {
    importance.push_back(importanceOf(routing));
    load.push_back(routing.load);
  }
  if (router != Router::Disjoint)
    return squaredVariation(at::stack(importance).sum(0)) + squaredVariation(at::stack(load).sum(0));
  std::vector<at::Tensor> pools;
  for (std::size_t pool = 0; pool < routings.size(); ++pool)
    pools.push_back(squaredVariation(importance[pool]) + squaredVariation(load[pool]));
  return at::stack(pools).mean();
}

at::Tensor entropy(const at::Tensor& distribution) {
  // xlogy(p, p) = 0 at 0, but its gradient is infinite there; p is kept off 0 by less than float32 can show.
  return -(distribution * at::log(distribution.clamp_min(kTiny))).sum(-1);
}

at::Tensor entropyRegularizer(Router router, const std::vector<Routing>& routings) {
  const at::TensorOptions options = routings[0].dense.options().requires_grad(false);
  if (router == Router::Joint) return at::zeros({}, options);
  if (router == Router::Disjoint) return at::full({}, -std::log(static_cast<double>(routings.size())), options);
  std::vector<at::Tensor> means;
  for (const Routing& routing : routings) means.push_back(routing.dense.mean(0));
  const at::Tensor perModality = at::stack(means);
  return entropy(perModality).mean() - entropy(perModality.mean(0));
}

}  // namespace fusemoe
