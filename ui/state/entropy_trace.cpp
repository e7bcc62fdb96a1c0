#include "state/entropy_trace.h"

#include <utility>

namespace fusemoe::ui {

void EntropyTrace::append(const RoutingResult& result) {
  if (!m_points.empty() && result.key == m_last) return;
  if (result.key.modelDigest != m_last.modelDigest || result.key.sampleDigest != m_last.sampleDigest) m_points.clear();
  m_last = result.key;
  TracePoint point{result.key.mask, {}};
  for (const LayerResult& layer : result.layers) point.regularizer.push_back(layer.entropy.regularizer);
  m_points.push_back(std::move(point));
  if (m_points.size() > kLength) m_points.erase(m_points.begin());
}

void EntropyTrace::clear() {
  m_last = {};
  m_points.clear();
}

}  // namespace fusemoe::ui
