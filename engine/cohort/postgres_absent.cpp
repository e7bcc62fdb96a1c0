// Stands in for postgres_*.cpp where libpq or SOCI's backend is missing.
#include "cohort/cohort_target.h"
#include "cohort/database.h"
#include "cohort/postgres_database.h"

namespace fusemoe {
namespace {

[[noreturn]] void refuse() {
  throw DatabaseFailure({"This program was built without PostgreSQL.",
                         "Use a .sqlite cohort, or build it with libpq and SOCI's PostgreSQL backend.", ""});
}

}  // namespace

std::unique_ptr<soci::session> openPostgresForReading(const std::string&) {
  refuse();
}

std::unique_ptr<CohortTarget> createPostgresTarget(const std::string&) {
  refuse();
}

std::string postgresIdentity(soci::session&) {
  return {};
}

bool postgresIsLost(soci::session&) {
  return false;
}

Error postgresError(const std::string& shown, const soci::soci_error& exception) {
  return {shown + " cannot be used.", "", exception.what()};
}

}  // namespace fusemoe
