#include "analysis/metrics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <random>

namespace fusemoe {
namespace {

/// A number below `bound`, every one equally likely. std::uniform_int_distribution differs between standard libraries.
std::size_t drawBelow(std::mt19937_64& generator, std::size_t bound) {
  const std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t limit = largest - largest % bound;
  std::uint64_t number = generator();
  while (number >= limit) number = generator();
  return static_cast<std::size_t>(number % bound);
}

/// F1 as a ratio; none when there is neither a positive nor a predicted positive.
std::optional<double> f1Of(std::uint64_t truePositives, std::uint64_t falsePositives, std::uint64_t positives) {
  const std::uint64_t denominator = truePositives + falsePositives + positives;
  if (denominator == 0) return std::nullopt;
  return 2.0 * static_cast<double>(truePositives) / static_cast<double>(denominator);
}

}  // namespace

LabelScores::LabelScores(std::span<const float> probability, std::span<const float> truth) {
  assert(probability.size() == truth.size());
  m_rows.reserve(probability.size());
  for (std::size_t i = 0; i < probability.size(); ++i) {
    assert(std::isfinite(probability[i]));
    if (std::isnan(truth[i])) continue;
    m_rows.push_back({probability[i], truth[i] > 0.5F, i});
    if (truth[i] > 0.5F) ++m_positives;
  }
  std::stable_sort(m_rows.begin(), m_rows.end(),
                   [](const Row& a, const Row& b) { return a.probability > b.probability; });
}

void LabelScores::eachTie(std::span<const std::uint32_t> weights, const std::function<void(const Tie&)>& visit) const {
  for (std::size_t i = 0; i < m_rows.size();) {
    Tie tie{m_rows[i].probability, 0, 0};
    for (; i < m_rows.size() && m_rows[i].probability == tie.probability; ++i)
      (m_rows[i].positive ? tie.positives : tie.negatives) += weights.empty() ? 1 : weights[m_rows[i].index];
    visit(tie);
  }
}

std::optional<double> LabelScores::prevalence() const {
  if (m_rows.empty()) return std::nullopt;
  return static_cast<double>(m_positives) / static_cast<double>(m_rows.size());
}

std::optional<double> LabelScores::brier(std::span<const std::uint32_t> weights) const {
  double sum = 0, rows = 0;
  for (const Row& row : m_rows) {
    const double difference = static_cast<double>(row.probability) - (row.positive ? 1.0 : 0.0);
    const double weight = weights.empty() ? 1 : weights[row.index];
    sum += weight * difference * difference;
    rows += weight;
  }
  if (rows == 0) return std::nullopt;
  return sum / rows;
}

std::optional<double> LabelScores::auroc(std::span<const std::uint32_t> weights) const {
  // Twice the number of (positive, negative) pairs that are in order, so that ties stay whole numbers.
  std::uint64_t doubledWins = 0, positives = 0, negatives = 0;
  eachTie(weights, [&](const Tie& tie) {
    doubledWins += tie.negatives * (2 * positives + tie.positives);
    positives += tie.positives;
    negatives += tie.negatives;
  });
  if (positives == 0 || negatives == 0) return std::nullopt;
  return static_cast<double>(doubledWins) / (2.0 * static_cast<double>(positives) * static_cast<double>(negatives));
}

std::optional<double> LabelScores::auprc(std::span<const std::uint32_t> weights) const {
  double sum = 0;
  std::uint64_t positives = 0, negatives = 0;
  eachTie(weights, [&](const Tie& tie) {
    positives += tie.positives;
    negatives += tie.negatives;
    if (tie.positives > 0)
      sum += static_cast<double>(tie.positives) * static_cast<double>(positives) /
             static_cast<double>(positives + negatives);
  });
  if (positives == 0 || negatives == 0) return std::nullopt;
  return sum / static_cast<double>(positives);
}

std::optional<double> LabelScores::f1(double threshold, std::span<const std::uint32_t> weights) const {
  std::uint64_t truePositives = 0, falsePositives = 0, positives = 0;
  eachTie(weights, [&](const Tie& tie) {
    positives += tie.positives;
    if (tie.probability < threshold) return;
    truePositives += tie.positives;
    falsePositives += tie.negatives;
  });
  return f1Of(truePositives, falsePositives, positives);
}

std::optional<double> LabelScores::balancedAccuracy(double threshold, std::span<const std::uint32_t> weights) const {
  std::uint64_t truePositives = 0, trueNegatives = 0, positives = 0, negatives = 0;
  eachTie(weights, [&](const Tie& tie) {
    positives += tie.positives;
    negatives += tie.negatives;
    if (static_cast<double>(tie.probability) < threshold)
      trueNegatives += tie.negatives;
    else
      truePositives += tie.positives;
  });
  if (positives == 0 || negatives == 0) return std::nullopt;
  return (static_cast<double>(truePositives) / static_cast<double>(positives) +
          static_cast<double>(trueNegatives) / static_cast<double>(negatives)) /
         2;
}

std::optional<double> LabelScores::bestF1Threshold() const {
  if (m_positives == 0) return std::nullopt;
  std::uint64_t truePositives = 0, falsePositives = 0;
  double best = -1, threshold = 0;
  eachTie({}, [&](const Tie& tie) {
    truePositives += tie.positives;
    falsePositives += tie.negatives;
    const double value = *f1Of(truePositives, falsePositives, m_positives);
    if (value <= best) return;
    best = value;
    threshold = tie.probability;
  });
  return threshold;
}

std::optional<Interval> bootstrapInterval(
    std::size_t rows, const BootstrapOptions& options,
    const std::function<std::optional<double>(std::span<const std::uint32_t>)>& statistic) {
  return bootstrapIntervals(rows, options, std::span(&statistic, 1)).front();
}

std::vector<std::optional<Interval>> bootstrapIntervals(
    std::size_t rows, const BootstrapOptions& options,
    std::span<const std::function<std::optional<double>(std::span<const std::uint32_t>)>> statistics) {
  std::vector<std::optional<Interval>> intervals(statistics.size());
  if (rows == 0 || options.resamples <= 0) return intervals;
  std::mt19937_64 generator(options.seed);
  std::vector<std::uint32_t> drawn(rows);
  std::vector<std::vector<double>> values(statistics.size());
  for (int resample = 0; resample < options.resamples; ++resample) {
    std::fill(drawn.begin(), drawn.end(), 0);
    for (std::size_t i = 0; i < rows; ++i) ++drawn[drawBelow(generator, rows)];
    for (std::size_t s = 0; s < statistics.size(); ++s)
      if (const std::optional<double> value = statistics[s](drawn)) values[s].push_back(*value);
  }
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    if (values[s].size() * 2 < static_cast<std::size_t>(options.resamples)) continue;
    std::sort(values[s].begin(), values[s].end());
    intervals[s] = Interval{quantile(values[s], 0.025), quantile(values[s], 0.975)};
  }
  return intervals;
}

double quantile(std::span<const double> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

double meanOf(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

Interval meanInterval(std::span<const double> values, const BootstrapOptions& options) {
  const auto mean = [&](std::span<const std::uint32_t> drawn) -> std::optional<double> {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += drawn[i] * values[i];
    return sum / static_cast<double>(values.size());
  };
  const double middle = meanOf(values);
  return bootstrapInterval(values.size(), options, mean).value_or(Interval{middle, middle});
}

std::optional<double> meanOfDefined(std::span<const std::optional<double>> values) {
  double sum = 0;
  std::size_t defined = 0;
  for (const std::optional<double>& value : values) {
    if (!value) continue;
    sum += *value;
    ++defined;
  }
  if (defined == 0) return std::nullopt;
  return sum / static_cast<double>(defined);
}

}  // namespace fusemoe
