#include "analysis/routing_drift.h"

namespace fusemoe {

Drift driftOf(std::span<const float>, std::span<const float>) {
  return {};
}
Drift RoutingDrift::mean() const {
  return {};
}
Drift RoutingDrift::mean(int) const {
  return {};
}
RoutingDrift driftOf(const RoutingShape&, const MaskedRouting&, const MaskedRouting&, RoutingSpace) {
  return {};
}

}  // namespace fusemoe
