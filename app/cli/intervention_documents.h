#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "stay_state.h"

namespace fusemoe::cli {

// What intervene, mechanism and gates print. Differences are of probability, `after` less `before`; routing changes are
// of the mean distribution over experts of one layer and router, in nats.

/// One state before and after an intervention.
struct Comparison {
  Intervention change;
  MaskedRouting before, after;
};
nlohmann::ordered_json interveneDocument(const StayState& state, const Comparison& comparison);
std::string interveneText(const StayState& state, const Comparison& comparison);

/// What stands for missing modalities, each compared with what the checkpoint was trained with.
struct Mechanism {
  MissingSubstitute substitute = MissingSubstitute::AsTrained;
  bool trained = false;  ///< the checkpoint was trained with it
  std::optional<MaskedRouting> routing;
  std::string unavailable;  ///< why there is none
  EncodingMeansPtr means;   ///< training mean: of what
};
nlohmann::ordered_json mechanismDocument(const StayState& state, const std::vector<Mechanism>& mechanisms);
std::string mechanismText(const StayState& state, const std::vector<Mechanism>& mechanisms);

/// A model under each gate.
struct GateRow {
  Gate gate = Gate::Laplace;
  MaskedRouting routing;
};
struct GatedModel {
  std::string path;
  StayState state;
  std::vector<GateRow> rows;
};
nlohmann::ordered_json gatesDocument(const std::vector<GatedModel>& models);
std::string gatesText(const std::vector<GatedModel>& models);

}  // namespace fusemoe::cli
