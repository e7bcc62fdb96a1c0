#include "torch/machine/matrix_rate.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace fusemoe {
namespace {

constexpr int kSmallest = 16, kLargest = 8192;
constexpr double kBudgetSeconds = 0.3;
constexpr int kFewestProducts = 5;

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Seconds of one product, until its numbers are there: reading one waits for a device that computes on its own.
double secondsOfProduct(at::Tensor& out, const at::Tensor& a, const at::Tensor& b) {
  const auto start = Clock::now();
  at::mm_out(out, a, b);
  if (!out.is_cpu()) (void)out[0][0].item<float>();
  return secondsSince(start);
}

}  // namespace

Result<double> measureMatrixProductRate(int size, c10::Device device) {
  if (size < kSmallest || size > kLargest)
    return failure("A matrix of " + std::to_string(size) + " rows is not measured.",
                   "Choose from " + std::to_string(kSmallest) + " to " + std::to_string(kLargest) + ".");
  const c10::InferenceMode inference;
  const at::TensorOptions options = at::TensorOptions(at::kFloat).device(device);
  // Not zeros: denormal or equal numbers may be faster or slower than those of a network.
  const at::Tensor a = at::linspace(-1.0, 1.0, std::int64_t{size} * size, options).view({size, size});
  const at::Tensor b = a.t().contiguous();
  at::Tensor out = at::empty({size, size}, options);
  secondsOfProduct(out, a, b);
  double best = std::numeric_limits<double>::infinity();
  const auto start = Clock::now();
  for (int i = 0; i < kFewestProducts || secondsSince(start) < kBudgetSeconds; ++i)
    best = std::min(best, secondsOfProduct(out, a, b));
  return 2.0 * size * size * size / best;
}

}  // namespace fusemoe
