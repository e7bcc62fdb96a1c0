#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "base/result.h"

namespace fusemoe {

/// Writes a file whole or not at all: into a temporary beside it, flushed to disk, then renamed over `path`.
/// On any error, or when `write` returns one, the old file is left as it was and the temporary is removed.
Result<void> writeFileAtomically(const std::string& path, const std::function<Result<void>(std::ostream&)>& write);

/// A temporary path beside `path` for writers that need a file name of their own (SQLite): process-unique.
std::string temporaryBeside(const std::string& path);

/// Flushes `temporary` to disk and renames it over `path`; removes it on failure.
Result<void> commitFile(const std::string& temporary, const std::string& path);

}  // namespace fusemoe
