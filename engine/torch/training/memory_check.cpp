#include "torch/training/memory_check.h"

#include "base/memory.h"
#include "torch/model/parameters.h"

namespace fusemoe {
namespace {

/// Weights, gradient, two moments, the best weights so far and their average: what training holds of each number.
constexpr double kCopies = 6;

std::string gigabytes(double bytes) {
  return std::to_string(bytes / 1e9).substr(0, 5) + " GB";
}

}  // namespace

Result<void> checkTrainingMemory(const ModelConfig& config) {
  double needed = 0;
  for (const ParameterSpec& spec : parameterLayout(config)) {
    double bytes = sizeof(float) * kCopies;
    for (const std::int64_t dimension : spec.shape) bytes *= static_cast<double>(dimension);
    needed += bytes;
  }
  const auto available = static_cast<double>(availableMemory());
  if (available <= 0 || needed <= available) return {};
  return failure(
      "Training this model takes about " + gigabytes(needed) + " of memory; " + gigabytes(available) + " are free.",
      "Close other programs, or make the model smaller (experts, expert_hidden, layers).");
}

}  // namespace fusemoe
