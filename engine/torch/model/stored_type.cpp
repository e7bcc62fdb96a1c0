#include "torch/model/stored_type.h"

#include <algorithm>

#include "torch/model/parameters.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kAlignment = 64;

}  // namespace

at::ScalarType scalarTypeOf(WeightType type) {
  return type == WeightType::BF16 ? at::kBFloat16 : type == WeightType::F16 ? at::kHalf : at::kFloat;
}

std::string_view nameOfType(at::ScalarType type) {
  switch (type) {
    case at::kFloat:
      return "f32";
    case at::kBFloat16:
      return "bf16";
    case at::kHalf:
      return "f16";
    case at::kDouble:
      return "f64";
    default:
      return at::isIntegralType(type, true) ? "integers" : "others";
  }
}

at::ScalarType storedType(const std::string& parameter, WeightType type) {
  return isExpertWeight(parameter) ? scalarTypeOf(type) : at::kFloat;
}

void orderForAlignment(std::vector<TensorEntry>& entries) {
  std::stable_partition(entries.begin(), entries.end(), [](const TensorEntry& entry) {
    auto bytes = static_cast<std::int64_t>(c10::elementSize(entry.type));
    for (const std::int64_t dimension : entry.shape) bytes *= dimension;
    return bytes % kAlignment == 0;
  });
}

}  // namespace fusemoe
