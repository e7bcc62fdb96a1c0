#include "cohort/database.h"

#include "cohort/postgres_database.h"
#include "cohort/sqlite_database.h"

namespace fusemoe {

bool isPostgres(const soci::session& session) {
  return session.get_backend_name() == "postgresql";
}

std::unique_ptr<soci::session> openForReading(const std::string& location) {
  return isDatabaseUrl(location) ? openPostgresForReading(location) : openSqliteForReading(location);
}

std::string identityOf(soci::session& session) {
  return isPostgres(session) ? postgresIdentity(session) : std::string();
}

bool isLost(soci::session& session) {
  return isPostgres(session) && postgresIsLost(session);
}

Error databaseError(const std::string& shown, const soci::soci_error& exception) {
  if (const auto* known = dynamic_cast<const DatabaseFailure*>(&exception)) return known->error;
  if (isDatabaseUrl(shown)) return postgresError(shown, exception);
  return sqliteError(shown, exception);
}

}  // namespace fusemoe
