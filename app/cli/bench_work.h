#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "api/masked_routing.h"
#include "api/model_config.h"
#include "api/routing_result.h"
#include "api/sample.h"

namespace fusemoe::cli {

// How much work a prediction is: counted from the configuration, not measured.

/// Floating-point operations of the matrix products of one stay's prediction, by part. A product [n, a]·[a, b] counts
/// 2·n·a·b; norms, softmax, GELU and sums are left out (less than 1 % at the paper's sizes).
struct FlopCount {
  double encoders = 0;   ///< mTAND, regular grid, UTDE and static maps of the modalities that are present
  double attention = 0;  ///< self-attention of every layer and modality
  double routers = 0;    ///< token · gate vector, whatever the gate's distance
  double experts = 0;    ///< tokens × K kept experts, each fc1 and fc2
  double feedForward = 0;
  double head = 0;
  double total() const { return encoders + attention + routers + experts + feedForward + head; }
};
FlopCount flopsOf(const ModelConfig& config, const Sample& sample, ModalityMask mask);

/// Distinct observation times of a series, events of a vectors modality, as mTAND attends to; 0 = absent.
std::int64_t attendedTimes(const ModalityConfig& modality, const Sample& sample);

/// Bytes of the numbers of one expert. `weights` as ModelInfo says: of "bf16, f32" the experts have the narrower type.
std::int64_t expertBytes(const ModelConfig& config, std::string_view weights);

/// Experts that took at least one token, each counted once a layer: of all layers, or from the one numbered `first` on.
std::int64_t distinctExperts(const ModelConfig& config, const RoutingResult& result, std::size_t first = 0);
/// Of all layers, over many states together.
std::int64_t distinctExperts(const ModelConfig& config, std::span<const MaskedRouting> states);

}  // namespace fusemoe::cli
