#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "api/model_config.h"
#include "api/routing_result.h"
#include "torch/moe/router.h"

namespace fusemoe {

/// Squared coefficient of variation: unbiased variance / mean². 0 for fewer than two experts.
at::Tensor squaredVariation(const at::Tensor& perExpert);

/// Σ of kept weights an expert of one router gets: [S of that router].
at::Tensor importanceOf(const Routing& routing);

/// What the losses need of one layer: sums over tokens, so that parts of a batch can be added up.
struct RoutingSums {
  std::vector<at::Tensor> importance;  ///< a router: [S of that router] Σ of kept weights
  std::vector<at::Tensor> load;        ///< as Routing::load
  std::vector<at::Tensor> dense;       ///< Σ over tokens of the dense distributions
  double tokens = 0;                   ///< that each router has seen
};
RoutingSums sumsOf(const std::vector<Routing>& routings);

/// Load-balance loss of one layer (Shazeer 2017): CV²(importance) + CV²(load), each over one pool of experts; routers
/// that share a pool are added up first, disjoint pools are averaged. Before its coefficient.
at::Tensor balanceLoss(Router router, const RoutingSums& sums);

/// Entropy regulariser of one layer: E = (1/M) Σ H(p̂_m) − H((1/M) Σ p̂_m), p̂_m = mean over tokens of the dense
/// distribution, natural logarithm. 0 for a joint router; −log M for disjoint pools. Before its coefficient.
at::Tensor entropyRegularizer(Router router, const RoutingSums& sums);

/// The regulariser's parts of one layer for people: `means` holds p̂ of each router over all S experts.
EntropyTerms entropyTerms(const std::vector<std::vector<double>>& means);

/// H(p) = −Σ p log p over the last dimension, with 0 log 0 = 0.
at::Tensor entropy(const at::Tensor& distribution);

}  // namespace fusemoe
