#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "api/training.h"
#include "cohort/generate/paper_config.h"
#include "command_adder.h"

namespace fusemoe::cli {
namespace {

struct GenerateModelArguments {
  std::string config = "paper", layout = "fusemoe", type = "f32", out;
  std::uint64_t seed = 32;
};

/// "paper", or the `model` part of an experiment's file.
Result<ModelConfig> configNamed(const std::string& name) {
  if (name == "paper") return paperConfig();
  std::ifstream file(name);
  std::stringstream text;
  if (!file || !(text << file.rdbuf()))
    return failure("Cannot read " + name + ".", "Name an experiment (.json, see resources/configs), or 'paper'.");
  auto experiment = experimentFromJson(text.str());
  if (!experiment) return failure(name + ": " + experiment.error().what, experiment.error().hint);
  return experiment->model;
}

int generateModel(Console& console, const GenerateModelArguments& arguments) {
  const auto config = configNamed(arguments.config);
  if (!config) return console.fail(config.error());
  const auto type = weightTypeFromName(arguments.type);
  if (!type) return console.fail(type.error());
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  const ModelLayout layout = arguments.layout == "upstream" ? ModelLayout::Upstream : ModelLayout::Ours;
  const auto written =
      (*engine)->generate({*config, layout, *type, arguments.seed, arguments.out}, console.progress(), console.stop());
  if (!written) return console.fail(written.error());
  const auto bytes = std::filesystem::file_size(arguments.out);
  return console.answer({{"path", arguments.out},
                         {"config", config->name},
                         {"layout", arguments.layout},
                         {"dtype", arguments.type},
                         {"seed", arguments.seed},
                         {"bytes", bytes}},
                        arguments.out + ": " + config->name + ", " + std::to_string(bytes) +
                            " bytes. Random weights: what it predicts means nothing.\n");
}

}  // namespace

void addGenerateModelCommand(CommandAdder& adder, CLI::App& generate) {
  auto arguments = std::make_shared<GenerateModelArguments>();
  auto* model = adder.command(generate, "model", "A model of random weights, for tests and benches",
                              [&adder, arguments] { return generateModel(adder.console(), *arguments); });
  model->add_option("--config", arguments->config, "paper, or an experiment whose model is meant (.json)");
  model->add_option("--layout", arguments->layout, "Whose key layout")->check(CLI::IsMember({"fusemoe", "upstream"}));
  model->add_option("--dtype", arguments->type, "How weights are stored")->check(CLI::IsMember({"f32", "bf16", "f16"}));
  model->add_option("--seed", arguments->seed, "Seed of the weights; equal seeds give equal bytes");
  model->add_option("--out", arguments->out, "Model to write (.safetensors)")->required();
  adder.engineOptions(model);
}

}  // namespace fusemoe::cli
