#pragma once

#include <string>

#include "api/training.h"
#include "cohort/cohort_store.h"

namespace fusemoe::cli {

/// An experiment (resources/configs), completed from the cohort. Errors name the file, and the field where one is
/// wrong.
Result<Experiment> readExperiment(const std::string& path, const CohortInfo& cohort);

}  // namespace fusemoe::cli
