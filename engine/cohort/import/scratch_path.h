#pragma once

#include <string>

// Inside engine/cohort only: where an import keeps what does not fit into memory.
namespace fusemoe {

/// A path for a temporary file beside `output`, or in TMPDIR where that is a database URL: no two are equal, neither of
/// one process nor of several. It shows nothing of a URL, which may hold a password.
std::string scratchPath(const std::string& output);

}  // namespace fusemoe
