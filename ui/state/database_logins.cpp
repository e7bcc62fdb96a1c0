#include "state/database_logins.h"

#include "base/database_url.h"

namespace fusemoe::ui {

std::string DatabaseLogins::keep(const std::string& location) {
  const Result<DatabaseUrl> url = parseDatabaseUrl(location);
  if (!url) return withoutPassword(location);
  const std::lock_guard lock(m_mutex);
  std::string& kept = m_kept[url->shown];
  if (url->hasPassword || kept.empty()) kept = location;
  return url->shown;
}

bool DatabaseLogins::known(const std::string& location) const {
  const std::lock_guard lock(m_mutex);
  return !isDatabaseUrl(location) || m_kept.contains(location);
}

std::string DatabaseLogins::complete(const std::string& location) const {
  const std::lock_guard lock(m_mutex);
  const auto kept = m_kept.find(location);
  return kept == m_kept.end() ? location : kept->second;
}

}  // namespace fusemoe::ui
