#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

#include "api/model_config.h"

namespace fusemoe {

/// What changes among the experts one router chooses from. An undefined tensor changes nothing.
struct RoutingChange {
  at::Tensor excluded;  ///< [S] bool: logit −inf
  at::Tensor pinned;    ///< [S] bool: always among the K kept, in place of the least of the others
};

/// What an Intervention changes in one sparse MoE layer, ready to compute with. The empty one changes nothing.
struct MoeChange {
  std::optional<Gate> gate;
  int topK = 0;                         ///< 0 = the model's
  std::vector<RoutingChange> routers;   ///< one a router, or none
  std::vector<std::size_t> computedBy;  ///< [S] the expert whose function computes expert e's tokens; empty = its own
};

/// What an Intervention changes in a whole network. The empty one changes nothing.
struct NetworkChange {
  std::vector<MoeChange> layers;        ///< [L], or none
  std::vector<at::Tensor> substitutes;  ///< [M] of [γ, D] or [D], what a missing modality becomes; or none
};

}  // namespace fusemoe
