#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <functional>

#include "base/cpu.h"
#include "change_option.h"
#include "cohort/import/importer.h"
#include "command_adder.h"
#include "commands.h"

namespace {

using namespace fusemoe;
using namespace fusemoe::cli;

constexpr int kUsageError = 2;

/// Adds commands to the parser; the chosen one is run after parsing.
class CommandLine {
 public:
  CommandLine()
      : m_app(
            "FuseMoE: what a multimodal medical model does when a modality is missing.\nResearch use only, not for "
            "clinical decisions.",
            "fusemoe") {
    m_app.require_subcommand(1);
    m_app.set_version_flag("--version", FUSEMOE_VERSION);
    addModelCommands();
    addCohortCommands();
    addGenerateCommands();
    addTrainingCommands();
    addLatticeCommands(m_adder);
    addSweepCommands(m_adder);
    addInterventionCommands(m_adder);
    addCohortAnalysisCommands(m_adder);
    addBenchCommand(m_adder);
    addConvertCommand(m_adder);
    addEncodeCommands(m_adder);
  }

  int run(int argc, char** argv) {
    try {
      m_app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return m_app.exit(error) == 0 ? 0 : kUsageError;
    }
    return m_adder.run();
  }

 private:
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& help, std::function<int()> run) {
    return m_adder.command(parent, name, help, std::move(run));
  }
  void engineOptions(CLI::App* added) { m_adder.engineOptions(added); }

  void addModelCommands() {
    auto* inspectCommand =
        command(m_app, "inspect", "What a model file is", [this] { return inspect(m_console, m_file); });
    inspectCommand->add_option("FILE", m_file, "Model (.safetensors, the authors' .pth.tar, or TorchScript)")->required();
    engineOptions(inspectCommand);
    auto* parityCommand = command(m_app, "parity", "Compare with reference cases of the authors' code",
                                  [this] { return parity(m_console, m_file, m_native); });
    parityCommand->add_option("DIR", m_file, "Folder of NAME.{model,input,expected}.safetensors")->required();
    parityCommand->add_flag("--native", m_native, "Compute with the fast BLAS rather than the reference arithmetic");
    engineOptions(parityCommand);
    auto* predictCommand = command(m_app, "predict", "Predict one stay, with its routing",
                                   [this] { return predict(m_console, m_predict); });
    predictCommand->add_option("--model", m_predict.model, "Model (.safetensors)")->required();
    stayOptions(predictCommand, m_predict.state);
    predictCommand->add_option("--change", m_predict.change, kChangeHelp);
    predictCommand->add_flag("--tokens", m_predict.tokens, "List every token's top-K experts");
    engineOptions(predictCommand);
  }

  void addCohortCommands() {
    addCohortCommand();
    CLI::App* imports = m_app.add_subcommand("import", "Make a cohort from source data");
    imports->require_subcommand(1);
    for (const ImporterInfo& importer : importers()) {
      auto* added = command(*imports, importer.name, importer.title + ". " + importer.description,
                            [this, &importer] { return import(m_console, importer.name, m_import); });
      for (const ImportOption& option : importer.options) {
        auto* asked = added->add_option("--" + option.name, m_import.options[importer.name][option.name], option.help);
        if (!option.choices.empty()) asked->check(CLI::IsMember(option.choices));
        if (option.required && option.initial.empty()) asked->required();
      }
      added->add_option("--out", m_import.out, "Cohort to write (.sqlite, or postgresql://…)")->required();
      added->add_option("--seed", m_import.seed, "Seed of the split into train, validation and test");
      added
          ->add_option("--map", m_import.map,
                       "VARIABLE=MODALITY: moves a variable to a modality; nothing behind the = leaves it out")
          ->allow_extra_args(false);
    }
  }

  void addGenerateCommands() {
    CLI::App* generate = m_app.add_subcommand("generate", "Make an invented cohort or model");
    generate->require_subcommand(1);
    auto* icu = command(*generate, "icu", "Synthetic intensive care stays with a planted causal story",
                        [this] { return generateIcu(m_console, m_generate); });
    IcuRequest& request = m_generate.icu;
    icu->add_option("--out", request.output, "Cohort to write (.sqlite)")->required();
    icu->add_option("--stays", request.stays, "Number of stays");
    icu->add_option("--seed", request.seed, "Seed; equal seeds give equal bytes");
    icu->add_option("--text-width", request.textWidth, "Width of a note's vector");
    icu->add_option("--cxr-width", request.cxrWidth, "Width of an X-ray's vector");
    icu->add_option("--ecg-width", request.ecgWidth, "Width of an ECG's vector");
    icu->add_option("--documents", request.documents,
                    "Stays, from the first, with notes, pictures and ECGs to look at");
    icu->add_flag("--full", m_generate.full, "The paper's widths: 768, 1024 and 256")
        ->excludes("--text-width")
        ->excludes("--cxr-width")
        ->excludes("--ecg-width");
    addGenerateModelCommand(m_adder, *generate);
  }

  void addCohortCommand() {
    CLI::App* shows = command(m_app, "cohort", "What a cohort holds", {});
    shows->add_option("FILE", m_file, "Cohort (.sqlite, or postgresql://user@host/database?cohort=NAME)");
    CLI::App* copies = command(*shows, "copy", "Copy a cohort, between files and databases",
                               [this] { return copyCohort(m_console, m_file, m_copy); });
    copies->add_option("FROM", m_file, "Cohort to copy (.sqlite or postgresql://…)")->required();
    copies->add_option("TO", m_copy, "Cohort to write; what is there is replaced as a whole")->required();
    // Called after the subcommand's, so it must leave that alone.
    shows->callback([this, copies] {
      if (copies->parsed()) return;
      if (m_file.empty()) throw CLI::RequiredError("FILE");
      m_adder.choose([this] { return cohort(m_console, m_file); });
    });
  }

