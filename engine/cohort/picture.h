#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"

namespace fusemoe {

/// Pixels of an image document.
struct Picture {
  int channels = 1;  ///< 1 = grey, 3 = red, green, blue
  int height = 0, width = 0;
  std::vector<float> values;  ///< [channels, height, width], 0 = black, 1 = white, as encoded (sRGB)
};

/// Decodes a PNG or JPEG, in colour or, weighing red, green and blue as the eye does, in grey. What is transparent is
/// black. Errors: damaged; neither of the two; more than 64 million pixels; a JPEG for printing (CMYK).
Result<Picture> decodePicture(std::string_view content, int channels);

}  // namespace fusemoe
