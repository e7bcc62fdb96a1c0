#include "cohort/cohort_store.h"
#include "commands.h"
#include "experiment_file.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

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

}  // namespace

int train(Console& console, const TrainArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  auto experiment = readExperiment(arguments.config, (*store)->info());
  if (!experiment) return console.fail(experiment.error());
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  TrainRequest request;
  request.model = experiment->model;
  request.training = experiment->training;
  request.output = arguments.out;
  request.seed = arguments.seed;
  request.card = cardOf(*experiment, (*store)->info(), arguments.seed);
  auto trained = (*engine)->train(**store, request, console.progress(), console.stop());
  if (!trained) return console.fail(trained.error());
  return console.answer(trainDocument(*trained, arguments.out), trainText(*trained, arguments.out));
}

}  // namespace fusemoe::cli
