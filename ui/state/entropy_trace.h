#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "api/routing_result.h"

namespace fusemoe::ui {

/// One state the user has seen of the stay that is open.
struct TracePoint {
  ModalityMask mask = 0;
  std::vector<double> regularizer;  ///< E, a layer each
};

/// E over the last edits of one stay: derived from the results shown, not part of the session and not undoable.
/// Another stay or model starts it anew.
class EntropyTrace {
 public:
  static constexpr std::size_t kLength = 20;

  /// A result of the stay (its id: what-if edits make other samples of it). `step` = commands done so far: of results of
  /// one command, as while dragging, the last one stands.
  void append(const RoutingResult& result, std::int64_t stayId, int step);
  void clear();
  /// Oldest first, at most kLength.
  const std::vector<TracePoint>& points() const { return m_points; }

 private:
  RequestKey m_last;
  std::int64_t m_stayId = 0;
  int m_step = 0;
  std::vector<TracePoint> m_points;
};

}  // namespace fusemoe::ui
