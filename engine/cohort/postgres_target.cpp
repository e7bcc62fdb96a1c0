#include <algorithm>
#include <optional>
#include <set>

#include "cohort/cohort_target.h"
#include "cohort/copy_rows.h"
#include "cohort/database.h"
#include "cohort/postgres_database.h"
#include "cohort/schema.h"

namespace fusemoe {
namespace {

constexpr int kDropSeconds = 2;
const std::string kOldSchema = std::string(kReservedNames) + "old_";

/// All is one transaction, so that whatever ends it early leaves the database as it was: the new cohort is written into
/// a schema of its own that takes the old one's name at the end. Readers of the old one go on reading it; it is dropped
/// when they are done, by the next import if need be.
class PostgresTarget final : public CohortTarget {
 public:
  explicit PostgresTarget(const std::string& location) : m_url(postgresUrl(location)) {}
  void begin();

  soci::session& session() override { return *m_session; }
  StayRows& rows() override { return *m_rows; }
  Result<void> finish() override;

 private:
  void execute(const std::string& sql) { *m_session << sql; }
  bool exists();
  void checkReplaceable();
  void complete();
  void takeName();
  void dropOld();

  DatabaseUrl m_url;
  std::unique_ptr<soci::session> m_session;
  std::optional<CopyRows> m_rows;
  std::string m_schema;  ///< being written
};

void PostgresTarget::begin() {
  m_session = connectPostgres(m_url);
  checkReplaceable();
  int backend = 0;
  *m_session << "SELECT pg_backend_pid()", soci::into(backend);
  m_schema = std::string(kReservedNames) + "new_" + std::to_string(backend);
  m_session->begin();
  execute("CREATE SCHEMA " + quotedName(m_schema));
  execute("SET search_path TO " + quotedName(m_schema));
  for (const CohortTable& table : cohortTables()) execute(postgresCreate(table));
  m_rows.emplace(connectionOf(*m_session));
}

bool PostgresTarget::exists() {
  int found = 0;
  *m_session << "SELECT COUNT(*) FROM pg_namespace WHERE nspname = :name", soci::into(found), soci::use(m_url.cohort);
  return found > 0;
}

/// Asked before hours of import: may this role put a cohort there, and is what is there a cohort?
void PostgresTarget::checkReplaceable() {
  int mayCreate = 0;
  *m_session << "SELECT CAST(has_database_privilege(current_database(), 'CREATE') AS integer)", soci::into(mayCreate);
  if (!mayCreate)
    throw DatabaseFailure({"You may not write a cohort into " + m_url.shown + ".",
                           "Its owner can GRANT you CREATE on the database.", ""});
  if (!exists()) return;
  int owned = 0, functions = 0;
  *m_session << "SELECT CAST(pg_has_role(nspowner, 'USAGE') AS integer), (SELECT COUNT(*) FROM pg_proc WHERE "
                "pronamespace = n.oid) FROM pg_namespace n WHERE nspname = :name",
      soci::into(owned), soci::into(functions), soci::use(m_url.cohort);
  if (!owned)
    throw DatabaseFailure({"The cohort " + m_url.shown + " belongs to another role, so you may not replace it.",
                           "Choose another name with ?cohort=.", ""});
  std::set<std::string> expected, found;
  for (const CohortTable& table : cohortTables()) expected.emplace(table.name);
  std::string name;
  soci::statement rows = (m_session->prepare << "SELECT CAST(relname AS text) FROM pg_class c JOIN pg_namespace n ON "
                                                "n.oid = relnamespace WHERE nspname = :name AND relkind <> 'i'",
                          soci::into(name), soci::use(m_url.cohort, "name"));
  rows.execute();
  while (rows.fetch()) found.insert(name);
  // An older or newer version of ours has some of the tables; only what has none of another's is replaced.
  if (functions > 0 || !found.contains("meta") || !std::ranges::includes(expected, found))
    throw DatabaseFailure({"The schema \"" + m_url.cohort + "\" of " + m_url.shown +
                               " holds something else than a cohort, so it is not replaced.",
                           "Choose another name with ?cohort=.", ""});
}

Result<void> PostgresTarget::finish() {
  complete();
  takeName();
  try {
    m_session->commit();
  } catch (const soci::soci_error& exception) {
    if (!isLost(*m_session)) throw;
    return failure("The connection to " + m_url.shown + " was lost in the last moment of writing.",
                   "Open the cohort to see whether the new one is in place.", exception.what());
  }
  dropOld();
  return {};
}

/// Keys after the rows, since one sort is faster than keeping an index up to date; and numbers for the planner.
void PostgresTarget::complete() {
  m_rows->flush();
  for (const CohortTable& table : cohortTables()) {
    execute(postgresPrimaryKey(table));
    execute("ANALYZE " + std::string(table.name));
  }
  // A cohort is written once: its digest would not tell of a later change.
  execute("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA " + quotedName(m_schema) +
          " FROM CURRENT_USER");
}

void PostgresTarget::takeName() {
  // Two imports that end at once take turns; the later one stays.
  *m_session << "SELECT pg_advisory_xact_lock(hashtext('fusemoe cohort ' || :name))", soci::use(m_url.cohort, "name");
  checkReplaceable();
  if (exists()) {
    std::string old;
    *m_session << "SELECT CAST(oid AS text) FROM pg_namespace WHERE nspname = :name", soci::into(old),
        soci::use(m_url.cohort, "name");
    execute("ALTER SCHEMA " + quotedName(m_url.cohort) + " RENAME TO " + quotedName(kOldSchema + old));
  }
  execute("ALTER SCHEMA " + quotedName(m_schema) + " RENAME TO " + quotedName(m_url.cohort));
}

/// Drops the cohorts of this role that were replaced, as far as nobody reads them. What fails here is left to the next.
void PostgresTarget::dropOld() {
  try {
    std::string name;
    std::vector<std::string> names;
    soci::statement rows =
        (m_session->prepare << "SELECT CAST(nspname AS text) FROM pg_namespace WHERE starts_with(nspname, :prefix) AND "
                               "pg_has_role(nspowner, 'USAGE')",
         soci::into(name), soci::use(kOldSchema, "prefix"));
    rows.execute();
    while (rows.fetch()) names.push_back(name);
    execute("SET lock_timeout TO '" + std::to_string(kDropSeconds) + "s'");
    for (const std::string& old : names) {
      try {
        execute("DROP SCHEMA " + quotedName(old) + " CASCADE");
      } catch (const soci::soci_error&) {
        if (isLost(*m_session)) return;
      }
    }
  } catch (const soci::soci_error&) {
    return;
  }
}

}  // namespace

std::unique_ptr<CohortTarget> createPostgresTarget(const std::string& url) {
  auto target = std::make_unique<PostgresTarget>(url);
  target->begin();
  return target;
}

}  // namespace fusemoe
