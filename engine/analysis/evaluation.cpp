#include "analysis/evaluation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <span>

namespace fusemoe {
namespace {

using Rows = std::vector<std::size_t>;

Result<void> check(const Scores& scores) {
  const std::size_t values = scores.stays.size() * static_cast<std::size_t>(std::max(scores.labels, 0));
  if (values == 0) return failure("There is nothing to evaluate.", "Choose a split that has stays.");
  if (scores.probability.size() != values || scores.truth.size() != values ||
      scores.present.size() != scores.stays.size())
    return failure("The scores are not one row a stay.", "This is a fault of the program.");
  for (std::size_t i = 0; i < values; ++i)
    if (!std::isfinite(scores.probability[i]))
      return failure("The prediction for stay " +
                         std::to_string(scores.stays[i / static_cast<std::size_t>(scores.labels)]) +
                         " is not a finite number.",
                     "Train the model again.");
  return {};
}

/// The scores of each label on some of the stays.
std::vector<LabelScores> labelScores(const Scores& scores, const Rows& rows) {
  const auto labels = static_cast<std::size_t>(scores.labels);
  std::vector<LabelScores> result;
  std::vector<float> probability(rows.size()), truth(rows.size());
  for (std::size_t label = 0; label < labels; ++label) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      probability[i] = scores.probability[rows[i] * labels + label];
      truth[i] = scores.truth[rows[i] * labels + label];
    }
    result.emplace_back(probability, truth);
  }
  return result;
}

using Metric = std::function<std::optional<double>(const LabelScores&, std::size_t label)>;

std::optional<double> macro(const std::vector<LabelScores>& labels, const Metric& metric) {
  std::vector<std::optional<double>> values;
  for (std::size_t label = 0; label < labels.size(); ++label) values.push_back(metric(labels[label], label));
  return meanOfDefined(values);
}

double thresholdOf(const EvaluationOptions& options, std::size_t label) {
  return options.thresholds[options.thresholds.size() == 1 ? 0 : label];
}

/// All labels' rows as those of one.
LabelScores pooled(const Scores& scores, const Rows& rows) {
  const auto labels = static_cast<std::size_t>(scores.labels);
  std::vector<float> probability, truth;
  for (const std::size_t row : rows)
    for (std::size_t i = row * labels; i < (row + 1) * labels; ++i) {
      probability.push_back(scores.probability[i]);
      truth.push_back(scores.truth[i]);
    }
  return {probability, truth};
}

std::string whyUndefined(const GroupMetrics& metrics) {
  if (metrics.auroc) return {};
  if (metrics.stays == 0) return "No stay is in this group.";
  if (metrics.known == 0) return "No stay of this group has a known label.";
  return "All labels known in this group are of one class.";
}

using Weights = std::span<const std::uint32_t>;
using Statistic = std::function<std::optional<double>(Weights)>;

/// A metric, and where its value and interval belong.
struct Column {
  std::optional<double> GroupMetrics::*value;
  std::optional<Interval> GroupMetrics::*interval;
  std::function<std::optional<double>(const LabelScores&, std::size_t, Weights)> of;
};

std::vector<Column> columns(const EvaluationOptions& options) {
  return {{&GroupMetrics::auroc, &GroupMetrics::aurocInterval,
           [](const LabelScores& label, std::size_t, Weights weights) { return label.auroc(weights); }},
          {&GroupMetrics::auprc, &GroupMetrics::auprcInterval,
           [](const LabelScores& label, std::size_t, Weights weights) { return label.auprc(weights); }},
          {&GroupMetrics::f1, &GroupMetrics::f1Interval,
           [&options](const LabelScores& label, std::size_t index, Weights weights) {
             return label.f1(thresholdOf(options, index), weights);
           }},
          {&GroupMetrics::balancedAccuracy, &GroupMetrics::balancedAccuracyInterval,
           [&options](const LabelScores& label, std::size_t index, Weights weights) {
             return label.balancedAccuracy(thresholdOf(options, index), weights);
           }},
          {&GroupMetrics::brier, &GroupMetrics::brierInterval,
           [](const LabelScores& label, std::size_t, Weights weights) { return label.brier(weights); }},
          {&GroupMetrics::ece, &GroupMetrics::eceInterval, [](const LabelScores& label, std::size_t, Weights weights) {
             return calibrationError(label, Binning::EqualWidth, kCalibrationBins, weights);
           }}};
}

