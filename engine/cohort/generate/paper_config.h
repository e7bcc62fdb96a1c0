#pragma once

#include "api/model_config.h"

namespace fusemoe {

/// The paper's sizes with the authors' choices (FUSEMOE.md §1, §4): per-modality Laplace routers, 16 experts of which 4
/// are kept, 3 layers, D = 128, γ = 48, a token = a modality's whole sequence, log-softmax experts, zeros for what is
/// missing; over the modalities of the synthetic ICU cohort at the paper's widths. 762 million parameters.
ModelConfig paperConfig();

}  // namespace fusemoe
