#include "torch/moe/losses.h"

#include <ATen/ATen.h>

#include <algorithm>
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

RoutingSums sumsOf(const std::vector<Routing>& routings) {
  RoutingSums sums;
  for (const Routing& routing : routings) {
    sums.importance.push_back(importanceOf(routing));
    sums.load.push_back(routing.load);
    sums.dense.push_back(routing.dense.sum(0));
    sums.tokens = static_cast<double>(routing.dense.size(0));
  }
  return sums;
}

at::Tensor balanceLoss(Router router, const RoutingSums& sums) {
  if (router != Router::Disjoint)
    return squaredVariation(at::stack(sums.importance).sum(0)) + squaredVariation(at::stack(sums.load).sum(0));
  std::vector<at::Tensor> pools;
  for (std::size_t pool = 0; pool < sums.importance.size(); ++pool)
    pools.push_back(squaredVariation(sums.importance[pool]) + squaredVariation(sums.load[pool]));
  return at::stack(pools).mean();
}

at::Tensor entropy(const at::Tensor& distribution) {
  // xlogy(p, p) = 0 at 0, but its gradient is infinite there; p is kept off 0 by less than float32 can show.
  return -(distribution * at::log(distribution.clamp_min(kTiny))).sum(-1);
}

at::Tensor entropyRegularizer(Router router, const RoutingSums& sums) {
  const at::TensorOptions options = sums.dense[0].options().requires_grad(false);
  if (router == Router::Joint) return at::zeros({}, options);
  if (router == Router::Disjoint) return at::full({}, -std::log(static_cast<double>(sums.dense.size())), options);
  const at::Tensor perModality = at::stack(sums.dense) / sums.tokens;
  return entropy(perModality).mean() - entropy(perModality.mean(0));
}

EntropyTerms entropyTerms(const std::vector<std::vector<double>>& means) {
  auto entropyOf = [](const std::vector<double>& distribution) {
    double sum = 0;
    for (const double p : distribution)
      if (p > 0) sum -= p * std::log(p);
    return sum;
  };
  EntropyTerms terms;
  const auto count = static_cast<double>(means.size());
  std::vector<double> mixture(means.front().size());
  for (const std::vector<double>& mean : means) {
    terms.perModality.push_back(entropyOf(mean));
    terms.mean += terms.perModality.back() / count;
    for (std::size_t e = 0; e < mean.size(); ++e) mixture[e] += mean[e] / count;
  }
  terms.mixture = entropyOf(mixture);
  terms.lowerBound = -std::min(std::log(count), std::log(static_cast<double>(mixture.size())));
  // Rounding may leave the difference a hair outside what the mathematics allows.
  terms.regularizer = std::clamp(terms.mean - terms.mixture, terms.lowerBound, 0.0);
  if (terms.lowerBound == 0.0) terms.lowerBound = 0.0;  // −0 reads badly
  if (terms.regularizer == 0.0) terms.regularizer = 0.0;
  return terms;
}

}  // namespace fusemoe
