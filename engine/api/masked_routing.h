#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "api/model_config.h"

namespace fusemoe {

/// Where the numbers of one layer and router stand in a MaskedRouting.
struct RoutingShape {
  int layers = 0, routers = 0, experts = 0;  ///< L, R (1 for joint, else M), S over all pools
  explicit RoutingShape(const ModelConfig& config)
      : layers(config.layers), routers(config.routerCount()), experts(config.experts) {}
  RoutingShape() = default;
  std::size_t size() const { return static_cast<std::size_t>(layers) * routers * experts; }
  std::size_t at(int layer, int router) const { return (static_cast<std::size_t>(layer) * routers + router) * experts; }
  /// The S numbers of one layer and router.
  std::span<const float> of(const std::vector<float>& values, int layer, int router) const {
    return std::span(values).subspan(at(layer, router), static_cast<std::size_t>(experts));
  }
  bool operator==(const RoutingShape&) const = default;
};

/// What one stay gives under one mask, in little: for many masks and many stays. Numbers as in RoutingResult.
struct MaskedRouting {
  ModalityMask mask = 0;           ///< as asked for
  std::uint32_t present = 0;       ///< bit i = the model was shown modality i
  std::vector<float> probability;  ///< binary: the positive class; else one a label
  std::vector<float> headLogits;   ///< [outputs]
  std::vector<float> meanDense;    ///< [L, R, S], p̂ over all experts the router may choose
  std::vector<float> meanTopK;     ///< [L, R, S], mean kept weight; zero where never kept
};

/// Distances between the gate vectors of one router.
struct GateGeometry {
  int layer = 0, router = 0;
  std::vector<int> experts;      ///< those the router may choose, 0-based over all pools: n
  std::vector<double> norm;      ///< [n] ‖W_i‖₂
  std::vector<double> distance;  ///< [n, n] ‖W_i − W_j‖₂
  std::vector<double> cosine;    ///< [n, n]; 0 where a vector is 0
};

}  // namespace fusemoe
