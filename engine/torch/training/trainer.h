#pragma once

#include <c10/core/Device.h>

#include <stop_token>

#include "api/engine.h"

namespace fusemoe {

/// Trains a network on the cohort's "train" split, chooses the epoch on "validation" (TrainConfig::select), writes the
/// best to request.output. Deterministic by seed on one machine with one number of threads. A step with a non-finite
/// gradient is counted and never taken. With several processes (request.parallel) each computes its slice of every
/// batch; rank 0 alone validates and writes, and only its report lists epochs a resumed run had done before.
Result<TrainReport> trainModel(const SampleSource& cohort, const TrainRequest& request, at::Device device,
                               const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
