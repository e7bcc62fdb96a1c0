#include "evaluation_documents.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string_view>

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json orNull(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}
ordered_json intervalOf(const std::optional<Interval>& interval) {
  return interval ? ordered_json{interval->low, interval->high} : ordered_json(nullptr);
}

ordered_json binsDocument(const std::vector<CalibrationBin>& bins) {
  ordered_json list = ordered_json::array();
  for (const CalibrationBin& bin : bins)
    list.push_back({{"low", bin.low},
                    {"high", bin.high},
                    {"n", bin.count},
                    {"mean_probability", bin.meanProbability},
                    {"observed", bin.observed},
                    {"observed_ci", {bin.observedInterval.low, bin.observedInterval.high}}});
  return list;
}

/// A metric as documents and texts call it.
struct Named {
  const char *key, *title;
  std::optional<double> GroupMetrics::*value;
  std::optional<Interval> GroupMetrics::*interval;
};
constexpr std::array<Named, 6> kMetrics{{
    {"auroc", "AUROC", &GroupMetrics::auroc, &GroupMetrics::aurocInterval},
    {"auprc", "AUPRC", &GroupMetrics::auprc, &GroupMetrics::auprcInterval},
    {"f1", "F1   ", &GroupMetrics::f1, &GroupMetrics::f1Interval},
    {"balanced_accuracy", "balanced accuracy", &GroupMetrics::balancedAccuracy,
     &GroupMetrics::balancedAccuracyInterval},
    {"brier", "Brier", &GroupMetrics::brier, &GroupMetrics::brierInterval},
    {"ece", "ECE  ", &GroupMetrics::ece, &GroupMetrics::eceInterval},
}};

ordered_json groupDocument(const GroupMetrics& metrics) {
  ordered_json document{{"n", metrics.stays}, {"positives", metrics.positives}};
  for (const Named& metric : kMetrics) {
    document[metric.key] = orNull(metrics.*metric.value);
    document[std::string(metric.key) + "_ci"] = intervalOf(metrics.*metric.interval);
  }
  document["prevalence"] = orNull(metrics.prevalence);
  document["reason"] = metrics.undefined.empty() ? ordered_json(nullptr) : ordered_json(metrics.undefined);
  document["calibration"] = binsDocument(metrics.equalWidth);
  document["calibration_equal_count"] = binsDocument(metrics.equalCount);
  document["calibration_intercept"] = metrics.line ? ordered_json(metrics.line->intercept) : ordered_json(nullptr);
  document["calibration_slope"] = metrics.line ? ordered_json(metrics.line->slope) : ordered_json(nullptr);
  return document;
}

std::string number(const std::optional<double>& value) {
  char text[32] = "   –  ";
  if (value) std::snprintf(text, sizeof text, "%.4f", *value);
  return text;
}
std::string intervalText(const std::optional<Interval>& interval) {
  char text[40] = "";
  if (interval) std::snprintf(text, sizeof text, " [%.4f, %.4f]", interval->low, interval->high);
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  return std::accumulate(
      names.begin(), names.end(), std::string(),
      [](const std::string& all, const std::string& name) { return all.empty() ? name : all + ", " + name; });
}

/// The metrics a group's line shows: how well it ranks, and how well its probabilities hold.
constexpr std::array<const char*, 4> kGroupMetrics{"auroc", "auprc", "brier", "ece"};

std::string groupHeading(const char* of) {
  return std::string("\n     n   pos  AUROC                    AUPRC                    Brier                    ECE") +
         "                      " + of + "\n";
}
std::string groupLine(const GroupMetrics& metrics, const std::string& name) {
  char counts[64];
  std::snprintf(counts, sizeof counts, "%6zu %5zu  ", metrics.stays, metrics.positives);
  std::string line = counts;
  for (const Named& metric : kMetrics) {
    if (std::ranges::find(kGroupMetrics, std::string_view(metric.key)) == kGroupMetrics.end()) continue;
    const std::string interval = intervalText(metrics.*metric.interval);
    line +=
        number(metrics.*metric.value) + interval + std::string(19 - std::min<std::size_t>(interval.size(), 19), ' ');
  }
  return line + name + "\n";
}

