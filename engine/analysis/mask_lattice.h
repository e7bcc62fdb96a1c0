#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/shapley.h"
#include "api/engine.h"

namespace fusemoe {

/// What is shared out among modalities: the probability, or the log-odds (binary, multi-label; the difference of log
/// probability and log of the rest for several classes).
enum class ValueSpace { Probability, LogOdds };

struct LatticeRequest {
  SamplePtr sample;
  int output = 0;  ///< which label
  ValueSpace space = ValueSpace::Probability;
  Intervention intervention = {};
  int permutations = 256;  ///< beyond kExactModalities
  std::uint64_t seed = 32;
};

/// More modalities than this are sampled, not enumerated.
inline constexpr int kExactModalities = 12;

/// Every mask of one stay, and what each modality brings. Players are the modalities the stay has: an absent modality
/// can be neither shown nor hidden, and its value is 0.
struct MaskLattice {
  RoutingShape shape;
  TaskKind task = TaskKind::Binary;
  std::vector<int> players;  ///< modalities of the config, ascending: n
  bool exact = true;
  /// Exact: 2^n, index bit i = players[i] is masked, so 0 = as recorded. Sampled: full, then empty, then those met.
  std::vector<MaskedRouting> points;
  int output = 0;
  ValueSpace space = ValueSpace::Probability;
  double full = 0, empty = 0;             ///< the value with all players, and with none
  std::vector<double> shapley;            ///< [M]
  std::vector<double> standardError;      ///< [M]; 0 where exact
  std::vector<double> interaction;        ///< [M, M], symmetric
  double sumCheck = 0;                    ///< Σ shapley − (full − empty)
  std::vector<double> expertShapley;      ///< [M, L, S]: of an expert's kept weight (meanTopK, mean over routers)
  std::vector<double> expertInteraction;  ///< [M, M, L, S]; empty where sampled
  double expertSumCheck = 0;              ///< the largest |Σ over modalities − (full − empty)| of all experts
  double milliseconds = 0;                ///< time the model took
  const MaskedRouting& fullPoint() const { return points.front(); }
  const MaskedRouting& emptyPoint() const { return exact ? points.back() : points[1]; }
  double value(const MaskedRouting& point) const;
  /// Kept weight of an expert, mean over the layer's routers: what expertShapley shares out.
  double expertWeight(const MaskedRouting& point, int layer, int expert) const;
};

/// Errors: the model's; an output the model does not have; no modality to mask.
Result<MaskLattice> maskLattice(const Model& model, const LatticeRequest& request, const std::stop_token& stop);

}  // namespace fusemoe
