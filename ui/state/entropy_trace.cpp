#include "state/entropy_trace.h"

#include <utility>

namespace fusemoe::ui {

void EntropyTrace::append(const RoutingResult& result, std::int64_t stayId, int step) {
  const RequestKey& key = result.key;
  if (key.modelDigest != m_last.modelDigest || stayId != m_stayId) m_points.clear();
  const bool same =
      key.sampleDigest == m_last.sampleDigest && key.mask == m_last.mask && key.intervention == m_last.intervention;
  const bool continued = step == m_step;
  m_last = key;
  m_stayId = stayId;
  m_step = step;
  if (!m_points.empty() && same) return;
  TracePoint point{key.mask, {}};
  for (const LayerResult& layer : result.layers) point.regularizer.push_back(layer.entropy.regularizer);
  if (continued && m_points.size() > 1) m_points.pop_back();
  m_points.push_back(std::move(point));
  if (m_points.size() > kLength) m_points.erase(m_points.begin());
}

void EntropyTrace::clear() {
  m_last = {};
  m_points.clear();
}

}  // namespace fusemoe::ui
