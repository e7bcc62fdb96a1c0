#pragma once

#include "api/model_config.h"

namespace fusemoe {

/// Error where training a model of this config takes more memory than there is: Linux gives memory away that it does
/// not have and then ends programs, so it is asked before.
Result<void> checkTrainingMemory(const ModelConfig& config);

}  // namespace fusemoe
