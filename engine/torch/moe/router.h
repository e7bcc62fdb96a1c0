#pragma once

#include <ATen/core/Tensor.h>

#include "api/model_config.h"
#include "torch/model/noise.h"
#include "torch/moe/moe_change.h"

namespace fusemoe {

/// Gate logits of tokens x [T, d] on gate vectors W [d, S] (columns W_i): softmax xᵀW_i, Laplace −‖x−W_i‖₂, Gaussian
/// −‖x−W_i‖₂² -> [T, S]. Distances are taken from differences, so they stay exact when token and gates shift together,
/// and have gradient 0 where x = W_i.
at::Tensor gateLogits(Gate gate, const at::Tensor& tokens, const at::Tensor& gateVectors);

/// What one router decides for T tokens among S experts, K kept.
struct Routing {
  at::Tensor logits;   ///< [T, S], without noise; −inf where a change excludes the expert
  at::Tensor dense;    ///< [T, S], softmax over all S
  at::Tensor experts;  ///< [T, K] int64, descending logits (with noise in training)
  at::Tensor weights;  ///< [T, K], softmax over the kept logits
  at::Tensor load;     ///< [S]: smooth expected number of tokens under noise, else the count of tokens that kept it
};

/// What follows from logits [T, S] alone, without noise.
Routing routingOf(const at::Tensor& logits, int topK);

/// Routes tokens [T, d]. `noiseVectors` [d, S] and a generator make gating noisy (training; Shazeer 2017):
/// logits + N(0,1)·(softplus(x·W_noise) + 0.01).
Routing route(Gate gate, int topK, const at::Tensor& tokens, const at::Tensor& gateVectors,
              const at::Tensor& noiseVectors, NoiseGenerator* noise, const RoutingChange& change = {});

}  // namespace fusemoe
