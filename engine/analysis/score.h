#pragma once

#include <stop_token>
#include <string>

#include "api/engine.h"
#include "base/progress.h"

namespace fusemoe {

/// Predicts every stay of a split whose label of the model's task is known, unmasked, in batches and bounded memory.
/// Error: the cohort's or the model's; no labelled stay; stopped.
Result<Scores> scoreSplit(const Model& model, const SampleSource& cohort, const std::string& split,
                          const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
