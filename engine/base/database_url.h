#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace fusemoe {

/// True for a location that names a PostgreSQL server (postgresql://…, postgres://…) rather than a file.
bool isDatabaseUrl(std::string_view location);

/// A location as it may be shown, logged and kept: a database URL loses its password, a path stays as it is. A URL that
/// cannot be taken apart loses all behind its scheme, since any part of it may be the password.
std::string withoutPassword(const std::string& location);

/// A database URL, taken apart as libpq does:
/// `postgresql://[user[:password]@][host[:port][,…]][/database][?cohort=NAME&option=value…]`.
struct DatabaseUrl {
  std::string connection;  ///< what libpq takes: with the password, without `cohort`
  std::string shown;       ///< what a person may see: without the password
  std::string cohort;      ///< decoded; kDefaultCohort where the URL names none
  bool hasPassword = false;
};
inline constexpr std::string_view kDefaultCohort = "fusemoe";

/// Errors, none of which repeats the URL: another scheme, a port that is no number, an @, : or / of user or password
/// that is not percent-encoded, a broken percent code, control characters, two cohorts.
Result<DatabaseUrl> parseDatabaseUrl(const std::string& url);

/// `url` with `password`, in place of the one it has. The URL itself where it cannot be taken apart or the password is
/// empty.
std::string withPassword(const std::string& url, const std::string& password);

}  // namespace fusemoe
