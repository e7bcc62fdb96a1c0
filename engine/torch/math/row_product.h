#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <stop_token>

namespace fusemoe {

/// y[t, o] = Σ_i x[t, i]·w[o, i] + b[o] on the CPU. Weights stay as they are stored, float32, bfloat16 or float16, and
/// are read once however many tokens there are (up to 64 at a time), in rows one behind the other: few tokens run at
/// the speed of memory, many at that of arithmetic. Sums are taken in float32, each in an order that follows from the
/// number of inputs alone: a token's numbers are the same to the bit whatever other tokens come with it and however
/// many threads compute. (Neither holds for BLAS, whose kernels follow from the sizes.)
struct RowProduct {
  at::Tensor x;       ///< [tokens, in] float32, contiguous
  at::Tensor weight;  ///< [out, in] float32, bfloat16 or float16, contiguous
  at::Tensor bias;    ///< [out] float32, contiguous; undefined = none
  at::Tensor y;       ///< [tokens, out] float32, contiguous; is written
};

/// Computes several products side by side, all threads of LibTorch sharing their rows; within a parallel region on the
/// calling thread. Once a stop is requested the rest is left out: what is then in `y` means nothing.
void compute(std::span<const RowProduct> products, const std::stop_token& stop = {});

/// x [..., in] on the last dimension -> [..., out].
at::Tensor rowProduct(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

/// x [..., rows, in] and w [..., columns, in], as many matrices each -> x·wᵀ [..., rows, columns]. All float32.
at::Tensor rowProducts(const at::Tensor& x, const at::Tensor& w);

}  // namespace fusemoe
