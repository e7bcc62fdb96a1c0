#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/intervention.h"
#include "session/record_edit.h"

namespace fusemoe {

/// Which router distribution a chart shows.
enum class Distribution { Dense, TopK };
/// What the load chart counts: tokens that kept an expert, or the gate weight they gave it.
enum class LoadMeasure { Tokens, Importance };
/// Whose load it shows: this stay's, that of the stays the list shows, that of all.
enum class LoadScope { Stay, Slice, Cohort };
/// How the routing panel shows a layer.
enum class RoutingView { Bars, HeatMap, Flow };

/// A named filter of the stay list (the syntax of its filter field).
struct Slice {
  std::string name;
  std::string filter;
  bool operator==(const Slice&) const = default;
};

/// The state everything shown is compared with ("A"): each part is either fixed or, left empty, follows the session.
/// Nothing masked and nothing edited of the stay shown, by the model shown = as recorded.
struct Reference {
  std::optional<std::string> modelPath;
  std::optional<std::int64_t> stayId;  ///< of the cohort that is open
  std::optional<std::set<std::string>> masked;
  std::optional<RecordEdits> edits;
  bool operator==(const Reference&) const = default;

  static Reference asRecorded() { return {{}, {}, std::set<std::string>{}, RecordEdits{}}; }
  bool isAsRecorded() const { return *this == asRecorded(); }
};

/// All that the user can change and undo: a value. Never holds patient data, only which stay is looked at.
struct SessionState {
  std::string modelPath;
  std::string cohortPath;
  std::int64_t stayId = 0;                    ///< 0 = none chosen
  std::set<std::string> masked;               ///< modality names; kept when another model is opened
  std::map<std::int64_t, RecordEdits> edits;  ///< what-if edits, by stay of the open cohort
  Reference reference = Reference::asRecorded();
  Intervention intervention;  ///< of the model shown, never of the reference; without means
  std::string filter;         ///< of the stay list
  std::vector<Slice> slices;  ///< named by the user
  int layer = 0;              ///< 0-based
  Distribution distribution = Distribution::Dense;
  LoadMeasure loadMeasure = LoadMeasure::Tokens;
  LoadScope loadScope = LoadScope::Stay;
  RoutingView routingView = RoutingView::Bars;
  bool operator==(const SessionState&) const = default;
};

}  // namespace fusemoe
