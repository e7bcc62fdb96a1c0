#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "torch/model/archive/pickle_value.h"

namespace fusemoe {

/// Reads a pickle of protocol 2 to 5 as data: whatever it would call stays a Call, nothing is imported or run.
/// Bounded: 16 MiB of bytes, 2 million values; time and memory grow with the bytes, however they refer to each other.
/// The answer's texts lie in `bytes`. `what` begins messages. Errors: truncated, malformed, too large, or an opcode
/// that these protocols do not have. https://github.com/python/cpython/blob/main/Lib/pickletools.py
Result<Pickle> readPickle(std::string_view bytes, const std::string& what);

}  // namespace fusemoe
