#pragma once

#include <map>
#include <mutex>
#include <string>

namespace fusemoe::ui {

/// The database URLs that the user named, with their passwords, in memory alone: everything else holds URLs without
/// them. A URL that only a file names (a stranger's session) is not connected to. Any thread.
class DatabaseLogins {
 public:
  /// Keeps a URL the user typed or chose; gives it without its password. Named again without one, it keeps the old.
  /// Paths are given back as they are.
  std::string keep(const std::string& location);
  /// True for paths, and for URLs that were kept.
  bool known(const std::string& location) const;
  /// With the password that was kept.
  std::string complete(const std::string& location) const;

 private:
  mutable std::mutex m_mutex;
  std::map<std::string, std::string> m_kept;  ///< by the URL without password
};

}  // namespace fusemoe::ui
