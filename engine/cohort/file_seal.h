#pragma once

#include <string>

#include "base/result.h"

// Inside engine/cohort only.
namespace fusemoe {

// A cohort file says in `meta` what its content's digest is. Whether it still has that content is told by a seal: the
// first four bytes of the SHA-256 of the whole file, taken with the seal's own place zero, which is SQLite's
// user_version (bytes 60 to 63 of the header). Any change to the file breaks it.

/// Seals a finished SQLite file. Errors: cannot be read or written.
Result<void> sealFile(const std::string& path);

struct FileDigest {
  std::string sha256;   ///< of the file, with the seal's place zero
  bool sealed = false;  ///< the seal is there and unbroken
};
/// One pass over the file. Error: cannot be read.
Result<FileDigest> digestFile(const std::string& path);

}  // namespace fusemoe
