#pragma once

#include <vector>

#include "analysis/collapse.h"

namespace fusemoe {

/// What the numbers of a report mean, and which fields of a configuration to change: unimodal collapse, effective
/// experts (of the layer with fewest), dead experts (of all layers), nearest gate vectors (in parts of the median
/// distance of their router).
std::vector<Finding> collapseFindings(const CollapseReport& report, const ModelConfig& config);

}  // namespace fusemoe
