#pragma once

#include <string>
#include <vector>

#include "api/training.h"
#include "cohort/cohort_store.h"

namespace fusemoe::cli {

/// An experiment (resources/configs), with `changes` made to it, completed from the cohort. A change is PATH=VALUE, the
/// path as in the file: "model.gate=softmax", "training.epochs=3", "model.modalities.*.grid=summary" (* = each of a
/// list). Errors name the file, and the field or change that is wrong.
Result<Experiment> readExperiment(const std::string& path, const CohortInfo& cohort,
                                  const std::vector<std::string>& changes = {});

}  // namespace fusemoe::cli
