#pragma once

#include <ATen/core/Tensor.h>

#include "api/routing_result.h"

namespace fusemoe {

/// Principal axes of points [N, D] in float64.
ProjectionBasis::Layer principalAxes(const at::Tensor& points);

/// Points [N, D] on the axes; the first `tokens` rows are tokens, the others gate vectors.
Projection projectOn(const ProjectionBasis::Layer& axes, const at::Tensor& points, std::int64_t tokens);

}  // namespace fusemoe
