#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "base/result.h"

namespace fusemoe {

using TensorMap = std::map<std::string, at::Tensor>;

/// A .safetensors file: 8-byte little-endian header length, JSON header, raw data.
/// https://github.com/huggingface/safetensors#format
struct SafeTensors {
  std::map<std::string, std::string> metadata;
  TensorMap tensors;
};

/// Maps the file; tensors point into the mapping and keep it alive, so opening copies nothing. Bounded: the header is
/// at most 100 MB and every size is checked against the file. Errors name the file and the tensor.
Result<SafeTensors> readSafeTensors(const std::string& path);

/// Writes atomically, tensors in name order after a header padded to 64 bytes, float32. Same content -> same bytes.
Result<void> writeSafeTensors(const std::string& path, const SafeTensors& content);

}  // namespace fusemoe
