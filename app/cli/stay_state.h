#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cohort/cohort_store.h"
#include "console.h"

namespace fusemoe::cli {

/// A stay of a cohort as the options name it.
struct StayOptions {
  std::string cohort;
  std::int64_t stay = 0;
  std::vector<std::string> mask;
};

/// --cohort, --stay and --mask.
void stayOptions(CLI::App* added, StayOptions& options);

/// A stay opened, and a model to show it to.
struct StayState {
  CohortPtr cohort;
  SamplePtr sample;
  ModelPtr model;
  ModalityMask mask = 0;
};

/// Opens cohort, stay and model. Errors: those of opening; a masked modality the model does not have.
Result<StayState> openState(Console& console, const std::string& model, const StayOptions& options);

}  // namespace fusemoe::cli
