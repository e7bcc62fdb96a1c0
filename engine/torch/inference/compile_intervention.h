#pragma once

#include "api/intervention.h"
#include "torch/moe/moe_change.h"

namespace fusemoe {

/// Makes an intervention ready to compute with on a device. Errors: those of `validate`; the training mean asked for
/// without means, or of a modality that no stay had.
Result<NetworkChange> compile(const Intervention& intervention, const ModelConfig& config, at::Device device);

}  // namespace fusemoe
