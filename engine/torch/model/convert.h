#pragma once

#include <stop_token>

#include "api/model_files.h"
#include "base/progress.h"
#include "base/result.h"

namespace fusemoe {

/// Writes any model that openModelFile reads in our format, weights as storedType says, a tensor at a time. The config,
/// the card and what else stands in the metadata of one of ours are kept; a checkpoint of the authors gets a card that
/// says where it is from and what was missing in it. `to` may be `from`: it is replaced once all is written, and the
/// old bytes stay mapped until then. Errors: what openModelFile says; a value that is not finite, or that is too large
/// for the type (the tensor is named); stopped; the target cannot be written. What was at the target stays then.
Result<void> convertModel(const ConvertRequest& request, const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
