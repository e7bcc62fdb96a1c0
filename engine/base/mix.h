#pragma once

#include <cstdint>

namespace fusemoe {

/// SplitMix64 (Steele, Lea, Flood 2014): a well-mixed 64-bit hash of one number, the same on every platform.
constexpr std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

/// [0, 1), from a hash.
constexpr double unitFrom(std::uint64_t hash) {
  return static_cast<double>(hash >> 11) * 0x1p-53;
}

}  // namespace fusemoe
