#include "state/result_cache.h"

#include <algorithm>
#include <utility>

namespace fusemoe::ui {

ResultPtr ResultCache::find(const RequestKey& key) {
  const auto place = std::ranges::find_if(m_results, [&](const ResultPtr& result) { return result->key == key; });
  if (place == m_results.end()) return nullptr;
  m_results.splice(m_results.begin(), m_results, place);
  return m_results.front();
}

void ResultCache::insert(ResultPtr result) {
  if (find(result->key)) {
    m_results.front() = std::move(result);
    return;
  }
  m_results.push_front(std::move(result));
  if (m_results.size() > m_capacity) m_results.pop_back();
}

}  // namespace fusemoe::ui
