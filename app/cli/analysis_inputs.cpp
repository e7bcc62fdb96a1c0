#include "analysis_inputs.h"

#include <algorithm>
#include <bit>

#include "slice_option.h"

namespace fusemoe::cli {
namespace {

/// The store, or what a filter leaves of it.
Result<std::shared_ptr<const SampleSource>> sourceOf(const CohortPtr& store, const std::string& slice) {
  if (slice.empty()) return store;
  auto stays = staysOf(slice, slice, *store);
  if (!stays) return failure(stays.error());
  if (stays->empty())
    return failure("No stay of the cohort passes the filter '" + slice + "'.", "Choose another slice.");
  return std::make_shared<SliceSource>(*store, std::move(*stays));
}

}  // namespace

void addModelOption(CLI::App* added, AnalysisArguments& arguments) {
  added->add_option("--model", arguments.model, "Model (.safetensors)")->required();
}

void addCohortOptions(CLI::App* added, AnalysisArguments& arguments) {
  added->add_option("--cohort", arguments.cohort, "Cohort (.sqlite, or postgresql://…)")->required();
  added->add_option("--split", arguments.split, "train, validation, test or all; " + arguments.split + " if not given");
  added->add_option("--slice", arguments.slice, kSliceHelp);
}

void addMostOption(CLI::App* added, AnalysisArguments& arguments) {
  added->add_option(
      "--most", arguments.most,
      "Stays at most, spread by a hash of their id; 0 = all; " + std::to_string(arguments.most) + " if not given");
}

void addOutputOption(CLI::App* added, AnalysisArguments& arguments) {
  added->add_option("--output", arguments.output, "Label whose probability is looked at; the first if not given");
}

void addMaskOption(CLI::App* added, AnalysisArguments& arguments) {
  added->add_option("--mask", arguments.mask, "Modalities to mask, separated by commas")->delimiter(',');
}

Result<AnalysisInputs> openInputs(Console& console, const AnalysisArguments& arguments) {
  AnalysisInputs inputs;
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return failure(store.error());
  inputs.store = *store;
  auto source = sourceOf(inputs.store, arguments.slice);
  if (!source) return failure(source.error());
  inputs.source = *source;
  auto model = console.open(arguments.model);
  if (!model) return failure(model.error());
  inputs.model = *model;
  inputs.split = arguments.split == "all" ? std::string() : arguments.split;
  auto output = outputNamed(inputs.config(), arguments.output);
  if (!output) return failure(output.error());
  inputs.output = *output;
  std::vector<std::string> names = arguments.mask;
  std::erase(names, std::string());  // --mask "" masks nothing
  auto mask = maskFromNames(inputs.config(), names);
  if (!mask) return failure(mask.error());
  inputs.mask = *mask;
  return inputs;
}

Result<int> outputNamed(const ModelConfig& config, const std::string& name) {
  const auto& labels = config.task.labels;
  if (name.empty()) return 0;
  const auto label = std::ranges::find(labels, name);
  if (label != labels.end()) return static_cast<int>(label - labels.begin());
  std::string all;
  for (const std::string& one : labels) all += (all.empty() ? "" : ", ") + one;
  return failure("The model " + config.name + " has no output '" + name + "'.", "It has: " + all + ".");
}

Result<int> modalityNamed(const ModelConfig& config, const std::string& name) {
  const auto mask = maskFromNames(config, {name});
  if (!mask) return failure(mask.error());
  return std::countr_zero(*mask);
}

}  // namespace fusemoe::cli
