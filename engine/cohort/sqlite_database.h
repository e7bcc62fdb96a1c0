#pragma once

#include <soci/soci.h>

#include <memory>
#include <string>

#include "base/result.h"

// Inside engine/cohort only: SQLite's connections and error codes.
namespace fusemoe {

/// Opens an existing SQLite file for reading alone. Throws soci::soci_error.
std::unique_ptr<soci::session> openSqliteForReading(const std::string& path);

/// Creates a SQLite file tuned for one bulk load that is thrown away when it fails. Throws soci::soci_error.
std::unique_ptr<soci::session> createSqliteForWriting(const std::string& path);

/// Opens a SQLite file that grows transaction by transaction and outlives the end of the program in the middle of one;
/// creates it if asked. Nobody else can use it meanwhile. Throws soci::soci_error.
enum class MissingFile { Create, Refuse };
std::unique_ptr<soci::session> openSqliteForAppending(const std::string& path, MissingFile missing);

/// SQLite's exception in words.
Error sqliteError(const std::string& path, const soci::soci_error& exception);

}  // namespace fusemoe
