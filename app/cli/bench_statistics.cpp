#include "bench_statistics.h"

#include <algorithm>
#include <cmath>

namespace fusemoe::cli {

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

Timing timingOf(const std::vector<double>& milliseconds) {
  return {milliseconds.size(), quantile(milliseconds, 0.5), quantile(milliseconds, 0.95), quantile(milliseconds, 0)};
}

double logSlope(const std::vector<CurvePoint>& points) {
  if (points.size() < 2) return 0;
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const CurvePoint& point : points) {
    if (point.value <= 0 || point.milliseconds <= 0) return 0;
    const double a = std::log(point.value), b = std::log(point.milliseconds);
    x += a;
    y += b;
    xx += a * a;
    xy += a * b;
  }
  const auto n = static_cast<double>(points.size());
  const double spread = n * xx - x * x;
  return spread > 0 ? (n * xy - x * y) / spread : 0;
}

}  // namespace fusemoe::cli
