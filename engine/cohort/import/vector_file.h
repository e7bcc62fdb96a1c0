#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fusemoe {

/// An array of a VectorFile: [rows, width], or [rows] with width 1.
struct VectorArray {
  std::string name;  ///< "" in a .npy file; a member of a .npz without its ".npy"; a tensor's name
  std::int64_t rows = 0;
  std::int64_t width = 0;
  bool isInteger = false;
};

/// Arrays of numbers as NumPy and the like write them, read row by row in any order and in constant memory:
/// .npy ('<f2', '<f4', '<f8', '<i4', '<i8', C order), .npz (stored or deflated: unpacked into a temporary file without
/// a name first) and .safetensors (F16, BF16, F32, F64, I32, I64). Nothing in the file is evaluated; sizes are checked
/// against the file. Errors name file and array. One thread.
class VectorFile {
 public:
  /// Which kind it is, the name's end says. `scratchBeside`: the path of the output, beside which a .npz is unpacked.
  /// Errors: no such file, damaged, an unknown kind, no array; stopped.
  static Result<VectorFile> open(const std::string& path, const std::string& scratchBeside,
                                 const std::stop_token& stop);
  /// The arrays such a file has, from its headers alone: a .npz is not unpacked.
  static Result<std::vector<VectorArray>> list(const std::string& path, const std::stop_token& stop);
  VectorFile(VectorFile&&) noexcept;
  VectorFile& operator=(VectorFile&&) noexcept;
  ~VectorFile();

  /// In the file's order.
  const std::vector<VectorArray>& arrays() const;
  std::optional<std::size_t> arrayNamed(std::string_view name) const;

  /// Reads a row into `values`, made `width` long. Numbers too large for float32 become infinite. `row` must be one of
  /// the array. Error: the file was cut off meanwhile.
  Result<void> readRow(std::size_t array, std::int64_t row, std::vector<float>& values);
  /// The whole of an integer array of width 1 (keys, ids). Errors: another array; more than 100 M numbers.
  Result<std::vector<std::int64_t>> readIntegers(std::size_t array);

 private:
  struct State;
  explicit VectorFile(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace fusemoe
