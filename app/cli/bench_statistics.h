#pragma once

#include <chrono>
#include <stop_token>
#include <vector>

#include "base/result.h"

namespace fusemoe::cli {

/// What repetitions of one measurement took, in milliseconds.
struct Timing {
  std::size_t n = 0;
  double median = 0, p95 = 0, best = 0;
};

/// Value below which a share of the numbers lies, linear between neighbours; 0 of none.
double quantile(std::vector<double> values, double share);
Timing timingOf(const std::vector<double>& milliseconds);

/// A point of a curve: what was varied, and the milliseconds it took.
struct CurvePoint {
  double value = 0;
  double milliseconds = 0;
};
/// Slope of log time over log value by least squares: 0 = does not depend on it, 1 = grows in proportion. 0 for fewer
/// than two points, or where a number is not positive.
double logSlope(const std::vector<CurvePoint>& points);

class Stopwatch {
 public:
  double milliseconds() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
  }

 private:
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// How long and how often one thing is repeated.
struct Repetition {
  double seconds = 1;
  std::size_t fewest = 3, most = 2000;
};

/// Milliseconds of each repetition of `once`, a function that gives Result<double>, its own milliseconds; until the
/// budget is spent. Fewer than `fewest`, but one at least, where even those take five budgets. Errors: those of `once`;
/// stopped.
template <class Once>
Result<std::vector<double>> repeated(const Repetition& budget, const std::stop_token& stop, Once&& once) {
  constexpr double kPatience = 5;
  std::vector<double> times;
  const Stopwatch whole;
  const auto within = [&](double budgets) { return whole.milliseconds() < 1000 * budgets * budget.seconds; };
  while (times.empty() || (times.size() < budget.fewest && within(kPatience)) ||
         (times.size() < budget.most && within(1))) {
    if (stop.stop_requested()) return failure("The measurement was stopped.");
    const Result<double> taken = once();
    if (!taken) return failure(taken.error());
    times.push_back(*taken);
  }
  return times;
}

}  // namespace fusemoe::cli
