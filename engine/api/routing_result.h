#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/model_config.h"

namespace fusemoe {

enum class ModalityState { Present, Masked, Absent };
std::string_view nameOf(ModalityState);

/// What a result answers. Two equal keys have equal results.
struct RequestKey {
  std::string modelDigest;
  std::string sampleDigest;
  ModalityMask mask = 0;
  bool projection = false;
  std::string basis;  ///< source of the axes it was projected on; empty = its own
  bool attention = false;
  std::string intervention;  ///< describe(), and the source of the means where they are used
  bool operator==(const RequestKey&) const = default;
};

/// One router of one layer on one sample. T tokens (1 or γ), S experts over all pools, K kept.
struct RouterResult {
  int modality = -1;              ///< index in the config, -1 for a joint router
  int tokens = 0;                 ///< T
  std::vector<float> logits;      ///< [T, S]; −inf where the router cannot choose (disjoint routers)
  std::vector<float> dense;       ///< [T, S], softmax over all experts the router may choose
  std::vector<float> meanDense;   ///< [S], p̂: mean of `dense` over tokens
  std::vector<float> meanTopK;    ///< [S], mean over tokens of the kept weights, zero elsewhere; sums to 1
  std::vector<int> topKExpert;    ///< [T, K], descending weight
  std::vector<float> topKWeight;  ///< [T, K], sums to 1 over K
};

/// The entropy regulariser's parts (natural logarithm, dense distributions; FUSEMOE.md §5).
struct EntropyTerms {
  std::vector<double> perModality;  ///< H(p̂_m); one value for a joint router
  double mean = 0;                  ///< (1/M) Σ H(p̂_m)
  double mixture = 0;               ///< H((1/M) Σ p̂_m)
  double regularizer = 0;           ///< E = mean − mixture
  double lowerBound = 0;            ///< −min(log M, log S); the upper bound is 0
};

/// Tokens and gate vectors of one layer in three axes, for the 3-D view.
struct Projection {
  std::vector<float> tokens;          ///< [Σ T, 3], routers in order
  std::vector<float> gateVectors;     ///< [Σ experts a router may choose, 3], routers in order
  std::array<double, 3> explained{};  ///< share of this state's variance along each axis
};

/// The axes of most variance of one state's tokens and gate vectors (PCA of both together), a set a layer. Other states
/// of the same model are projected on them too, so that points of several states lie in one space.
struct ProjectionBasis {
  struct Layer {
    std::vector<float> mean;  ///< [D], D = width of a token
    std::vector<float> axes;  ///< [3, D], orthonormal; zero where there is no third (second, first) direction
  };
  std::string source;  ///< names model, sample and mask it was made of; equal names mean equal axes
  std::vector<Layer> layers;
};
using BasisPtr = std::shared_ptr<const ProjectionBasis>;

struct LayerResult {
  std::vector<RouterResult> routers;
  std::vector<float> importance;  ///< [S], Σ of kept weights over all tokens of all routers
  std::vector<float> load;        ///< [S], number of tokens that kept the expert
  std::vector<float>
      composition;  ///< [S, M], share of each modality in an expert's importance; empty for a joint router
  EntropyTerms entropy;
  Projection projection;  ///< empty unless asked for
};

/// mTAND weights of one modality, averaged over heads.
struct AttentionMap {
  int modality = 0;
  std::vector<float> hours;    ///< [N] observation times, hours
  std::vector<float> weights;  ///< [γ, N]; rows sum to 1
};

/// Everything one prediction tells. Immutable, plain vectors.
struct RoutingResult {
  RequestKey key;
  std::vector<float> probability;       ///< binary: 1 value, the positive class; else one a label
  std::vector<float> headLogits;        ///< [outputs]
  std::vector<ModalityState> states;    ///< [M]
  std::vector<LayerResult> layers;      ///< [L]
  BasisPtr basis;                       ///< axes of the layers' projections; null unless asked for
  std::vector<AttentionMap> attention;  ///< empty unless asked for
  double milliseconds = 0;              ///< time the engine took for it
};
/// What the axes made of a state are called: ProjectionBasis::source.
std::string projectionSource(const RequestKey& key);
using ResultPtr = std::shared_ptr<const RoutingResult>;

}  // namespace fusemoe
