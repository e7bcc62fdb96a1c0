#include "torch/math/row_product.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "torch/math/row_product_kernel.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kRowStep = 16, kTokenStep = 256;
constexpr std::int64_t kTaskSize = 1 << 20;      // multiplications of a task: some 50 µs
constexpr std::int64_t kWorthThreads = 1 << 19;  // below, waking threads costs more than they save

RowKernel chooseKernel() {
#if defined(FUSEMOE_ROW_KERNELS_X86)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return rowKernelAvx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c"))
    return rowKernelAvx2;
#endif
  return rowKernelGeneric;
}

RowType typeOf(const at::Tensor& weight) {
  switch (weight.scalar_type()) {
    case at::kFloat:
      return RowType::F32;
    case at::kBFloat16:
      return RowType::BF16;
    case at::kHalf:
      return RowType::F16;
    default:
      TORCH_CHECK(false, "weights of type ", weight.scalar_type());
  }
}

RowTask taskOf(const RowProduct& product) {
  TORCH_INTERNAL_ASSERT(product.x.is_contiguous() && product.weight.is_contiguous() && product.y.is_contiguous());
  TORCH_INTERNAL_ASSERT(product.x.size(1) == product.weight.size(1) && product.y.size(1) == product.weight.size(0) &&
                        product.x.size(0) == product.y.size(0));
  return {product.x.data_ptr<float>(),
          product.weight.data_ptr(),
          product.bias.defined() ? product.bias.data_ptr<float>() : nullptr,
          product.y.data_ptr<float>(),
          product.weight.size(1),
          product.weight.size(0),
          typeOf(product.weight),
          0,
          product.weight.size(0),
          0,
          product.x.size(0)};
}

void split(const RowTask& whole, std::vector<RowTask>& tasks) {
  const std::int64_t rowCost = std::max<std::int64_t>(1, std::min(whole.lastToken, kTokenStep) * whole.in);
  const std::int64_t rows = std::max<std::int64_t>(1, kTaskSize / rowCost / kRowStep) * kRowStep;
  for (std::int64_t token = 0; token < whole.lastToken; token += kTokenStep)
    for (std::int64_t row = 0; row < whole.lastRow; row += rows) {
      RowTask task = whole;
      task.firstRow = row;
      task.lastRow = std::min(whole.lastRow, row + rows);
      task.firstToken = token;
      task.lastToken = std::min(whole.lastToken, token + kTokenStep);
      tasks.push_back(task);
    }
}

/// Runs the tasks on as many threads as their multiplications are worth.
void run(const std::vector<RowTask>& tasks, std::int64_t cost, const std::stop_token& stop) {
  static const RowKernel kernel = chooseKernel();
  std::atomic<std::size_t> next = 0;
  const auto work = [&](std::int64_t, std::int64_t) {
    for (std::size_t i = next++; i < tasks.size() && !stop.stop_requested(); i = next++) kernel(tasks[i]);
  };
  const std::int64_t threads = cost < kWorthThreads ? 1 : at::get_num_threads();
  at::parallel_for(0, std::min(threads, static_cast<std::int64_t>(tasks.size())), 1, work);
}

}  // namespace

void compute(std::span<const RowProduct> products, const std::stop_token& stop) {
  std::vector<RowTask> tasks;
  std::int64_t cost = 0;
  for (const RowProduct& product : products) {
    const RowTask whole = taskOf(product);
    cost += whole.lastToken * whole.in * whole.out;
    split(whole, tasks);
  }
  run(tasks, cost, stop);
}

at::Tensor rowProduct(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  std::vector<std::int64_t> shape = x.sizes().vec();
  const std::int64_t in = shape.back();
  shape.back() = weight.size(0);
  const at::Tensor y = at::empty(shape, x.options());
  const RowProduct product{x.contiguous().view({-1, in}), weight.contiguous(), bias, y.view({-1, weight.size(0)})};
  compute({&product, 1});
  return y;
}

at::Tensor rowProducts(const at::Tensor& x, const at::Tensor& w) {
  const at::Tensor left = x.contiguous(), right = w.contiguous();
  const std::int64_t rows = x.size(-2), columns = w.size(-2), in = x.size(-1);
  std::vector<std::int64_t> shape = x.sizes().vec();
  shape.back() = columns;
  const at::Tensor y = at::empty(shape, x.options());
  const std::int64_t count = rows * in == 0 ? 0 : x.numel() / (rows * in);
  std::vector<RowTask> tasks;
  for (std::int64_t i = 0; i < count; ++i)
    tasks.push_back({left.data_ptr<float>() + i * rows * in, right.data_ptr<float>() + i * columns * in, nullptr,
                     y.data_ptr<float>() + i * rows * columns, in, columns, RowType::F32, 0, columns, 0, rows});
  run(tasks, count * rows * columns * in, {});
  return y;
}

}  // namespace fusemoe
