#pragma once

#include "api/model_config.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

/// Fills what an experiment's model leaves out from the cohort it is trained on: window, task (the cohort's first where
/// none is named), all modalities where none are named, and titles, kinds, variables, units and widths. Then validates.
/// Error: a modality, variable or task that the cohort does not have.
Result<void> completeConfig(ModelConfig& config, const CohortInfo& cohort);

}  // namespace fusemoe
