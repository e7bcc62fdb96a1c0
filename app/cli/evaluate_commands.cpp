#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/score.h"
#include "boosting/boosting.h"
#include "cohort/cohort_store.h"
#include "commands.h"
#include "evaluation_documents.h"
#include "experiment_file.h"
#include "slice_option.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

std::vector<std::string> modalityNames(const ModelConfig& config) {
  std::vector<std::string> names;
  for (const ModalityConfig& modality : config.modalities) names.push_back(modality.name);
  return names;
}

/// The stays of each "NAME=FILTER".
Result<std::vector<StaySlice>> slicesOf(const std::vector<std::string>& asked, const CohortStore& store) {
  std::vector<StaySlice> slices;
  for (const std::string& text : asked) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return failure("--slice takes NAME=FILTER, not '" + text + "'.", "As in --slice \"with X-ray=cxr\".");
    const std::string name = text.substr(0, equals);
    auto stays = staysOf(text.substr(equals + 1), name, store);
    if (!stays) return failure(stays.error());
    slices.push_back({name, std::move(*stays)});
  }
  return slices;
}

/// Models that predict one task, and the thresholds that the validation split gives each, and their ensemble last.
struct Candidates {
  std::vector<std::string> paths;
  std::vector<ModelPtr> models;
  std::vector<std::vector<double>> thresholds;
  const ModelConfig& config() const { return models.front()->config(); }
};

Result<Candidates> openModels(const Console& console, const std::vector<std::string>& paths) {
  Candidates candidates{paths, {}, {}};
  for (const std::string& path : paths) {
    auto model = console.open(path);
    if (!model) return failure(model.error());
    candidates.models.push_back(*model);
    const ModelConfig& config = (*model)->config();
    if (config.task != candidates.config().task || modalityNames(config) != modalityNames(candidates.config()))
      return failure(path + " has another task or other modalities than " + paths.front() + ".",
                     "Evaluate models of one task and of the same modalities together.");
  }
  return candidates;
}

/// Scores of each model, then their average where there are several.
Result<std::vector<Scores>> scoresOf(Console& console, const Candidates& candidates, const CohortStore& store,
                                     const std::string& split, const Masking& masking) {
  std::vector<Scores> all;
  for (const ModelPtr& model : candidates.models) {
    auto scores = scoreSplit(*model, store, split, masking, console.progress(), console.stop());
    if (!scores) return failure(scores.error());
    all.push_back(std::move(*scores));
  }
  if (all.size() > 1) {
    auto average = averageScores(all);
    if (!average) return failure(average.error());
    all.push_back(std::move(*average));
  }
  return all;
}

/// What a command answers.
struct Answer {
  ordered_json document;
  std::string text;
};

/// One way of masking: of one model its metrics, of several those of each, their spread and those of the ensemble.
Result<Answer> answerFor(Console& console, const Candidates& candidates, const CohortStore& store,
                         const std::string& split, const Masking& masking, const EvaluationOptions& options) {
  auto scores = scoresOf(console, candidates, store, split, masking);
  if (!scores) return failure(scores.error());
  std::vector<EvaluationReport> reports;
  for (std::size_t i = 0; i < scores->size(); ++i) {
    EvaluationOptions own = options;
    own.thresholds = candidates.thresholds[i];
    auto report = evaluate((*scores)[i], modalityNames(candidates.config()), candidates.config().task.labels, own);
    if (!report) return failure(report.error());
    reports.push_back(std::move(*report));
  }
  const ModelConfig& config = candidates.config();
  if (reports.size() == 1)
    return Answer{evaluationDocument(config, reports[0], split), evaluationText(config, reports[0], split)};
  const EvaluationReport ensemble = std::move(reports.back());
  reports.pop_back();
  Answer answer{{{"split", split}, {"task", config.task.name}, {"models", ordered_json::array()}}, {}};
  for (std::size_t i = 0; i < reports.size(); ++i) {
    ordered_json entry{{"model", candidates.paths[i]}};
    entry.update(evaluationDocument(config, reports[i], split));
    answer.document["models"].push_back(std::move(entry));
  }
  answer.document["summary"] = summaryDocument(reports);
  answer.document["ensemble"] = evaluationDocument(config, ensemble, split);
  answer.text = std::to_string(reports.size()) + " models, mean ± standard deviation\n" + summaryText(reports) +
                "\nEnsemble of them (mean probability): " + evaluationText(config, ensemble, split);
  return answer;
}

/// The answer for each drop rate, one below the other.
Result<Answer> curve(Console& console, const Candidates& candidates, const EvaluateArguments& arguments,
                     const CohortStore& store, Masking masking, const EvaluationOptions& options) {
  Answer all{{{"split", arguments.split}, {"seed", arguments.seed}, {"curve", ordered_json::array()}}, {}};
  for (const double drop : arguments.drop) {
    masking.drop = drop;
    auto answer = answerFor(console, candidates, store, arguments.split, masking, options);
    if (!answer) return failure(answer.error());
    ordered_json entry{{"drop", drop}};
    entry.update(answer->document);
    all.document["curve"].push_back(std::move(entry));
    char title[80];
    std::snprintf(title, sizeof title, "Each present modality dropped with chance %.2f\n", drop);
    all.text += title + answer->text + "\n";
  }
  return all;
}

