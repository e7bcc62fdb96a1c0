#pragma once

#include <QString>
#include <vector>

#include "api/model_config.h"
#include "api/routing_result.h"
#include "session/session_state.h"
#include "state/table.h"

namespace fusemoe::ui {

class Document;

/// The state's own result, also while the reference is shown in its place.
const ResultPtr& stateResult(const Document& document);


/// Means over the tokens, [S]: of the dense probabilities, or of the kept weights.
const std::vector<float>& meansOf(const RouterResult& router, Distribution distribution);
/// Every token's own, [T, S]: dense probability, or the weight it kept. NaN where there is none: an expert the router
/// cannot choose, or did not keep.
std::vector<float> cellsOf(const RouterResult& router, Distribution distribution);

/// Where the open model's tokens lie in time, in the unit the cohort shows times in. Hour 0 and the window's end are
/// the middles of the first and the last bin.
struct TokenTimes {
  bool timed = false;  ///< false: one token a router, the whole sequence
  int tokens = 1;
  double span = 0;       ///< from the first bin's middle to the last's, in `unit`
  double unitHours = 1;  ///< hours of one unit
  QString unit;          ///< "h", "d", "y"
  QString axisTitle;     ///< "years", "hours", and what 0 is where the cohort says
  double at(int token) const { return timed ? span * token / (tokens - 1) : 0; }
  /// Room one token takes.
  double step() const { return timed ? span / (tokens - 1) : span; }
  /// "1.5 y"; without time "whole sequence".
  QString label(int token) const;
};
TokenTimes tokenTimes(const Document& document);

/// Rows of a routing table: a mean over all tokens, or each token.
enum class RoutingRows { Means, Tokens };
/// The shown layer's routing with the reference's beside it, a router and expert (and token) a row.
Table routingTable(const Document& document, RoutingRows rows);

/// A number in full: as many digits as tell it from its neighbours, with a point.
QString exact(float value);
QString exact(double value);

}  // namespace fusemoe::ui
