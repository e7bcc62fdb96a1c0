#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "base/result.h"

namespace fusemoe {

/// A tensor's numbers, row-major.
inline std::vector<float> floats(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.to(at::kCPU, at::kFloat).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

inline constexpr const char* kNotFinite = "The model's prediction is not a finite number.";

/// Error where a prediction is not finite.
inline Result<void> checkFinite(std::span<const float> probability) {
  if (std::all_of(probability.begin(), probability.end(), [](float p) { return std::isfinite(p); })) return {};
  return failure(kNotFinite,
                 "Its weights may have diverged; use another checkpoint.");
}

}  // namespace fusemoe
