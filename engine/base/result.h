#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace fusemoe {

/// What went wrong in the field (file, shape, version, database), said to a person.
struct Error {
  std::string what;    ///< a sentence: what failed and where
  std::string hint;    ///< the next step for the user; may be empty
  std::string detail;  ///< technical text for the log; may be empty

  /// The one line a command prints: `what`, then `hint` where there is one.
  std::string line() const { return hint.empty() ? what : what + " " + hint; }
};

/// A value or the Error that prevented it. Programmer mistakes assert instead.
template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(std::string what, std::string hint = {}, std::string detail = {}) {
  return tl::unexpected<Error>(Error{std::move(what), std::move(hint), std::move(detail)});
}
inline tl::unexpected<Error> failure(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace fusemoe
