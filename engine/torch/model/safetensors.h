#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "torch/model/mapped_file.h"

namespace fusemoe {

using TensorMap = std::map<std::string, at::Tensor>;

/// A .safetensors file: 8-byte little-endian header length, JSON header, raw data.
/// https://github.com/huggingface/safetensors#format
struct SafeTensors {
  std::map<std::string, std::string> metadata;
  TensorMap tensors;
  std::shared_ptr<const MappedFile> file = nullptr;  ///< that the tensors point into; null where they do not
};

/// Maps the file; tensors point into the mapping and keep it alive, so opening copies nothing. Bounded: the header is
/// at most 100 MB and every size is checked against the file. Errors name the file and the tensor.
Result<SafeTensors> readSafeTensors(const std::string& path);

/// A tensor that is to be written.
struct TensorEntry {
  std::string name;
  std::vector<std::int64_t> shape;
  at::ScalarType type = at::kFloat;
};

/// Writes atomically, entries in their order after a header padded to 64 bytes: asks for one tensor at a time, of the
/// entry's shape and any floating-point type, so memory stays flat. An error of `tensorOf` leaves the old file as it
/// was.
Result<void> writeSafeTensors(const std::string& path, const std::map<std::string, std::string>& metadata,
                              const std::vector<TensorEntry>& entries,
                              const std::function<Result<at::Tensor>(const TensorEntry&)>& tensorOf);
/// The same of tensors in memory, in name order, as float32. Same content -> same bytes.
Result<void> writeSafeTensors(const std::string& path, const SafeTensors& content);

}  // namespace fusemoe
