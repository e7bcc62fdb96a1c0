#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace fusemoe {

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);
/// SHA-256 of a file, read in blocks. Error: cannot be opened or read.
Result<std::string> sha256File(const std::string& path);

}  // namespace fusemoe
