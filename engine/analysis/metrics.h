#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace fusemoe {

/// A percentile interval.
struct Interval {
  double low = 0;
  double high = 0;
  bool operator==(const Interval&) const = default;
};

/// Scores of one binary label beside what is true, sorted once so that each metric is one pass. Rows whose truth is NaN
/// (unknown) take no part; truth > 0.5 is positive. Every metric takes a weight a row (how often the row counts, as in
/// a bootstrap resample) or none for one each, and is none where it is not defined.
class LabelScores {
 public:
  /// Rows of one score: how many of each class, weighted.
  struct Tie {
    float probability = 0;
    std::uint64_t positives = 0;
    std::uint64_t negatives = 0;
  };

  /// Both [N]; probabilities must be finite.
  LabelScores(std::span<const float> probability, std::span<const float> truth);

  /// Rows with a known truth.
  std::size_t known() const { return m_rows.size(); }
  std::size_t positives() const { return m_positives; }

  /// Share of positives; none without a known row.
  std::optional<double> prevalence() const;
  /// Mean squared difference of probability and truth; none without a known row.
  std::optional<double> brier(std::span<const std::uint32_t> weights = {}) const;
  /// Chance that a positive row scores above a negative one, ties counting half (Mann–Whitney); none with one class.
  std::optional<double> auroc(std::span<const std::uint32_t> weights = {}) const;
  /// Average precision: Σ over distinct scores, descending, of (recall gained) · precision, tied rows entering
  /// together; none with one class.
  std::optional<double> auprc(std::span<const std::uint32_t> weights = {}) const;
  /// 2TP / (2TP + FP + FN), where probability ≥ threshold is predicted positive; none when there is nothing to count.
  std::optional<double> f1(double threshold, std::span<const std::uint32_t> weights = {}) const;
  /// Mean of sensitivity and specificity, where probability ≥ threshold is predicted positive; none with one class.
  std::optional<double> balancedAccuracy(double threshold, std::span<const std::uint32_t> weights = {}) const;
  /// The score at which, taken as threshold, F1 is largest; the highest of several. None without a positive row.
  std::optional<double> bestF1Threshold() const;
  /// Scores in descending order, each once.
  void eachTie(std::span<const std::uint32_t> weights, const std::function<void(const Tie&)>& visit) const;

 private:
  struct Row {
    float probability = 0;
    bool positive = false;
    std::size_t index = 0;  ///< in the spans given
  };
  std::vector<Row> m_rows;  ///< descending probability
  std::size_t m_positives = 0;
};

/// How bootstrap intervals are drawn.
struct BootstrapOptions {
  int resamples = 1000;
  std::uint64_t seed = 32;
};

/// 95 % percentile interval of `statistic` over resamples of `rows` rows drawn with replacement, not stratified by
/// class: the share of positives varies as it would in another sample. `statistic` is given how often each row was
/// drawn. Resamples in which it is not defined are passed over; none if that is more than half of them. The same on
/// every platform (Mersenne Twister, own mapping to rows; percentiles by linear interpolation).
std::optional<Interval> bootstrapInterval(
    std::size_t rows, const BootstrapOptions& options,
    const std::function<std::optional<double>(std::span<const std::uint32_t>)>& statistic);

/// The same for several statistics of the same resamples: one interval each.
std::vector<std::optional<Interval>> bootstrapIntervals(
    std::size_t rows, const BootstrapOptions& options,
    std::span<const std::function<std::optional<double>(std::span<const std::uint32_t>)>> statistics);

/// By linear interpolation; `sorted` ascending, not empty; `share` 0 … 1.
double quantile(std::span<const double> sorted, double share);

/// Plain mean; 0 of nothing.
double meanOf(std::span<const double> values);

/// Bootstrap interval of the mean; empty at the mean where nothing can be drawn.
Interval meanInterval(std::span<const double> values, const BootstrapOptions& options);

/// Mean of those values that are defined; none if none is.
std::optional<double> meanOfDefined(std::span<const std::optional<double>> values);

}  // namespace fusemoe
