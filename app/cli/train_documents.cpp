#include "train_documents.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "api/training_json.h"
#include "evaluation_documents.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

const EpochReport& bestOf(const TrainReport& report) {
  return report.epochs.at(static_cast<std::size_t>(report.bestEpoch - 1));
}

ordered_json runDocument(const ModelConfig& config, const TrainedRun& run) {
  const TrainReport& report = run.report;
  ordered_json epochs = ordered_json::array();
  for (const EpochReport& epoch : report.epochs) {
    epochs.push_back(toObject(epoch));
    if (epoch.watched)
      epochs.back()["watched"] = {{"states", ordered_json::array()}, {"probability", epoch.watched->probability}};
    if (epoch.watched)
      for (const ModalityState state : epoch.watched->states)
        epochs.back()["watched"]["states"].push_back(nameOf(state));
  }
  ordered_json document{{"seed", run.seed},
                        {"model", run.model},
                        {"best_epoch", report.bestEpoch},
                        {"validation_auroc", bestOf(report).validationAuroc},
                        {"validation_auprc", bestOf(report).validationAuprc},
                        {"validation_loss", bestOf(report).validationLoss},
                        {"seconds", report.seconds},
                        {"stopped", report.stopped},
                        {"epochs", epochs}};
  if (run.fold) document["fold"] = run.fold;
  if (run.test) document["test"] = evaluationDocument(config, *run.test, "test");
  return document;
}

struct Spread {
  std::string name;
  std::vector<double> values;
  double mean() const {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }
  /// Of a sample; none of fewer than two.
  std::optional<double> deviation() const {
    if (values.size() < 2) return std::nullopt;
    double sum = 0;
    for (const double value : values) sum += (value - mean()) * (value - mean());
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
  }
};

std::vector<Spread> spreadsOf(const std::vector<TrainedRun>& runs) {
  std::vector<Spread> spreads{{"validation_auroc", {}}, {"validation_auprc", {}}, {"validation_loss", {}},
                              {"test_auroc", {}},       {"test_auprc", {}},       {"test_f1", {}},
                              {"test_brier", {}}};
  for (const TrainedRun& run : runs) {
    const EpochReport& best = bestOf(run.report);
    spreads[0].values.push_back(best.validationAuroc);
    spreads[1].values.push_back(best.validationAuprc);
    spreads[2].values.push_back(best.validationLoss);
    if (!run.test) continue;
    const GroupMetrics& test = run.test->overall;
    const std::optional<double> metrics[] = {test.auroc, test.auprc, test.f1, test.brier};
    for (std::size_t i = 0; i < 4; ++i)
      if (metrics[i]) spreads[3 + i].values.push_back(*metrics[i]);
  }
  std::erase_if(spreads, [](const Spread& spread) { return spread.values.empty(); });
  return spreads;
}

std::string epochsText(const TrainReport& report) {
  std::string text =
      "epoch  loss     balance  entropy E  H mean   H mixture  most load  validation AUROC  AUPRC   loss\n";
  for (const EpochReport& epoch : report.epochs) {
    double mean = 0, mixture = 0, load = 0;
    for (std::size_t layer = 0; layer < epoch.entropy.size(); ++layer) {
      mean += epoch.entropy[layer].mean / static_cast<double>(epoch.entropy.size());
      mixture += epoch.entropy[layer].mixture / static_cast<double>(epoch.entropy.size());
      load = std::max(load, *std::max_element(epoch.expertLoad[layer].begin(), epoch.expertLoad[layer].end()));
    }
    char line[240];
    std::snprintf(line, sizeof line, "%-6d %-8.4f %-8.4f %-10.4f %-8.4f %-10.4f %-10.4f %-17.4f %-7.4f %.4f%s%s\n",
                  epoch.epoch, epoch.loss, epoch.balanceLoss, epoch.entropyLoss, mean, mixture, load,
                  epoch.validationAuroc, epoch.validationAuprc, epoch.validationLoss,
                  epoch.epoch == report.bestEpoch ? "  best" : "",
                  epoch.skippedSteps ? "  (steps with a non-finite gradient were not taken)" : "");
    text += line;
    if (epoch.watched) {
      text += "       watched stay:";
      for (const float probability : epoch.watched->probability) {
        std::snprintf(line, sizeof line, " %.4f", static_cast<double>(probability));
        text += line;
      }
      text += "\n";
    }
  }
  return text;
}

}  // namespace

ordered_json trainDocument(const ModelConfig& config, const std::vector<TrainedRun>& runs,
                           const std::optional<EvaluationReport>& pooled) {
  if (runs.size() == 1) return runDocument(config, runs.front());
  ordered_json document{{"runs", ordered_json::array()}, {"summary", ordered_json::object()}};
  for (const TrainedRun& run : runs) document["runs"].push_back(runDocument(config, run));
  for (const Spread& spread : spreadsOf(runs)) {
    const auto deviation = spread.deviation();
    document["summary"][spread.name] = {{"mean", spread.mean()},
                                        {"sd", deviation ? ordered_json(*deviation) : ordered_json(nullptr)},
                                        {"n", spread.values.size()}};
  }
  if (pooled) document["pooled"] = evaluationDocument(config, *pooled, "out of fold");
  return document;
}

std::string trainText(const ModelConfig& config, const std::vector<TrainedRun>& runs,
                      const std::optional<EvaluationReport>& pooled) {
  std::string text;
  for (const TrainedRun& run : runs) {
    if (run.fold)
      text += "fold " + std::to_string(run.fold) + "\n";
    else if (runs.size() > 1)
      text += "seed " + std::to_string(run.seed) + "\n";
    text +=
        epochsText(run.report) + "written to " + run.model + (run.report.stopped ? " (stopped; best so far)\n" : "\n");
    if (run.test) text += evaluationText(config, *run.test, "test");
  }
  if (runs.size() < 2) return text;
  text += "\n" + std::to_string(runs.size()) + " runs, mean ± sd\n";
  for (const Spread& spread : spreadsOf(runs)) {
    char line[80];
    std::snprintf(line, sizeof line, "  %-18s %.4f ± %.4f\n", spread.name.c_str(), spread.mean(),
                  spread.deviation().value_or(0));
    text += line;
  }
  if (pooled) text += "\nall folds' test stays together\n" + evaluationText(config, *pooled, "out of fold");
  return text;
}

}  // namespace fusemoe::cli
