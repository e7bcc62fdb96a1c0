#include "cohort/sqlite_database.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>

namespace fusemoe {
namespace {

/// A SQLite URI for `path`. Everything unusual is percent-encoded, since SOCI cuts its connection string at spaces,
/// quotes and '='.
std::string uriOf(const std::string& path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-";
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return uri;
}

}  // namespace

std::unique_ptr<soci::session> openSqliteForReading(const std::string& path) {
  auto session = std::make_unique<soci::session>(soci::sqlite3, "dbname=" + uriOf(path) + "?mode=ro readonly=true");
  *session << "PRAGMA query_only = ON";
  *session << "PRAGMA trusted_schema = OFF";
  *session << "PRAGMA cell_size_check = ON";
  return session;
}

std::unique_ptr<soci::session> createSqliteForWriting(const std::string& path) {
  auto session = std::make_unique<soci::session>(soci::sqlite3, "dbname=" + uriOf(path) + "?mode=rwc");
  *session << "PRAGMA page_size = 4096";
  *session << "PRAGMA encoding = 'UTF-8'";
  *session << "PRAGMA auto_vacuum = NONE";
  *session << "PRAGMA synchronous = OFF";
  // SQLite answers with the mode it took; SOCI wants the row fetched.
  std::string mode;
  *session << "PRAGMA journal_mode = OFF", soci::into(mode);
  return session;
}

std::unique_ptr<soci::session> openSqliteForAppending(const std::string& path, MissingFile missing) {
  const std::string mode = missing == MissingFile::Create ? "rwc" : "rw";
  auto session = std::make_unique<soci::session>(soci::sqlite3, "dbname=" + uriOf(path) + "?mode=" + mode);
  *session << "PRAGMA trusted_schema = OFF";
  *session << "PRAGMA synchronous = NORMAL";
  std::string locking;
  *session << "PRAGMA locking_mode = EXCLUSIVE", soci::into(locking);
  return session;
}

Error sqliteError(const std::string& path, const soci::soci_error& exception) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&exception);
  const std::string detail = exception.what();
  switch (sqlite ? sqlite->result() & 0xff : 0) {
    case SQLITE_NOTADB:
      return {path + " is not a cohort database.", "Choose a file written by `fusemoe import`.", detail};
    case SQLITE_CORRUPT:
      return {path + " is damaged.", "Copy or import the cohort again.", detail};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return {path + " cannot be opened.", "Check that the folder exists and that you may use it.", detail};
    case SQLITE_FULL:
      return {"There is no space left to write " + path + ".", "Free some space on the disk and try again.", detail};
    case SQLITE_IOERR:
      return {"Reading or writing " + path + " failed.", "Check the disk.", detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {path + " is in use by another program.", "Close that program and try again.", detail};
    default:
      return {"The database " + path + " does not answer as a cohort should.", "Copy or import the cohort again.",
              detail};
  }
}

}  // namespace fusemoe
