#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "api/masked_routing.h"

namespace fusemoe {

/// How far two distributions over experts lie apart.
struct Drift {
  double jensenShannon = 0;    ///< nats, 0 … log 2
  double kullbackLeibler = 0;  ///< nats, KL(full ‖ masked); infinite where masked gives 0 and full does not (top-K)
  double l1 = 0;               ///< 0 … 2
};
Drift driftOf(std::span<const float> full, std::span<const float> masked);

/// Which distribution routing is compared by.
enum class RoutingSpace { Dense, TopK };

/// Drift of every layer and router, [L, R], from one routing of a stay to another.
struct RoutingDrift {
  RoutingShape shape;
  std::vector<Drift> cells;
  const Drift& of(int layer, int router) const {
    return cells[static_cast<std::size_t>(layer * shape.routers + router)];
  }
  /// Mean over layers and routers; that of one router over layers.
  Drift mean() const;
  Drift mean(int router) const;
};
RoutingDrift driftOf(const RoutingShape& shape, const MaskedRouting& full, const MaskedRouting& masked,
                     RoutingSpace space = RoutingSpace::Dense);

}  // namespace fusemoe
