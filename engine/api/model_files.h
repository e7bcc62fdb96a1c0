#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/model_config.h"
#include "base/progress.h"
#include "base/result.h"

namespace fusemoe {

/// How the weights of a model file are stored. Sums are taken in float32 whatever it is.
enum class WeightType { F32, BF16, F16 };
std::string_view nameOf(WeightType);  // f32, bf16, f16
Result<WeightType> weightTypeFromName(std::string_view name);

/// Key layout of a model file: ours (engine/torch/model/parameters) or the authors' (FUSEMOE.md §7).
enum class ModelLayout { Ours, Upstream };

/// What the user agreed to before a model is opened.
struct OpenOptions {
  bool runProgram = false;  ///< a TorchScript file is a program: it is run only where the user trusts who made it
};

/// Writes a model file's weights anew in our format and another type, a tensor at a time: memory stays flat.
struct ConvertRequest {
  std::string from;  ///< anything Engine::open reads but TorchScript
  std::string to;    ///< .safetensors, written atomically
  WeightType type = WeightType::F32;
};

/// A model of random weights, for tests and benches. A tensor at a time: memory stays flat. Equal requests give equal
/// bytes.
struct GenerateModelRequest {
  ModelConfig config;
  ModelLayout layout = ModelLayout::Ours;  ///< the authors' layout holds only what their code can compute
  WeightType type = WeightType::F32;
  std::uint64_t seed = 32;
  std::string output;  ///< .safetensors, written atomically
};

/// A program that turns one raw input of a modality (an image, a waveform, a text's vector) into an event's vector:
/// TorchScript, engine/torch/script/PLUGINS.md.
class Encoder {
 public:
  virtual ~Encoder() = default;
  virtual const std::string& name() const = 0;
  /// Length of the vectors it gives; 0 = told by the first.
  virtual int width() const = 0;
  /// One input, row-major, of this shape -> its vector. Errors: stopped; the program fails on it; numbers not finite.
  virtual Result<std::vector<float>> encode(std::span<const float> values, std::span<const std::int64_t> shape,
                                            const std::stop_token& stop) const = 0;
};
using EncoderPtr = std::shared_ptr<const Encoder>;

}  // namespace fusemoe