  void addTrainingCommands() {
    auto* trainCommand = command(m_app, "train", "Train a model; Ctrl-C keeps the best so far",
                                 [this] { return train(m_console, m_train); });
    trainCommand->add_option("--cohort", m_train.cohort, "Cohort (.sqlite, or postgresql://…)")->required();
    trainCommand->add_option("--config", m_train.config, "Experiment (.json, see resources/configs)")->required();
    trainCommand->add_option("--out", m_train.out, "Model to write (.safetensors)")->required();
    auto* seed = trainCommand->add_option("--seed", m_train.seed, "Seed of weights, order, noise and dropout");
    auto* seeds =
        trainCommand
            ->add_option("--seeds", m_train.seeds,
                         "One run a seed (32,42,52), each to its own file: OUT becomes OUT-SEED before the extension; "
                         "a single number up to 5 = so many of the paper's seeds 32, 42, 52, 62, 72")
            ->delimiter(',')
            ->excludes(seed);
    trainCommand
        ->add_option("--set", m_train.changes,
                     "PATH=VALUE: changes the experiment, as in model.gate=softmax or model.modalities.*.utde=true")
        ->allow_extra_args(false);
    trainCommand->add_option("--epochs", m_train.epochs, "Epochs, instead of the configuration's");
    trainCommand->add_option("--patience", m_train.patience,
                             "Epochs without a better one, instead of the configuration's");
    trainCommand->add_option("--watch", m_train.watch, "Stay to predict after every epoch");
    auto* test =
        trainCommand->add_flag("--test", m_train.test, "Also metrics on the test split, once, after all is trained");
    trainCommand
        ->add_option(
            "--folds", m_train.folds,
            "Cross-validation: every stay is tested once by a model that has not seen it; OUT becomes OUT-foldN")
        ->check(CLI::Range(3, 100))
        ->excludes(seeds)
        ->excludes(test);
    trainCommand->add_option("--resamples", m_train.resamples, "Bootstrap resamples of --test and --folds")
        ->check(CLI::Range(100, 100000));
    auto* resume = trainCommand->add_flag("--resume", m_train.resume,
                                          "Go on from OUT.checkpoint, which is written after every epoch");
    trainCommand->add_flag("--no-checkpoint", m_train.noCheckpoint, "Write no checkpoint")->excludes(resume);
    engineOptions(trainCommand);
    auto* evaluateCommand = command(m_app, "evaluate", "Metrics with intervals, overall and per missing pattern",
                                    [this] { return evaluate(m_console, m_evaluate); });
    evaluateCommand
        ->add_option("--model", m_evaluate.models,
                     "Model (.safetensors); several, separated by commas, give mean, deviation and ensemble")
        ->delimiter(',')
        ->required();
    evaluateCommand->add_option("--cohort", m_evaluate.cohort, "Cohort (.sqlite)")->required();
    evaluateCommand->add_option("--split", m_evaluate.split, "train, validation or test");
    evaluateCommand->add_option("--resamples", m_evaluate.resamples, "Bootstrap resamples")
        ->check(CLI::Range(100, 100000));
    evaluateCommand
        ->add_option("--slice", m_evaluate.slices, "NAME=FILTER: also the stays that the window's filter would list")
        ->allow_extra_args(false);
    evaluateCommand->add_option("--mask", m_evaluate.mask, "Modalities to mask in all stays, separated by commas")
        ->delimiter(',');
    evaluateCommand
        ->add_option(
            "--drop", m_evaluate.drop,
            "Chance that each present modality is masked, never all; several, separated by commas, give a curve")
        ->delimiter(',')
        ->check(CLI::Range(0.0, 1.0));
    evaluateCommand->add_option("--seed", m_evaluate.seed, "Seed of the drops");
    engineOptions(evaluateCommand);
    auto* baselineCommand =
        command(m_app, "baseline", "Logistic regression or boosting on the same stays, to compare with",
                [this] { return baseline(m_console, m_baseline); });
    baselineCommand->add_option("--cohort", m_baseline.cohort, "Cohort (.sqlite)")->required();
    baselineCommand->add_option("--config", m_baseline.config, "Experiment whose modalities are used (.json)")
        ->required();
    baselineCommand
        ->add_option("--method", m_baseline.method, "logistic, or boosting: gradient-boosted trees (XGBoost)")
        ->check(CLI::IsMember({"logistic", "boosting"}));
    baselineCommand->add_option("--seed", m_baseline.seed, "Seed of boosting");
    baselineCommand->add_option("--split", m_baseline.split, "train, validation or test");
    baselineCommand->add_option("--resamples", m_baseline.resamples, "Bootstrap resamples")
        ->check(CLI::Range(100, 100000));
    engineOptions(baselineCommand);
  }

  CLI::App m_app;
  Console m_console;
  CommandAdder m_adder{m_app, m_console};
  std::string m_file, m_copy;
  bool m_native = false;
  PredictArguments m_predict;
  ImportArguments m_import;
  GenerateArguments m_generate;
  TrainArguments m_train;
  EvaluateArguments m_evaluate;
  BaselineArguments m_baseline;
};

}  // namespace

int main(int argc, char** argv) {
  fusemoe::restartWithNumericEnvironment(argv);
  routeInterrupts();
  spdlog::set_default_logger(spdlog::stderr_logger_mt("fusemoe"));
  if (std::getenv("FUSEMOE_DEBUG")) spdlog::set_level(spdlog::level::debug);
  return CommandLine().run(argc, argv);
}
