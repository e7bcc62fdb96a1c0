#include "torch/moe/router.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

#include "torch/model/layers.h"

namespace fusemoe {
namespace {

constexpr double kSmallestNoise = 0.01;
constexpr std::int64_t kNoMatrixProduct = 2;  // at::cdist: differences, never the x² + w² − 2xw shortcut

/// P(an expert stays among the K best when its noise is drawn again), summed over tokens: Shazeer 2017, appendix A.
at::Tensor smoothLoad(const at::Tensor& clean, const at::Tensor& noisy, const at::Tensor& deviation, int topK) {
  const at::Tensor best = std::get<0>(noisy.topk(topK + 1, -1));
  const at::Tensor thresholdIfIn = best.select(-1, topK).unsqueeze(-1);
  const at::Tensor thresholdIfOut = best.select(-1, topK - 1).unsqueeze(-1);
  const at::Tensor isIn = noisy > thresholdIfIn;
  const at::Tensor distance = (clean - at::where(isIn, thresholdIfIn, thresholdIfOut)) / deviation;
  return (0.5 * (1.0 + at::erf(distance * M_SQRT1_2))).sum(0);
}

at::Tensor countedLoad(const at::Tensor& experts, std::int64_t count, const at::Tensor& like) {
  return at::bincount(experts.flatten(), {}, count).to(like.scalar_type());
}

/// The K kept logits and their experts, descending; pinned experts first of all.
std::tuple<at::Tensor, at::Tensor> keep(const at::Tensor& logits, int topK, const at::Tensor& pinned) {
  if (!pinned.defined()) return logits.topk(topK, -1);
  const at::Tensor ranks = logits.masked_fill(pinned, std::numeric_limits<double>::infinity());
  const at::Tensor experts = std::get<1>(ranks.topk(topK, -1));
  const auto [kept, order] = logits.gather(-1, experts).sort(/*stable=*/true, -1, /*descending=*/true);
  return {kept, experts.gather(-1, order)};
}

/// The K of most `chosenFrom`, which is `logits` or those with noise.
Routing choose(const at::Tensor& logits, const at::Tensor& chosenFrom, int topK, const at::Tensor& pinned) {
  Routing routing;
  routing.logits = logits;
  routing.dense = at::softmax(logits, -1);
  auto [kept, experts] = keep(chosenFrom, topK, pinned);
  routing.experts = experts;
  routing.weights = at::softmax(kept, -1);
  routing.load = countedLoad(experts, logits.size(-1), logits);
  return routing;
}

}  // namespace

at::Tensor gateLogits(Gate gate, const at::Tensor& tokens, const at::Tensor& gateVectors) {
  if (gate == Gate::Softmax)
    return predictsOnCpu(tokens) ? rowProduct(tokens, gateVectors.t(), {}) : at::matmul(tokens, gateVectors);
  const at::Tensor distance = at::cdist(tokens, gateVectors.t().contiguous(), 2.0, kNoMatrixProduct);
  return gate == Gate::Laplace ? -distance : -distance.square();
}

Routing routingOf(const at::Tensor& logits, int topK) {
  return choose(logits, logits, topK, {});
}

Routing route(Gate gate, int topK, const at::Tensor& tokens, const at::Tensor& gateVectors,
              const at::Tensor& noiseVectors, NoiseGenerator* noise, const RoutingChange& change) {
  at::Tensor logits = gateLogits(gate, tokens, gateVectors);
  if (change.excluded.defined()) logits = logits.masked_fill(change.excluded, -std::numeric_limits<double>::infinity());
  if (!noise) return choose(logits, logits, topK, change.pinned);
  const at::Tensor deviation = at::softplus(at::matmul(tokens, noiseVectors)) + kSmallestNoise;
  const at::Tensor noisy = logits + noise->normal(logits) * deviation;
  Routing routing = choose(logits, noisy, topK, change.pinned);
  if (topK < gateVectors.size(1)) routing.load = smoothLoad(logits, noisy, deviation, topK);
  return routing;
}

}  // namespace fusemoe
