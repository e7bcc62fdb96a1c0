#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration.h"
#include "analysis/metrics.h"
#include "api/training.h"
#include "base/result.h"

namespace fusemoe {

/// Some of the stays, under a name.
struct StaySlice {
  std::string name;
  std::vector<std::int64_t> stays;  ///< ascending; those without a score are passed over
};

struct EvaluationOptions {
  /// Probability from which a label is predicted, chosen beforehand (bestF1Thresholds of the validation split): one a
  /// label, or one for all.
  std::vector<double> thresholds = {0.5};
  BootstrapOptions bootstrap;
  std::vector<StaySlice> slices = {};
};

/// Metrics of a group of stays; with several labels the plain (macro) mean over those labels for which one is defined.
/// None = not defined, as AUROC is where only one class is present.
struct GroupMetrics {
  std::size_t stays = 0;
  std::size_t known = 0;      ///< stays × labels whose truth is known
  std::size_t positives = 0;  ///< of those
  std::optional<double> prevalence;
  std::optional<double> auroc, auprc, f1, brier, balancedAccuracy;
  std::optional<double> ece;  ///< ten bins of equal width
  std::optional<Interval> aurocInterval, auprcInterval, f1Interval, brierInterval, balancedAccuracyInterval,
      eceInterval;  ///< 95 %, bootstrap over the group's stays
  /// Reliability curves and line over the labels' rows together.
  std::vector<CalibrationBin> equalWidth, equalCount;
  std::optional<CalibrationLine> line;
  std::string undefined;  ///< why AUROC and AUPRC are not defined, a sentence; empty where they are
};

/// The stays that have exactly these modalities.
struct PatternMetrics {
  std::uint32_t present = 0;            ///< bit i = modality i of the config
  std::vector<std::string> modalities;  ///< their names
  GroupMetrics metrics;
};

struct SliceMetrics {
  std::string name;
  GroupMetrics metrics;
};

struct LabelMetrics {
  std::string name;
  std::size_t known = 0, positives = 0;
  std::optional<double> auroc, auprc, f1, brier, balancedAccuracy, ece;
  double threshold = 0.5;
};

struct EvaluationReport {
  GroupMetrics overall;
  std::vector<LabelMetrics> labels;
  std::vector<PatternMetrics> patterns;  ///< most stays first
  std::vector<SliceMetrics> slices;      ///< as asked for
};

/// Metrics of all stays, of every missing pattern and of the slices asked for. `modalities` and `labels` are the names
/// in the config's order. Deterministic. Errors: no stays; a probability that is not finite; lists whose lengths do not
/// fit.
Result<EvaluationReport> evaluate(const Scores& scores, const std::vector<std::string>& modalities,
                                  const std::vector<std::string>& labels, const EvaluationOptions& options = {});

/// For each label the threshold with the best F1 on these scores (0.5 for a label without a positive). Choose it on the
/// validation split, never on the split that is reported. Same errors as `evaluate`.
Result<std::vector<double>> bestF1Thresholds(const Scores& scores);

}  // namespace fusemoe
