#include "analysis/score.h"
#include "cohort/cohort_store.h"
#include "commands.h"
#include "documents.h"
#include "experiment_file.h"

namespace fusemoe::cli {
namespace {

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