GroupMetrics groupMetrics(const Scores& scores, const Rows& rows, const EvaluationOptions& options) {
  const std::vector<LabelScores> labels = labelScores(scores, rows);
  GroupMetrics metrics;
  metrics.stays = rows.size();
  for (const LabelScores& label : labels) {
    metrics.known += label.known();
    metrics.positives += label.positives();
  }
  if (metrics.known > 0)
    metrics.prevalence = static_cast<double>(metrics.positives) / static_cast<double>(metrics.known);
  std::vector<Statistic> defined;
  std::vector<std::optional<Interval> GroupMetrics::*> places;
  for (const Column& column : columns(options)) {
    const Statistic statistic = [&labels, of = column.of](Weights weights) {
      return macro(labels, [&](const LabelScores& label, std::size_t index) { return of(label, index, weights); });
    };
    metrics.*column.value = statistic({});
    if (!(metrics.*column.value)) continue;
    defined.push_back(statistic);
    places.push_back(column.interval);
  }
  const std::vector<std::optional<Interval>> intervals = bootstrapIntervals(rows.size(), options.bootstrap, defined);
  for (std::size_t i = 0; i < places.size(); ++i) metrics.*places[i] = intervals[i];
  const LabelScores together = pooled(scores, rows);
  metrics.equalWidth = calibrationBins(together, Binning::EqualWidth);
  metrics.equalCount = calibrationBins(together, Binning::EqualCount);
  metrics.line = calibrationLine(together);
  metrics.undefined = whyUndefined(metrics);
  return metrics;
}

std::vector<std::string> namesOf(std::uint32_t present, const std::vector<std::string>& modalities) {
  std::vector<std::string> names;
  for (std::size_t m = 0; m < modalities.size(); ++m)
    if (present >> m & 1U) names.push_back(modalities[m]);
  return names;
}

std::vector<PatternMetrics> patternMetrics(const Scores& scores, const std::vector<std::string>& modalities,
                                           const EvaluationOptions& options) {
  std::map<std::uint32_t, Rows> rowsOf;
  for (std::size_t i = 0; i < scores.stays.size(); ++i) rowsOf[scores.present[i]].push_back(i);
  std::vector<PatternMetrics> patterns;
  patterns.reserve(rowsOf.size());
  for (const auto& [present, rows] : rowsOf)
    patterns.push_back({present, namesOf(present, modalities), groupMetrics(scores, rows, options)});
  std::stable_sort(patterns.begin(), patterns.end(),
                   [](const PatternMetrics& a, const PatternMetrics& b) { return a.metrics.stays > b.metrics.stays; });
  return patterns;
}

std::vector<SliceMetrics> sliceMetrics(const Scores& scores, const EvaluationOptions& options) {
  std::vector<SliceMetrics> slices;
  for (const StaySlice& slice : options.slices) {
    Rows rows;
    for (std::size_t i = 0; i < scores.stays.size(); ++i)
      if (std::ranges::binary_search(slice.stays, scores.stays[i])) rows.push_back(i);
    slices.push_back({slice.name, groupMetrics(scores, rows, options)});
  }
  return slices;
}

}  // namespace

Result<EvaluationReport> evaluate(const Scores& scores, const std::vector<std::string>& modalities,
                                  const std::vector<std::string>& labels, const EvaluationOptions& options) {
  if (auto checked = check(scores); !checked) return failure(checked.error());
  const auto labelCount = static_cast<std::size_t>(scores.labels);
  if (labels.size() != labelCount)
    return failure(
        "The scores have " + std::to_string(labelCount) + " labels, the model " + std::to_string(labels.size()) + ".",
        "Use a cohort with the model's task.");
  if (options.thresholds.size() != 1 && options.thresholds.size() != labelCount)
    return failure("There must be one F1 threshold for all labels, or one a label.");
  if (modalities.size() > kMaxModalities)
    return failure("More than " + std::to_string(kMaxModalities) + " modalities cannot be evaluated.");
  Rows all(scores.stays.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  EvaluationReport report;
  report.overall = groupMetrics(scores, all, options);
  const std::vector<LabelScores> each = labelScores(scores, all);
  for (std::size_t i = 0; i < labelCount; ++i) {
    const double threshold = thresholdOf(options, i);
    report.labels.push_back({labels[i], each[i].known(), each[i].positives(), each[i].auroc(), each[i].auprc(),
                             each[i].f1(threshold), each[i].brier(), each[i].balancedAccuracy(threshold),
                             calibrationError(each[i], Binning::EqualWidth), threshold});
  }
  report.patterns = patternMetrics(scores, modalities, options);
  report.slices = sliceMetrics(scores, options);
  return report;
}

Result<std::vector<double>> bestF1Thresholds(const Scores& scores) {
  if (auto checked = check(scores); !checked) return failure(checked.error());
  Rows all(scores.stays.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<double> thresholds;
  for (const LabelScores& label : labelScores(scores, all)) thresholds.push_back(label.bestF1Threshold().value_or(0.5));
  return thresholds;
}

}  // namespace fusemoe