std::string calibrationText(const GroupMetrics& metrics) {
  std::string text = "\nsaid    happened     n\n";
  for (const CalibrationBin& bin : metrics.equalCount) {
    char line[64];
    std::snprintf(line, sizeof line, "%.3f   %.3f    %6llu\n", bin.meanProbability, bin.observed,
                  static_cast<unsigned long long>(bin.count));
    text += line;
  }
  if (metrics.line) {
    char line[80];
    std::snprintf(line, sizeof line, "calibration slope %.3f, intercept %.3f\n", metrics.line->slope,
                  metrics.line->intercept);
    text += line;
  }
  return text;
}

/// Mean and standard deviation of a metric over the reports in which it is defined.
struct Spread {
  double mean = 0;
  std::optional<double> deviation;
  int count = 0;
};
Spread spreadOf(std::span<const EvaluationReport> reports, const Named& metric) {
  Spread spread;
  double squares = 0;
  for (const EvaluationReport& report : reports)
    if (const auto& value = report.overall.*metric.value) {
      const double before = *value - spread.mean;
      spread.mean += before / ++spread.count;
      squares += before * (*value - spread.mean);
    }
  if (spread.count > 1) spread.deviation = std::sqrt(squares / (spread.count - 1));
  return spread;
}

}  // namespace

ordered_json evaluationDocument(const ModelConfig& config, const EvaluationReport& report, const std::string& split) {
  ordered_json document = groupDocument(report.overall);
  document["split"] = split;
  document["task"] = config.task.name;
  document["f1_threshold"] = report.labels.empty() ? 0.5 : report.labels.front().threshold;
  document["labels"] = ordered_json::array();
  for (const LabelMetrics& label : report.labels)
    document["labels"].push_back({{"name", label.name},
                                  {"n", label.known},
                                  {"positives", label.positives},
                                  {"auroc", orNull(label.auroc)},
                                  {"auprc", orNull(label.auprc)},
                                  {"f1", orNull(label.f1)},
                                  {"balanced_accuracy", orNull(label.balancedAccuracy)},
                                  {"brier", orNull(label.brier)},
                                  {"ece", orNull(label.ece)},
                                  {"threshold", label.threshold}});
  document["patterns"] = ordered_json::array();
  for (const PatternMetrics& pattern : report.patterns) {
    ordered_json entry{{"present", pattern.modalities}};
    entry.update(groupDocument(pattern.metrics));
    document["patterns"].push_back(std::move(entry));
  }
  document["slices"] = ordered_json::array();
  for (const SliceMetrics& slice : report.slices) {
    ordered_json entry{{"name", slice.name}};
    entry.update(groupDocument(slice.metrics));
    document["slices"].push_back(std::move(entry));
  }
  return document;
}

std::string evaluationText(const ModelConfig& config, const EvaluationReport& report, const std::string& split) {
  const GroupMetrics& all = report.overall;
  std::string text = config.task.title + ", " + split + " split: " + std::to_string(all.stays) + " stays, " +
                     std::to_string(all.positives) + " positive\n";
  for (const Named& metric : kMetrics)
    text += metric.title + std::string(" ") + number(all.*metric.value) + intervalText(all.*metric.interval) + "\n";
  if (!all.undefined.empty()) text += all.undefined + "\n";
  text += "thresholds chosen on validation; 95 % intervals by bootstrap over stays\n" + calibrationText(all);
  text += groupHeading("present");
  for (const PatternMetrics& pattern : report.patterns) text += groupLine(pattern.metrics, joined(pattern.modalities));
  if (!report.slices.empty()) text += groupHeading("slice");
  for (const SliceMetrics& slice : report.slices) text += groupLine(slice.metrics, slice.name);
  return text;
}

ordered_json summaryDocument(std::span<const EvaluationReport> reports) {
  ordered_json document;
  for (const Named& metric : kMetrics) {
    const Spread spread = spreadOf(reports, metric);
    document[metric.key] = {{"mean", spread.count > 0 ? ordered_json(spread.mean) : ordered_json(nullptr)},
                            {"sd", orNull(spread.deviation)},
                            {"n", spread.count}};
  }
  return document;
}

std::string summaryText(std::span<const EvaluationReport> reports) {
  std::string text;
  for (const Named& metric : kMetrics) {
    const Spread spread = spreadOf(reports, metric);
    if (spread.count > 0)
      text += metric.title + std::string(" ") + number(spread.mean) + " ± " + number(spread.deviation) + "\n";
  }
  return text;
}

}  // namespace fusemoe::cli
