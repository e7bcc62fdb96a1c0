#pragma once

#include <soci/soci.h>

#include <memory>
#include <new>
#include <string>
#include <utility>

#include "base/database_url.h"
#include "base/result.h"

// Inside engine/cohort only: what tells one database behind SOCI from the other.
namespace fusemoe {

/// An error of a database whose sentence is known where it is thrown.
class DatabaseFailure : public soci::soci_error {
 public:
  explicit DatabaseFailure(Error said) : soci::soci_error(said.what), error(std::move(said)) {}
  Error error;
};

bool isPostgres(const soci::session& session);

/// Opens an existing cohort, a file or a database URL, for reading alone; nothing in it is trusted. Throws
/// soci::soci_error.
std::unique_ptr<soci::session> openForReading(const std::string& location);

/// What tells the cohort that a session reads from one put in its place since: empty for a file, which stays what it is
/// while it is open. Throws soci::soci_error.
std::string identityOf(soci::session& session);

/// True if nothing can be asked of the session any more, and a new one may help.
bool isLost(soci::session& session);

/// A database's exception as an Error about the cohort at `shown`, a location without password.
Error databaseError(const std::string& shown, const soci::soci_error& exception);

/// Runs `action` (returning a Result) and turns what the database throws into an Error.
template <class Action>
auto guarded(const std::string& shown, Action&& action) -> decltype(action()) {
  try {
    return std::forward<Action>(action)();
  } catch (const soci::soci_error& exception) {
    return failure(databaseError(shown, exception));
  } catch (const std::bad_alloc&) {
    return failure("Not enough memory to work on " + shown + ".", "Close other programs and try again.");
  }
}

}  // namespace fusemoe
