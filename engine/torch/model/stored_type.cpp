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
