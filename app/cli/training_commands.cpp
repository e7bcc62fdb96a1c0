#include <fstream>
#include <iterator>

#include "analysis/score.h"
#include "cohort/cohort_store.h"
#include "cohort/complete_config.h"
#include "commands.h"
#include "documents.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxConfigBytes = 4 << 20;

Result<Experiment> readExperiment(const std::string& path, const CohortInfo& cohort) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("Cannot open " + path + ".", "See resources/configs for an example.");
  std::string text(kMaxConfigBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxConfigBytes)
    return failure(path + " is too large for a configuration.", "Give a JSON file of at most 4 MB.");
  auto experiment = experimentFromJson(text);
  if (!experiment)
    return failure(path + ": " + experiment.error().what, experiment.error().hint, experiment.error().detail);
  if (auto completed = completeConfig(experiment->model, cohort); !completed)
    return failure(path + ": " + completed.error().what, completed.error().hint);
  return experiment;
}

/// What the file says of itself wherever it goes.
std::string cardOf(const Experiment& experiment, const CohortInfo& cohort, std::uint64_t seed) {
  std::string card = "# " + experiment.model.name + "\n\nResearch use only; not for clinical decisions.\n\n";
  card += "- Task: " + experiment.model.task.title + "\n- Cohort: " + cohort.title + " (SHA-256 " +
          cohort.digest.substr(0, 16) + "…)\n";
  card += "- Source of the data: " + cohort.attribution + "\n- Gate " + std::string(nameOf(experiment.model.gate)) +
          ", router " + std::string(nameOf(experiment.model.router)) + ", " + std::to_string(experiment.model.experts) +
          " experts, top " + std::to_string(experiment.model.topK) +
          ", missing modalities: " + std::string(nameOf(experiment.model.missing)) + "\n";
  return card + "- Trained with seed " + std::to_string(seed) + "; epoch chosen on the validation split.\n";
}

ordered_json trainDocument(const TrainReport& report, const std::string& out) {
  ordered_json epochs = ordered_json::array();
  for (const EpochReport& epoch : report.epochs)
    epochs.push_back({{"epoch", epoch.epoch},
                      {"loss", epoch.loss},
                      {"balance_loss", epoch.balanceLoss},
                      {"entropy_loss", epoch.entropyLoss},
                      {"validation_auroc", epoch.validationAuroc},
                      {"skipped_steps", epoch.skippedSteps}});
  return {{"model", out},
          {"best_epoch", report.bestEpoch},
          {"validation_auroc", report.bestValidationAuroc},
          {"seconds", report.seconds},
          {"stopped", report.stopped},
          {"epochs", epochs}};
}

std::string trainText(const TrainReport& report, const std::string& out) {
  std::string text = "epoch  loss     balance  entropy   validation AUROC\n";
  for (const EpochReport& epoch : report.epochs) {
    char line[120];
    std::snprintf(line, sizeof line, "%-6d %-8.4f %-8.4f %-9.4f %.4f%s%s\n", epoch.epoch, epoch.loss, epoch.balanceLoss,
                  epoch.entropyLoss, epoch.validationAuroc, epoch.epoch == report.bestEpoch ? "  best" : "",
                  epoch.skippedSteps ? "  (steps with a non-finite gradient were not taken)" : "");
    text += line;
  }
  return text + "written to " + out + (report.stopped ? " (stopped; best so far)\n" : "\n");
}

std::vector<std::string> modalityNames(const ModelConfig& config) {
  std::vector<std::string> names;
  for (const ModalityConfig& modality : config.modalities) names.push_back(modality.name);
  return names;
}

/// Metrics of `scores`, with F1 thresholds chosen on the validation split.
int report(Console& console, const ModelConfig& config, const std::string& split, const Scores& validation,
           const Scores& scores, int resamples) {
  auto thresholds = bestF1Thresholds(validation);
  if (!thresholds) return console.fail(thresholds.error());
  EvaluationOptions options;
  options.thresholds = *thresholds;
  options.bootstrap.resamples = resamples;
  auto evaluated = fusemoe::evaluate(scores, modalityNames(config), config.task.labels, options);
  if (!evaluated) return console.fail(evaluated.error());
  return console.answer(evaluationDocument(config, *evaluated, split), evaluationText(config, *evaluated, split));
}

}  // namespace

int train(Console& console, const TrainArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  auto experiment = readExperiment(arguments.config, (*store)->info());
  if (!experiment) return console.fail(experiment.error());
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  const TrainRequest request{experiment->model, experiment->training, arguments.out, arguments.seed,
                             cardOf(*experiment, (*store)->info(), arguments.seed)};
  auto trained = (*engine)->train(**store, request, console.progress(), console.stop());
  if (!trained) return console.fail(trained.error());
  return console.answer(trainDocument(*trained, arguments.out), trainText(*trained, arguments.out));
}

int evaluate(Console& console, const EvaluateArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  auto model = (*engine)->open(arguments.model);
  if (!model) return console.fail(model.error());
  auto validation = scoreSplit(**model, **store, "validation", console.progress(), console.stop());
  if (!validation) return console.fail(validation.error());
  auto scores = scoreSplit(**model, **store, arguments.split, console.progress(), console.stop());
  if (!scores) return console.fail(scores.error());
  return report(console, (*model)->config(), arguments.split, *validation, *scores, arguments.resamples);
}

int baseline(Console& console, const BaselineArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  auto experiment = readExperiment(arguments.config, (*store)->info());
  if (!experiment) return console.fail(experiment.error());
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  auto validation =
      (*engine)->logisticBaseline(**store, experiment->model, "validation", console.progress(), console.stop());
  if (!validation) return console.fail(validation.error());
  auto scores =
      (*engine)->logisticBaseline(**store, experiment->model, arguments.split, console.progress(), console.stop());
  if (!scores) return console.fail(scores.error());
  return report(console, experiment->model, arguments.split, *validation, *scores, arguments.resamples);
}

}  // namespace fusemoe::cli
