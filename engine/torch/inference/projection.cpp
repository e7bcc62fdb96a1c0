#include "torch/inference/projection.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace fusemoe {
namespace {

std::vector<float> floats(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.to(at::kFloat).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

at::Tensor doubles(const std::vector<float>& values, at::IntArrayRef shape) {
  return at::tensor(values, at::kFloat).to(at::kDouble).view(shape);
}

}  // namespace

ProjectionBasis::Layer principalAxes(const at::Tensor& points) {
  const at::Tensor mean = points.mean(0);
  const at::Tensor centred = points - mean;
  // The smaller of covariance and Gram matrix has the same eigenvalues; a token may be a whole sequence.
  const bool wide = points.size(1) > points.size(0);
  const at::Tensor square = wide ? at::matmul(centred, centred.t()) : at::matmul(centred.t(), centred);
  auto [values, vectors] = at::linalg_eigh(square);
  const std::int64_t size = square.size(0);
  const double largest = values[size - 1].item<double>();
  at::Tensor axes = at::zeros({3, points.size(1)}, points.options());
  for (std::int64_t axis = 0; axis < std::min<std::int64_t>(3, size); ++axis) {
    const std::int64_t column = size - 1 - axis;
    // Below this an eigenvalue is rounding, and its direction noise.
    if (!(values[column].item<double>() > largest * 1e-12)) break;
    at::Tensor direction = vectors.select(1, column);
    if (wide) direction = at::matmul(centred.t(), direction);
    direction = direction / direction.norm();
    // An eigenvector's sign is arbitrary: the point farthest along an axis lies on its positive side.
    const at::Tensor along = at::matmul(centred, direction);
    if (along[along.abs().argmax()].item<double>() < 0) direction = -direction;
    axes.select(0, axis).copy_(direction);
  }
  return {floats(mean), floats(axes)};
}

Projection projectOn(const ProjectionBasis::Layer& axes, const at::Tensor& points, std::int64_t tokens) {
  const std::int64_t width = points.size(1);
  const at::Tensor directions = doubles(axes.axes, {3, width});
  const at::Tensor coordinates = at::matmul(points - doubles(axes.mean, {width}), directions.t());
  Projection projection;
  projection.tokens = floats(coordinates.narrow(0, 0, tokens));
  projection.gateVectors = floats(coordinates.narrow(0, tokens, points.size(0) - tokens));
  const double total = (points - points.mean(0)).square().sum().item<double>();
  const at::Tensor along = (coordinates - coordinates.mean(0)).square().sum(0);
  for (std::int64_t axis = 0; axis < 3; ++axis)
    projection.explained[static_cast<std::size_t>(axis)] = total > 0 ? along[axis].item<double>() / total : 0;
  return projection;
}

}  // namespace fusemoe
