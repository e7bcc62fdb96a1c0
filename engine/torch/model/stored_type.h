#pragma once

#include <c10/core/ScalarType.h>

#include <string>
#include <string_view>
#include <vector>

#include "api/model_files.h"
#include "torch/model/safetensors.h"

namespace fusemoe {

at::ScalarType scalarTypeOf(WeightType type);

/// "f32", "bf16", "f16", "f64"; of types no network computes with "integers" or "others".
std::string_view nameOfType(at::ScalarType type);

/// How our format stores a parameter where `type` is asked for: matrices of experts in that type, all else in float32.
/// Experts are nearly all bytes of a large model, and each is one product, whose rounding does not add up over layers;
/// norms, biases, routers (whose logits decide which expert is chosen), embeddings of time, position, type and missing
/// modalities, attention and encoders are few bytes and stay exact.
at::ScalarType storedType(const std::string& parameter, WeightType type);

/// Puts entries whose size is a multiple of 64 bytes first, so that all those begin at one: read in place, aligned.
void orderForAlignment(std::vector<TensorEntry>& entries);

}  // namespace fusemoe
