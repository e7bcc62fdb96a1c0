#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Inside engine/cohort only: the headers of .npy and .safetensors, parsed as data, never evaluated.
namespace fusemoe {

enum class ElementType { Float16, BFloat16, Float32, Float64, Int32, Int64 };
std::int64_t bytesOf(ElementType type);

/// Where an array of one or two dimensions lies in a file: row-major, little-endian.
struct ArrayLayout {
  std::string name;  ///< empty for the one array of a .npy file
  ElementType type = ElementType::Float32;
  std::int64_t rows = 0;
  std::int64_t width = 0;   ///< 1 where the array has one dimension
  std::int64_t offset = 0;  ///< of its first byte in the file
  std::int64_t bytes() const { return rows * width * bytesOf(type); }
};

inline constexpr std::size_t kMaxArrayHeader = 16 << 20;
inline constexpr std::int64_t kMaxVectorWidth = 1 << 20;

/// The .npy header (versions 1 to 3) at the start of `bytes`, which hold at least as much of the file as the header
/// has, or all of it. Errors, as a bare reason: no .npy, cut off, a type other than '<f2', '<f4', '<f8', '<i4', '<i8',
/// Fortran order, other than one or two dimensions, absurd sizes.
tl::expected<ArrayLayout, std::string> parseNpyHeader(std::string_view bytes);

/// The arrays of a .safetensors file, from its JSON header (without the eight bytes of its length) and the file's size;
/// those of another type or with other than one or two dimensions are left out. Errors, as a bare reason: no JSON, an
/// entry that is incomplete or lies outside the file.
tl::expected<std::vector<ArrayLayout>, std::string> parseSafetensorsHeader(std::string_view json,
                                                                           std::int64_t fileBytes);

}  // namespace fusemoe
