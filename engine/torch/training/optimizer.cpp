#include "torch/training/optimizer.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace fusemoe {
namespace {

constexpr std::int64_t kAlignment = 16;  // floats: every tensor starts on a cache line
constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-8;

}  // namespace

FlatParameters::FlatParameters(const TensorMap& initial, at::Device device) {
  std::int64_t total = 0;
  for (const auto& [name, tensor] : initial) {
    m_places[name] = {total, tensor.numel(), tensor.sizes().vec()};
    total += (tensor.numel() + kAlignment - 1) / kAlignment * kAlignment;
  }
  m_values = at::zeros({total}, at::TensorOptions(at::kFloat).device(device));
  m_gradient = at::zeros_like(m_values);
  for (const auto& [name, tensor] : named(m_values)) tensor.copy_(initial.at(name));
  const TensorMap gradients = named(m_gradient);
  for (const auto& [name, tensor] : named(m_values)) {
    at::Tensor leaf = tensor.detach().requires_grad_(true);
    leaf.mutable_grad() = gradients.at(name);
    m_leaves.emplace(name, leaf);
  }
}

TensorMap FlatParameters::named(const at::Tensor& flat) const {
  TensorMap views;
  for (const auto& [name, place] : m_places)
    views.emplace(name, flat.narrow(0, place.first, place.count).view(place.shape));
  return views;
}

void FlatParameters::clearShiftGradients() {
  for (const auto& [name, place] : m_places) {
    if (name.ends_with(".attention.in.bias"))  // packed: queries, keys, values
      m_gradient.narrow(0, place.first + place.count / 3, place.count / 3).zero_();
    else if (name.starts_with("encoder.") && name.ends_with(".key.bias"))
      m_gradient.narrow(0, place.first, place.count).zero_();
  }
}

AdamStepper::AdamStepper(const TrainConfig& training, const at::Tensor& values)
    : m_decoupled(training.optimizer == Optimizer::AdamW),
      m_decay(training.weightDecay),
      m_first(at::zeros_like(values)),
      m_second(at::zeros_like(values)) {}

void AdamStepper::step(at::Tensor& values, at::Tensor& gradient, double rate) {
  const at::NoGradGuard noGradient;
  ++m_steps;
  if (m_decoupled)
    values.mul_(1 - rate * m_decay);
  else if (m_decay > 0)
    gradient.add_(values, m_decay);
  m_first.mul_(kBeta1).add_(gradient, 1 - kBeta1);
  m_second.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
  const double steps = static_cast<double>(m_steps);
  const double bias1 = 1 - std::pow(kBeta1, steps), bias2 = 1 - std::pow(kBeta2, steps);
  const at::Tensor scale = (m_second.sqrt() / std::sqrt(bias2)).add_(kEpsilon);
  values.addcdiv_(m_first, scale, -rate / bias1);
}

double learningRateAt(const TrainConfig& training, std::int64_t update, std::int64_t updates) {
  const double warm = training.warmup * static_cast<double>(updates), now = static_cast<double>(update);
  if (now + 1 <= warm) return training.learningRate * (now + 1) / warm;
  const double left = static_cast<double>(updates) - warm;
  const double done = left > 0 ? std::clamp((now - warm) / left, 0.0, 1.0) : 1.0;
  switch (training.schedule) {
    case Schedule::Constant:
      break;
    case Schedule::Linear:
      return training.learningRate * (1 - done);
    case Schedule::Cosine:
      return training.learningRate * 0.5 * (1 + std::cos(M_PI * done));
  }
  return training.learningRate;
}

void updateAverage(at::Tensor& average, const at::Tensor& values, double decay, std::int64_t updates) {
  const at::NoGradGuard noGradient;
  const double count = static_cast<double>(updates);
  average.lerp_(values, 1 - std::min(decay, (1 + count) / (10 + count)));
}

}  // namespace fusemoe
