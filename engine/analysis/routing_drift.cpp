#include "analysis/routing_drift.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace fusemoe {
namespace {

/// p · log(p / q), with 0 · log 0 = 0.
double relative(double p, double q) {
  if (p <= 0) return 0;
  return q > 0 ? p * std::log(p / q) : std::numeric_limits<double>::infinity();
}

Drift meanOf(std::span<const Drift> cells, std::size_t first, std::size_t step) {
  Drift sum;
  std::size_t count = 0;
  for (std::size_t i = first; i < cells.size(); i += step, ++count) {
    sum.jensenShannon += cells[i].jensenShannon;
    sum.kullbackLeibler += cells[i].kullbackLeibler;
    sum.l1 += cells[i].l1;
  }
  if (count == 0) return {};
  const auto n = static_cast<double>(count);
  return {sum.jensenShannon / n, sum.kullbackLeibler / n, sum.l1 / n};
}

}  // namespace

Drift driftOf(std::span<const float> full, std::span<const float> masked) {
  assert(full.size() == masked.size());
  Drift drift;
  for (std::size_t i = 0; i < full.size(); ++i) {
    const double p = static_cast<double>(full[i]), q = static_cast<double>(masked[i]), middle = (p + q) / 2;
    drift.jensenShannon += (relative(p, middle) + relative(q, middle)) / 2;
    drift.kullbackLeibler += relative(p, q);
    drift.l1 += std::abs(p - q);
  }
  // Rounded to float, the distributions sum to 1 but for 1e-7, which may show as a divergence below 0.
  drift.jensenShannon = std::clamp(drift.jensenShannon, 0.0, std::numbers::ln2);
  drift.kullbackLeibler = std::max(drift.kullbackLeibler, 0.0);
  drift.l1 = std::min(drift.l1, 2.0);
  return drift;
}

Drift RoutingDrift::mean() const {
  return meanOf(cells, 0, 1);
}

Drift RoutingDrift::mean(int router) const {
  return meanOf(cells, static_cast<std::size_t>(router), static_cast<std::size_t>(shape.routers));
}

RoutingDrift driftOf(const RoutingShape& shape, const MaskedRouting& full, const MaskedRouting& masked,
                     RoutingSpace space) {
  const auto values = space == RoutingSpace::Dense ? &MaskedRouting::meanDense : &MaskedRouting::meanTopK;
  RoutingDrift drift{shape, {}};
  for (int layer = 0; layer < shape.layers; ++layer)
    for (int router = 0; router < shape.routers; ++router)
      drift.cells.push_back(driftOf(shape.of(full.*values, layer, router), shape.of(masked.*values, layer, router)));
  return drift;
}

}  // namespace fusemoe
