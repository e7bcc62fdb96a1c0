#pragma once

#include <soci/soci.h>

#include <memory>
#include <string>

#include "base/database_url.h"
#include "base/result.h"

struct pg_conn;

// Inside engine/cohort only: PostgreSQL's connections and error codes. Built without it, every opening fails with a
// sentence.
namespace fusemoe {

/// Connects for reading alone to the schema that holds the cohort. Throws soci::soci_error: an address that cannot be
/// read, no server, no such database or cohort, wrong password, no right to read.
std::unique_ptr<soci::session> openPostgresForReading(const std::string& url);

/// Connects, with no schema chosen. Throws soci::soci_error.
std::unique_ptr<soci::session> connectPostgres(const DatabaseUrl& url);

/// A location taken apart, its cohort's name checked. Throws DatabaseFailure.
DatabaseUrl postgresUrl(const std::string& location);

/// Schemas of these names are our own: new ones while they are written, old ones until nobody reads them.
inline constexpr std::string_view kReservedNames = "fusemoe_";

/// libpq's connection behind SOCI's session.
pg_conn* connectionOf(soci::session& session);

/// The number of the schema that has the cohort's name now; a new import gives it a new one. Empty where it is gone.
std::string postgresIdentity(soci::session& session);

bool postgresIsLost(soci::session& session);

/// The server's exception in words. `shown` is the URL without password.
Error postgresError(const std::string& shown, const soci::soci_error& exception);

/// A name as SQL writes it, whatever is in it.
std::string quotedName(const std::string& name);

}  // namespace fusemoe
