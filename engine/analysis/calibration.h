#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/metrics.h"

namespace fusemoe {

/// How probabilities are put into bins: bins as wide as each other over [0, 1], or with as many rows as each other
/// (rows of one probability stay together, so bins may differ a little; there may be fewer).
enum class Binning { EqualWidth, EqualCount };

inline constexpr int kCalibrationBins = 10;

/// One point of a reliability curve.
struct CalibrationBin {
  double low = 0, high = 0;  ///< equal width: the bin's edges, a probability on an edge belongs to the bin above;
                             ///< equal count: the least and the largest probability in it
  std::uint64_t count = 0;
  double meanProbability = 0;
  double observed = 0;             ///< share of positives
  Interval observedInterval = {};  ///< 95 %, Wilson
};

/// Bins that hold a row, ascending.
std::vector<CalibrationBin> calibrationBins(const LabelScores& scores, Binning binning, int bins = kCalibrationBins,
                                            std::span<const std::uint32_t> weights = {});

/// Σ n/N · |mean probability − observed| over those bins (ECE; Naeini et al. 2015). None without a row.
std::optional<double> calibrationError(const LabelScores& scores, Binning binning, int bins = kCalibrationBins,
                                       std::span<const std::uint32_t> weights = {});

/// logit P(positive) = intercept + slope · logit(probability), by maximum likelihood: 0 and 1 where the probabilities
/// are calibrated; slope < 1 = too sure of itself. Probabilities are kept within [1e-6, 1 − 1e-6].
struct CalibrationLine {
  double intercept = 0, slope = 0;
};
/// None with one class, and where the classes are told apart without error (no finite slope) or all probabilities
/// equal.
std::optional<CalibrationLine> calibrationLine(const LabelScores& scores);

}  // namespace fusemoe
