#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "change_option.h"
#include "commands.h"
#include "documents.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

/// NAME of every NAME.model.safetensors in a folder, sorted.
Result<std::vector<std::string>> referenceCases(const std::string& directory) {
  static const std::string kSuffix = ".model.safetensors";
  std::error_code error;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(kSuffix)) names.push_back(name.substr(0, name.size() - kSuffix.size()));
  }
  if (error) return failure("Cannot read the folder " + directory + ".", "Check that it exists.", error.message());
  if (names.empty())
    return failure("No NAME.model.safetensors in " + directory + ".", "Give the folder of reference cases.");
  std::sort(names.begin(), names.end());
  return names;
}

ordered_json parityDocument(const ParityReport& report) {
  ordered_json stages = ordered_json::object();
  for (const ParityStage& stage : report.stages)
    stages[stage.name] = {{"max_difference", stage.maxDifference}, {"pass", stage.pass}};
  return {{"pass", report.pass}, {"stages", stages}};
}

/// Largest difference of the stages whose name begins or ends like this.
double largest(const ParityReport& report, const char* part) {
  double value = 0;
  for (const ParityStage& stage : report.stages)
    if (stage.name.find(part) != std::string::npos) value = std::max(value, stage.maxDifference);
  return value;
}

}  // namespace

int inspect(Console& console, const std::string& file) {
  auto model = console.open(file);
  if (!model) return console.fail(model.error());
  return console.answer(modelDocument((*model)->config(), (*model)->info()),
                        modelText((*model)->config(), (*model)->info()));
}

int parity(Console& console, const std::string& directory, bool native) {
  auto names = referenceCases(directory);
  if (!names) return console.fail(names.error());
  const bool reference = !native && useReferenceArithmetic();
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  ordered_json cases = ordered_json::object();
  std::string text = "case                    probability   gates      logits     MoE output hidden\n";
  int passed = 0;
  for (const std::string& name : *names) {
    const std::string stem = directory + "/" + name;
    auto report =
        (*engine)->parity(stem + ".model.safetensors", stem + ".input.safetensors", stem + ".expected.safetensors");
    if (!report) return console.fail(report.error());
    passed += report->pass ? 1 : 0;
    cases[name] = parityDocument(*report);
    char line[160];
    std::snprintf(line, sizeof line, "%-23s %-13.2e %-10.2e %-10.2e %-10.2e %-10.2e %s\n", name.c_str(),
                  largest(*report, "probability"), largest(*report, ".gates."), largest(*report, ".logits."),
                  largest(*report, ".moe_out"), largest(*report, "hidden."), report->pass ? "pass" : "FAIL");
    text += line;
  }
  text += std::to_string(passed) + " of " + std::to_string(names->size()) + " pass (|Δ| ≤ 1e-5 + 1e-4·|expected|)\n";
  const bool all = passed == static_cast<int>(names->size());
  text += reference ? "computed with the reference BLAS\n"
                    : "computed with the fast BLAS, whose rounding differs between processors\n";
  console.answer({{"pass", all},
                  {"arithmetic", reference ? "reference" : "native"},
                  {"passed", passed},
                  {"cases_total", names->size()},
                  {"cases", cases}},
                 text);
  return all ? 0
             : console.fail(
                   {std::to_string(names->size() - static_cast<std::size_t>(passed)) + " reference case(s) differ.",
                    {},
                    {}});
}

int predict(Console& console, const PredictArguments& arguments) {
  const auto state = openState(console, arguments.model, arguments.state);
  if (!state) return console.fail(state.error());
  auto change = interventionFrom(console, *state->model, *state->cohort, arguments.change);
  if (!change) return console.fail(change.error());
  PredictOptions options;
  options.intervention = std::move(*change);
  const PredictRequest request{state->sample, state->mask};
  auto results = state->model->predict({&request, 1}, options, console.stop());
  if (!results) return console.fail(results.error());
  const ModelConfig& config = state->model->config();
  ordered_json document = predictionDocument(config, *state->sample, *results->front(), arguments.tokens);
  std::string text = predictionText(config, *state->sample, *results->front());
  if (!options.intervention.empty()) {
    document["change"] = describe(options.intervention);
    text = "The model is changed: " + describe(options.intervention) + "\n" + text;
  }
  return console.answer(document, text);
}

}  // namespace fusemoe::cli
