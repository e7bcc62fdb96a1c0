#pragma once

#include <c10/core/Device.h>

#include <stop_token>

#include "api/engine.h"

namespace fusemoe {

/// Trains a network on the cohort's "train" split, chooses the epoch by AUROC on "validation", writes the best to
/// request.output. Deterministic by seed on one machine. A step with a non-finite gradient is counted and never taken.
Result<TrainReport> trainModel(const SampleSource& cohort, const TrainRequest& request, at::Device device,
                               const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
