#pragma once

#include <cstddef>
#include <list>

#include "api/routing_result.h"

namespace fusemoe::ui {

/// The results used last, found by key; the one not used for longest goes first. One thread.
class ResultCache {
 public:
  explicit ResultCache(std::size_t capacity) : m_capacity(capacity) {}

  /// The result of this key, now the most recently used; null when unknown.
  ResultPtr find(const RequestKey& key);
  void insert(ResultPtr result);
  std::size_t size() const { return m_results.size(); }

 private:
  std::size_t m_capacity;
  std::list<ResultPtr> m_results;  // most recent first; a few hundred, so a walk costs microseconds
};

}  // namespace fusemoe::ui
