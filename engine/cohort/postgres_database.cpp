#include "cohort/postgres_database.h"

#include <libpq-fe.h>
#include <poll.h>
#include <soci/postgresql/soci-postgresql.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>

#include "cohort/database.h"

namespace fusemoe {
namespace {

constexpr int kConnectSeconds = 10;
constexpr std::size_t kLongestName = 63;  // PostgreSQL cuts longer ones
constexpr int kOldestServer = 120000;     // as PQserverVersion counts: 12.0

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

struct Settings {
  std::string text = "postgresql://";  ///< of the connection: every option behind the ?
  int seconds = kConnectSeconds;
};

/// Adds an option with everything unusual percent-encoded, since SOCI cuts connection strings at spaces and quotes.
void append(std::string& text, const char* key, const std::string& value) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  text += text.ends_with('/') ? '?' : '&';
  text.append(key).append("=");
  for (const char c : value) {
    if (kPlain.find(c) != std::string_view::npos) {
      text += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      text += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
}

/// What libpq makes of the URL, with what we add. Its own message is not passed on, since it may repeat the password.
Settings settingsOf(const DatabaseUrl& url) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.connection.c_str(), &message), &PQconninfoFree);
  PQfreemem(message);
  if (!options)
    throw DatabaseFailure({"The address " + url.shown + " has an option that libpq does not know, or cannot be read.",
                           "Write it as postgresql://user@host:5432/database?cohort=name.", ""});
  Settings settings;
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
    if (!option->val || !std::strcmp(option->keyword, "client_encoding")) continue;
    if (!std::strcmp(option->keyword, "connect_timeout")) {
      std::from_chars(option->val, option->val + std::strlen(option->val), settings.seconds);
      if (settings.seconds < 1) settings.seconds = kConnectSeconds;
    } else {
      append(settings.text, option->keyword, option->val);
    }
  }
  append(settings.text, "connect_timeout", std::to_string(settings.seconds));
  append(settings.text, "client_encoding", "UTF8");
  append(settings.text, "fallback_application_name", "fusemoe");
  return settings;
}

/// The SQLSTATE in a verbose message ("FATAL:  28P01: …"), which is in the server's language but for that, or empty.
std::string stateIn(const std::string& message) {
  const auto isState = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
  for (std::size_t at = message.find(":  "); at != std::string::npos; at = message.find(":  ", at + 1)) {
    const std::string state = message.substr(at + 3, 5);
    if (state.size() == 5 && std::ranges::all_of(state, isState) && message.substr(at + 8, 2) == ": ") return state;
  }
  return {};
}

std::string firstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

Error connectionError(const std::string& shown, PGconn* connection, bool inTime, int seconds) {
  const std::string detail = firstLine(PQerrorMessage(connection));
  const std::string state = stateIn(detail);
  if (PQconnectionNeedsPassword(connection))
    return {"The server of " + shown + " asks for a password.",
            "Give it in PGPASSWORD or ~/.pgpass, or type it where the database is opened.", detail};
  if (state == "28P01") return {"The server refuses the user or the password of " + shown + ".", "Check both.", detail};
  if (state == "28000")
    return {"The server does not let the user of " + shown + " in.", "Ask its administrator (pg_hba.conf).", detail};
  if (state == "3D000")
    return {"The server has no database of the name in " + shown + ".", "Check the name, or create it (createdb).",
            detail};
  if (state == "42501")
    return {"You may not connect to " + shown + ".", "Ask the administrator for the right.", detail};
  if (state == "53300") return {"The server of " + shown + " has no connection free.", "Try again later.", detail};
  if (state == "57P03")
    return {"The server of " + shown + " is starting or stopping.", "Try again in a moment.", detail};
  if (!inTime)
    return {"The server of " + shown + " did not answer within " + std::to_string(seconds) + " s.",
            "Check host, port and network.", detail};
  return {"The server of " + shown + " cannot be reached.", "Check host and port, and that the server is running.",
          detail};
}

