#pragma once

#include <cstdint>

namespace fusemoe {

/// Bytes that programs can still take without another being ended or swapped out (Linux: MemAvailable); 0 = unknown.
std::int64_t availableMemory();

}  // namespace fusemoe