/// F1 thresholds from unmasked validation stays, so that a masked model is judged as it would be used.
Result<void> chooseThresholds(Console& console, Candidates& candidates, const CohortStore& store) {
  auto scores = scoresOf(console, candidates, store, "validation", {});
  if (!scores) return failure(scores.error());
  for (const Scores& one : *scores) {
    auto thresholds = bestF1Thresholds(one);
    if (!thresholds) return failure(thresholds.error());
    candidates.thresholds.push_back(std::move(*thresholds));
  }
  return {};
}

/// What a baseline gives.
struct Fitted {
  Scores validation, target;
  ordered_json settings;
  std::string text;
};

Result<Fitted> logistic(Console& console, const ModelConfig& config, const CohortStore& store,
                        const BaselineArguments& arguments) {
  auto engine = console.engine();
  if (!engine) return failure(engine.error());
  auto validation = (*engine)->logisticBaseline(store, config, "validation", console.progress(), console.stop());
  if (!validation) return failure(validation.error());
  auto target = (*engine)->logisticBaseline(store, config, arguments.split, console.progress(), console.stop());
  if (!target) return failure(target.error());
  return Fitted{std::move(*validation), std::move(*target), nullptr, {}};
}

ordered_json settingsOf(const BoostingChoice& choice) {
  return {{"max_depth", choice.depth},
          {"learning_rate", choice.rate},
          {"min_child_weight", choice.childWeight},
          {"rounds", choice.rounds},
          {"validation_auroc", choice.validationAuroc}};
}

Result<Fitted> boosted(Console& console, const ModelConfig& config, const CohortStore& store,
                       const BaselineArguments& arguments) {
  auto report = boostingBaseline(store, config, arguments.split, arguments.seed, console.progress(), console.stop());
  if (!report) return failure(report.error());
  ordered_json settings = settingsOf(report->chosen);
  settings["features"] = report->features;
  settings["seed"] = arguments.seed;
  settings["tried"] = ordered_json::array();
  for (const BoostingChoice& choice : report->tried) settings["tried"].push_back(settingsOf(choice));
  char text[160];
  std::snprintf(text, sizeof text,
                "XGBoost on %zu features, chosen on validation (AUROC %.4f): depth %d, rate %g, child weight %g, %d "
                "trees\n",
                report->features, report->chosen.validationAuroc, report->chosen.depth, report->chosen.rate,
                report->chosen.childWeight, report->chosen.rounds);
  return Fitted{std::move(report->validation), std::move(report->target), std::move(settings), text};
}

}  // namespace

int evaluate(Console& console, const EvaluateArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  auto slices = slicesOf(arguments.slices, **store);
  if (!slices) return console.fail(slices.error());
  auto candidates = openModels(console, arguments.models);
  if (!candidates) return console.fail(candidates.error());
  auto mask = maskFromNames(candidates->config(), arguments.mask);
  if (!mask) return console.fail(mask.error());
  if (auto chosen = chooseThresholds(console, *candidates, **store); !chosen) return console.fail(chosen.error());
  Masking masking{*mask, 0, arguments.seed};
  const EvaluationOptions options{{0.5}, {arguments.resamples, BootstrapOptions{}.seed}, *slices};
  if (arguments.drop.size() == 1) masking.drop = arguments.drop.front();
  auto answer = arguments.drop.size() > 1 ? curve(console, *candidates, arguments, **store, masking, options)
                                          : answerFor(console, *candidates, **store, arguments.split, masking, options);
  if (!answer) return console.fail(answer.error());
  if (!arguments.mask.empty()) answer->document["mask"] = arguments.mask;
  if (arguments.drop.size() == 1) {
    answer->document["drop"] = masking.drop;
    answer->document["seed"] = arguments.seed;
  }
  return console.answer(answer->document, answer->text);
}

int baseline(Console& console, const BaselineArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  auto experiment = readExperiment(arguments.config, (*store)->info());
  if (!experiment) return console.fail(experiment.error());
  const ModelConfig& config = experiment->model;
  auto fitted = arguments.method == "boosting" ? boosted(console, config, **store, arguments)
                                               : logistic(console, config, **store, arguments);
  if (!fitted) return console.fail(fitted.error());
  auto thresholds = bestF1Thresholds(fitted->validation);
  if (!thresholds) return console.fail(thresholds.error());
  const EvaluationOptions options{*thresholds, {arguments.resamples, BootstrapOptions{}.seed}, {}};
  auto report = fusemoe::evaluate(fitted->target, modalityNames(config), config.task.labels, options);
  if (!report) return console.fail(report.error());
  ordered_json document{{"method", arguments.method}, {"settings", fitted->settings}};
  document.update(evaluationDocument(config, *report, arguments.split));
  return console.answer(document, fitted->text + evaluationText(config, *report, arguments.split));
}

}  // namespace fusemoe::cli
