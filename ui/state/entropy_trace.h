#pragma once

#include <cstddef>
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

  void append(const RoutingResult& result);
  void clear();
  /// Oldest first, at most kLength.
  const std::vector<TracePoint>& points() const { return m_points; }

 private:
  RequestKey m_last;
  std::vector<TracePoint> m_points;
};

}  // namespace fusemoe::ui
