#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fusemoe {

/// What an encoder turns into a vector.
enum class EncoderInput {
  Image,     ///< [1, channels, H, W] in [0, 1]
  Waveform,  ///< [1, leads, samples] in the waveform's unit; not recorded = 0
  Vector,    ///< [1, n]
};
std::string_view nameOf(EncoderInput);  // image, waveform, vector

/// What a TorchScript encoder says of itself in its extra file `fusemoe_encoder.json` (engine/torch/script/PLUGINS.md).
struct EncoderDescription {
  std::string name;      ///< as shown; empty = the file's name
  std::string modality;  ///< it was made for
  EncoderInput input = EncoderInput::Vector;
  int width = 0;                        ///< of the vectors it gives
  int channels = 1;                     ///< image: 1 = grey, 3 = red, green, blue
  int imageHeight = 0, imageWidth = 0;  ///< image: pixels it is resized to; 0 = as it is
  double rate = 0;                      ///< waveform: samples a second it must have; 0 = any
};

inline constexpr const char* kEncoderFile = "fusemoe_encoder.json";

/// Error names the field and says what it may be.
Result<EncoderDescription> encoderDescriptionFromJson(std::string_view json);

/// Of a TorchScript file, without running any of it. Errors: no TorchScript file, no description in it, a wrong one.
Result<EncoderDescription> describeEncoder(const std::string& path);

}  // namespace fusemoe
