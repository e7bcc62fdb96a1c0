#pragma once

#include <c10/core/Device.h>

#include "base/result.h"

namespace fusemoe {

/// Floating-point operations a second (2·size³ a product) of float32 products [size, size] · [size, size] on a device,
/// with the threads LibTorch has: the best of some, as what the machine can do while nothing disturbs it. Takes about
/// 0.3 s. Error: a size that is not within 16 … 8192.
Result<double> measureMatrixProductRate(int size, c10::Device device);

}  // namespace fusemoe
