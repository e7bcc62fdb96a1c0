#pragma once

#include <span>

#include "api/engine.h"
#include "torch/model/network.h"

namespace fusemoe {

/// Which modalities of a request the network sees, and what the user is told.
std::vector<ModalityState> statesOf(const ModelConfig& config, const PredictRequest& request);

/// Standardises and pads samples into one batch: times / window into [0, 1], values by the config's mean and deviation,
/// modalities and variables matched by name (those the config does not name are ignored; those a sample lacks are
/// absent). Error: a vector of another width than the config's; a time or value that is not finite.
Result<Batch> prepare(const ModelConfig& config, std::span<const PredictRequest> requests);

/// Moves a batch to a device.
Batch to(const Batch& batch, at::Device device);

}  // namespace fusemoe
