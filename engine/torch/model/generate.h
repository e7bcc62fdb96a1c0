#pragma once

#include <stop_token>

#include "api/model_files.h"

namespace fusemoe {

/// Writes a model of random weights: each tensor drawn from its own generator, seeded by its name, and written before
/// the next is made. Tensors whose size is a multiple of 64 bytes come first, so that they lie at multiples of 64.
Result<void> generateModel(const GenerateModelRequest& request, const ProgressSink& progress,
                           const std::stop_token& stop);

}  // namespace fusemoe
