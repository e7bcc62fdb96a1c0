#pragma once

#include "api/engine.h"
#include "torch/model/network.h"

namespace fusemoe {

/// Mean encoding of each modality over the stays of a split that have it, in float64. `digest` is the model's. Errors:
/// no stay in the split; stopped; those of reading stays.
Result<EncodingMeansPtr> encodingMeansOf(const ModelConfig& config, const Network& network, at::Device device,
                                         const std::string& digest, const SampleSource& source,
                                         const std::string& split, const ProgressSink& progress,
                                         const std::stop_token& stop);

/// Distances between the gate vectors of every layer and router, layers first, in float64.
std::vector<GateGeometry> gateGeometryOf(const ModelConfig& config, const Network& network);

}  // namespace fusemoe
