#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "analysis/mask_sweep.h"
#include "cohort/cohort_store.h"
#include "console.h"

namespace fusemoe::cli {

/// What the analyses of a cohort are asked with.
struct AnalysisArguments {
  std::string model, cohort, split = "test", slice, output;
  std::size_t most = 0;
  std::vector<std::string> mask;
};

/// What is asked for: options that analyses share.
void addModelOption(CLI::App* added, AnalysisArguments& arguments);
/// --cohort, --split ("all" = every one), --slice.
void addCohortOptions(CLI::App* added, AnalysisArguments& arguments);
void addMostOption(CLI::App* added, AnalysisArguments& arguments);
void addOutputOption(CLI::App* added, AnalysisArguments& arguments);
void addMaskOption(CLI::App* added, AnalysisArguments& arguments);

/// Opened and checked.
struct AnalysisInputs {
  CohortPtr store;
  ModelPtr model;
  std::shared_ptr<const SampleSource> source;  ///< the store, or a slice of it
  std::string split;                           ///< "" = all
  int output = 0;
  ModalityMask mask = 0;
  const ModelConfig& config() const { return model->config(); }
};
/// Errors: those of opening; an unknown modality or label; a slice that cannot be read or has no stay.
Result<AnalysisInputs> openInputs(Console& console, const AnalysisArguments& arguments);

/// Index of a label of the model's task by name; the first for "". The error lists those there are.
Result<int> outputNamed(const ModelConfig& config, const std::string& name);
/// Index of a modality by name. The error lists those there are.
Result<int> modalityNamed(const ModelConfig& config, const std::string& name);

}  // namespace fusemoe::cli
