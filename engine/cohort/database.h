#pragma once

#include <soci/soci.h>

#include <memory>
#include <new>
#include <string>
#include <utility>

#include "base/result.h"

// Inside engine/cohort only: the one place that knows which database is behind SOCI.
namespace fusemoe {

/// Opens an existing SQLite file for reading alone; nothing in the file is trusted. Throws soci::soci_error.
std::unique_ptr<soci::session> openForReading(const std::string& path);

/// Creates a SQLite file tuned for one bulk load that is thrown away when it fails. Throws soci::soci_error.
std::unique_ptr<soci::session> createForWriting(const std::string& path);

/// A database's exception as an Error about the file at `path`.
Error databaseError(const std::string& path, const soci::soci_error& exception);

/// Runs `action` (returning a Result) and turns what the database throws into an Error.
template <class Action>
auto guarded(const std::string& path, Action&& action) -> decltype(action()) {
  try {
    return std::forward<Action>(action)();
  } catch (const soci::soci_error& exception) {
    return failure(databaseError(path, exception));
  } catch (const std::bad_alloc&) {
    return failure("Not enough memory to work on " + path + ".", "Close other programs and try again.");
  }
}

}  // namespace fusemoe
