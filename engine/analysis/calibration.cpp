#include "analysis/calibration.h"

#include <algorithm>
#include <cmath>

namespace fusemoe {
namespace {

std::vector<LabelScores::Tie> ascending(const LabelScores& scores, std::span<const std::uint32_t> weights) {
  std::vector<LabelScores::Tie> ties;
  scores.eachTie(weights, [&ties](const LabelScores::Tie& tie) {
    if (tie.positives + tie.negatives > 0) ties.push_back(tie);
  });
  std::ranges::reverse(ties);
  return ties;
}

/// Wilson's score interval of a share.
Interval wilson(double positives, double count) {
  constexpr double kZ = 1.959963984540054;
  const double share = positives / count, square = kZ * kZ / count;
  const double middle = (share + square / 2) / (1 + square);
  const double half = kZ * std::sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square);
  // Never past the share itself, which at 0 and 1 rounding would allow.
  return {std::clamp(middle - half, 0.0, share), std::clamp(middle + half, share, 1.0)};
}

/// A bin while it is filled: sums in place of means.
void addTo(CalibrationBin& bin, const LabelScores::Tie& tie) {
  const std::uint64_t rows = tie.positives + tie.negatives;
  bin.meanProbability += static_cast<double>(tie.probability) * static_cast<double>(rows);
  bin.observed += static_cast<double>(tie.positives);
  bin.count += rows;
}

void finish(CalibrationBin& bin) {
  const auto count = static_cast<double>(bin.count);
  bin.observedInterval = wilson(bin.observed, count);
  bin.meanProbability /= count;
  bin.observed /= count;
}

std::vector<CalibrationBin> equalWidth(const std::vector<LabelScores::Tie>& ties, int bins) {
  std::vector<CalibrationBin> result;
  int current = -1;
  for (const LabelScores::Tie& tie : ties) {
    const int own = std::clamp(static_cast<int>(static_cast<double>(tie.probability) * bins), 0, bins - 1);
    if (own != current) result.push_back({static_cast<double>(own) / bins, static_cast<double>(own + 1) / bins});
    current = own;
    addTo(result.back(), tie);
  }
  return result;
}

std::vector<CalibrationBin> equalCount(const std::vector<LabelScores::Tie>& ties, int bins) {
  std::uint64_t total = 0, before = 0;
  for (const LabelScores::Tie& tie : ties) total += tie.positives + tie.negatives;
  std::vector<CalibrationBin> result;
  std::uint64_t closed = 0;  // bins whose share of the rows has been used up
  bool open = false;
  for (const LabelScores::Tie& tie : ties) {
    const auto probability = static_cast<double>(tie.probability);
    if (!open) result.push_back({probability, probability});
    open = true;
    result.back().high = probability;
    addTo(result.back(), tie);
    before += tie.positives + tie.negatives;
    const std::uint64_t used = before * static_cast<std::uint64_t>(bins) / total;
    open = used == closed;
    closed = used;
  }
  return result;
}

}  // namespace

std::vector<CalibrationBin> calibrationBins(const LabelScores& scores, Binning binning, int bins,
                                            std::span<const std::uint32_t> weights) {
  const std::vector<LabelScores::Tie> ties = ascending(scores, weights);
  std::vector<CalibrationBin> result = binning == Binning::EqualWidth ? equalWidth(ties, bins) : equalCount(ties, bins);
  std::ranges::for_each(result, finish);
  return result;
}

std::optional<double> calibrationError(const LabelScores& scores, Binning binning, int bins,
                                       std::span<const std::uint32_t> weights) {
  double sum = 0, rows = 0;
  for (const CalibrationBin& bin : calibrationBins(scores, binning, bins, weights)) {
    sum += static_cast<double>(bin.count) * std::abs(bin.meanProbability - bin.observed);
    rows += static_cast<double>(bin.count);
  }
  if (rows == 0) return std::nullopt;
  return sum / rows;
}

std::optional<CalibrationLine> calibrationLine(const LabelScores& scores) {
  if (scores.positives() == 0 || scores.positives() == scores.known()) return std::nullopt;
  const std::vector<LabelScores::Tie> ties = ascending(scores, {});
  CalibrationLine line{0, 1};
  for (int round = 0; round < 100; ++round) {
    // Newton's method on the log-likelihood of two parameters.
    double gradient[2] = {}, hessian[3] = {};
    for (const LabelScores::Tie& tie : ties) {
      const double probability = std::clamp(static_cast<double>(tie.probability), 1e-6, 1 - 1e-6);
      const double x = std::log(probability / (1 - probability));
      const double fitted = 1 / (1 + std::exp(-(line.intercept + line.slope * x)));
      const double rows = static_cast<double>(tie.positives + tie.negatives);
      const double error = static_cast<double>(tie.positives) - rows * fitted, weight = rows * fitted * (1 - fitted);
      gradient[0] += error;
      gradient[1] += error * x;
      hessian[0] += weight;
      hessian[1] += weight * x;
      hessian[2] += weight * x * x;
    }
    const double determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
    if (!(determinant > 1e-10 * hessian[0] * hessian[2])) return std::nullopt;
    const double intercept = (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
    const double slope = (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
    line.intercept += intercept;
    line.slope += slope;
    if (!std::isfinite(line.slope) || std::abs(line.slope) > 1e3) return std::nullopt;
    if (std::abs(intercept) + std::abs(slope) < 1e-10) return line;
  }
  return std::nullopt;
}

}  // namespace fusemoe
