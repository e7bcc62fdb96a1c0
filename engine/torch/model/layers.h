#pragma once

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>
#include <string>

#include "torch/math/row_product.h"
#include "torch/model/noise.h"
#include "torch/model/safetensors.h"

namespace fusemoe {

/// Predictions on the CPU (InferenceMode) are computed by our own products, whose numbers do not depend on the batch;
/// training, parity with the authors' code and other devices by LibTorch's.
inline bool predictsOnCpu(const at::Tensor& x) {
  return c10::InferenceMode::is_enabled() && x.is_cpu();
}

/// y = x Wᵀ + b on the last dimension. A view of parameters: copying it copies no numbers.
struct Linear {
  at::Tensor weight;  ///< [out, in]
  at::Tensor bias;    ///< [out]
  Linear() = default;
  Linear(const TensorMap& parameters, const std::string& name)
      : weight(parameters.at(name + ".weight")), bias(parameters.at(name + ".bias")) {}
  at::Tensor operator()(const at::Tensor& x) const {
    return predictsOnCpu(x) ? rowProduct(x, weight, bias) : at::linear(x, weight.to(x.scalar_type()), bias);
  }
};

/// Layer norm over the last dimension, ε = 1e-5.
struct LayerNorm {
  at::Tensor weight, bias;  ///< [width]
  LayerNorm() = default;
  LayerNorm(const TensorMap& parameters, const std::string& name)
      : weight(parameters.at(name + ".weight")), bias(parameters.at(name + ".bias")) {}
  at::Tensor operator()(const at::Tensor& x) const { return at::layer_norm(x, weight.sizes(), weight, bias); }
};

/// GELU by erf, written out: LibTorch 1.13's own goes through oneDNN, whose backward gives non-finite gradients at
/// random.
inline at::Tensor erfGelu(const at::Tensor& x) {
  return 0.5 * x * (1.0 + at::erf(x * M_SQRT1_2));
}

/// Dropout that draws from `generator` where one is given, and is the identity otherwise. The first dimension of x
/// holds whole samples.
inline at::Tensor dropout(const at::Tensor& x, double rate, NoiseGenerator* generator) {
  if (!generator || rate <= 0) return x;
  return x * generator->keep(x, rate);
}

}  // namespace fusemoe