/// Connects and lets go again, to tell why a connection fails. SOCI's own connecting gives a message alone, in any
/// language; here the server's code is in it.
void probe(const DatabaseUrl& url, const Settings& settings) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(settings.seconds);
  const Connection connection(PQconnectStart(settings.text.c_str()), &PQfinish);
  if (!connection) throw std::bad_alloc();
  PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
  bool inTime = true;
  auto status = PQstatus(connection.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (inTime && status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
    pollfd socket{PQsocket(connection.get()), static_cast<short>(status == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                  0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    inTime = left > 0 && ::poll(&socket, 1, static_cast<int>(left)) != 0;
    if (inTime) status = PQconnectPoll(connection.get());
  }
  if (status != PGRES_POLLING_OK)
    throw DatabaseFailure(connectionError(url.shown, connection.get(), inTime, settings.seconds));
  if (PQserverVersion(connection.get()) < kOldestServer)
    throw DatabaseFailure({"The server of " + url.shown + " is too old.", "PostgreSQL 12 or later is needed.",
                           "server version " + std::to_string(PQserverVersion(connection.get()))});
}

}  // namespace

DatabaseUrl postgresUrl(const std::string& location) {
  Result<DatabaseUrl> url = parseDatabaseUrl(location);
  if (!url) throw DatabaseFailure(url.error());
  const std::string& name = url->cohort;
  const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 32; };
  if (name.empty() || name.size() > kLongestName || std::ranges::any_of(name, isControl) || name.starts_with("pg_") ||
      name.starts_with(kReservedNames) || name == "information_schema")
    throw DatabaseFailure({"\"" + name + "\" cannot be the name of a cohort in a database.",
                           "Take 1 to 63 bytes of text that do not begin with pg_ or fusemoe_.", ""});
  return std::move(*url);
}

PGconn* connectionOf(soci::session& session) {
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

std::unique_ptr<soci::session> connectPostgres(const DatabaseUrl& url) {
  const Settings settings = settingsOf(url);
  probe(url, settings);
  auto session = std::make_unique<soci::session>(soci::postgresql, settings.text);
  // Notices would be printed on stderr.
  PQsetNoticeProcessor(
      connectionOf(*session), [](void*, const char*) {}, nullptr);
  *session << "SET standard_conforming_strings TO on";
  *session << "SET bytea_output TO hex";
  *session << "SET statement_timeout TO 0";
  *session << "SET idle_in_transaction_session_timeout TO 0";
  *session << "SET jit TO off";
  return session;
}

std::unique_ptr<soci::session> openPostgresForReading(const std::string& location) {
  const DatabaseUrl url = postgresUrl(location);
  auto session = connectPostgres(url);
  int allowed = 0;
  *session << "SELECT CAST(has_schema_privilege(oid, 'USAGE') AS integer) FROM pg_namespace WHERE nspname = :name",
      soci::into(allowed), soci::use(url.cohort, "name");
  if (!session->got_data())
    throw DatabaseFailure({"There is no cohort \"" + url.cohort + "\" in the database " + url.shown + ".",
                           "Name another with ?cohort=, or write it with `fusemoe import` or `fusemoe cohort copy`.",
                           ""});
  if (!allowed)
    throw DatabaseFailure({"You may not read the cohort " + url.shown + ".",
                           "Its owner can GRANT you USAGE on its schema and SELECT on its tables.", ""});
  *session << "SELECT set_config('fusemoe.cohort', :name, false)", soci::use(url.cohort, "name");
  *session << "SET search_path TO " + quotedName(url.cohort);
  *session << "SET default_transaction_read_only TO on";
  return session;
}

std::string postgresIdentity(soci::session& session) {
  std::string id;
  session << "SELECT CAST(oid AS text) FROM pg_namespace WHERE nspname = current_setting('fusemoe.cohort')",
      soci::into(id);
  return session.got_data() ? id : std::string();
}

bool postgresIsLost(soci::session& session) {
  // libpq may not have seen the end yet when the server has said its last word; so it is asked.
  return !session.get_backend()->is_connected();
}

std::string quotedName(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

Error postgresError(const std::string& shown, const soci::soci_error& exception) {
  const auto* server = dynamic_cast<const soci::postgresql_soci_error*>(&exception);
  const std::string state = server ? server->sqlstate() : std::string();
  const std::string kind = state.substr(0, std::min<std::size_t>(2, state.size()));
  // What follows the first line may quote the data.
  const std::string detail = firstLine(exception.what());
  if (state == "     " || kind == "08" || state == "57P01" || state == "57P02" || state == "25P03")
    return {"The connection to " + shown + " was lost.", "Check the server and the network, then try again.", detail};
  if (state == "42501")
    return {"You may not do that in " + shown + ".", "Ask the administrator of the database for the right.", detail};
  if (state == "42P01" || state == "3F000" || state == "42703")
    return {"The cohort " + shown + " is no longer there, or no longer as it was.", "Open it again.", detail};
  if (kind == "53")
    return {"The server of " + shown + " has no space or memory left.", "Ask its administrator.", detail};
  if (state == "22021" || state == "22P05" || state == "22P02")
    return {"The database " + shown + " cannot hold a text of this cohort.",
            "It must be of encoding UTF8, and the text UTF-8 without NUL.", detail};
  if (state == "25006")
    return {"The server of " + shown + " is read-only.", "Write to the primary server, not to a standby.", detail};
  if (state == "57014") return {"The server of " + shown + " broke off what was asked.", "Try again.", detail};
  return {"The database " + shown + " does not answer as a cohort should.", "Copy or import the cohort again.", detail};
}

}  // namespace fusemoe
