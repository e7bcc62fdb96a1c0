#pragma once

#include <array>
#include <vector>

#include "api/model_config.h"
#include "api/routing_result.h"
#include "scene/vector3.h"
#include "state/selection.h"

namespace fusemoe::ui {

/// A token as its router saw it.
struct SceneToken {
  Vector3 place;
  int router = 0;
  int index = 0;      ///< among its router's tokens
  int modality = -1;  ///< -1 for a joint router
  int bin = -1;       ///< -1 when a token is a whole sequence
  ModalityState state = ModalityState::Present;
};

/// A gate vector: what one router compares its tokens with for one expert.
struct SceneGate {
  Vector3 place;
  int router = 0;
  int modality = -1;
  int expert = 0;
  double share = 0;  ///< mean gate weight that its router's tokens gave the expert; of all a router's gates 1
};

/// That a token keeps an expert, with the weight it gives it.
struct SceneLink {
  int token = 0, gate = 0;  ///< indices of SceneData
  float weight = 0;
};

/// What the 3-D view shows of one layer of one result, without how.
struct SceneData {
  std::vector<SceneToken> tokens;
  std::vector<SceneGate> gates;
  std::vector<SceneLink> links;       ///< a token's together, descending weight
  std::array<double, 3> explained{};  ///< share of the variance along each axis
  std::string axes;                   ///< names the space: places of two scenes compare where it is the same
  int linksOfToken = 0;               ///< K

  bool empty() const { return tokens.empty(); }
  /// True when both have the same tokens and gate vectors, maybe at other places.
  bool sameShape(const SceneData& other) const;
  /// True when all of the same shape is at the same places.
  bool samePlaces(const SceneData& other) const;
  /// True when the token is of what is pointed at: modality, bin, and an expert it keeps.
  bool pointedAt(int token, const Target& target) const;
};

/// Of a result with projections; empty for one without.
SceneData sceneOf(const ModelConfig& config, const RoutingResult& result, int layer);

/// `to`, with its places part of the way from those of `from`, which must have the same shape.
SceneData between(const SceneData& from, const SceneData& to, double share);

}  // namespace fusemoe::ui
