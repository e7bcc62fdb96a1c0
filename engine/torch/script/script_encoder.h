#pragma once

#include "api/encoder_description.h"
#include "api/engine.h"
#include "torch/script/script_program.h"

namespace fusemoe {

/// An encoder that is a TorchScript program (PLUGINS.md).
class ScriptEncoder : public Encoder {
 public:
  /// Errors: no TorchScript file, no description in it or a wrong one; those of ScriptProgram::load.
  static Result<EncoderPtr> open(const std::string& path);

  const std::string& name() const override { return m_description.name; }
  int width() const override { return m_description.width; }
  /// Images are resized to the size of the description: with weights of a triangle as wide as a pixel of the smaller
  /// picture, so that making smaller averages.
  Result<std::vector<float>> encode(std::span<const float> values, std::span<const std::int64_t> shape,
                                    const std::stop_token& stop) const override;

 private:
  ScriptEncoder(EncoderDescription description, ScriptProgram program)
      : m_description(std::move(description)), m_program(std::move(program)) {}

  EncoderDescription m_description;
  ScriptProgram m_program;
};

}  // namespace fusemoe
