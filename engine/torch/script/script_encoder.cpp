#include "torch/script/script_encoder.h"

#include <ATen/ATen.h>

#include <functional>
#include <numeric>

#include "torch/inference/numbers.h"
#include "torch/inference/torch_model.h"

namespace fusemoe {
namespace {

at::Tensor resized(const at::Tensor& image, const EncoderDescription& description) {
  if (description.imageHeight == 0 || image.dim() != 4) return image;
  const std::vector<std::int64_t> size{description.imageHeight, description.imageWidth};
  if (image.sizes().slice(2) == at::IntArrayRef(size)) return image;
  return at::_upsample_bilinear2d_aa(image, size, /*align_corners=*/false);
}

}  // namespace

Result<EncoderPtr> ScriptEncoder::open(const std::string& path) {
  auto description = describeEncoder(path);
  if (!description) return failure(description.error());
  auto program = ScriptProgram::load(path, ScriptProgram::Signature::Single);
  if (!program) return failure(program.error());
  return EncoderPtr(new ScriptEncoder(std::move(*description), std::move(*program)));
}

Result<std::vector<float>> ScriptEncoder::encode(std::span<const float> values, std::span<const std::int64_t> shape,
                                                 const std::stop_token& stop) const {
  if (stop.stop_requested()) return failure("The encoding was stopped.");
  return guarded("The encoding", [&]() -> Result<std::vector<float>> {
    const at::IntArrayRef sizes(shape.data(), shape.size());
    const auto numbers = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{1}, std::multiplies<>());
    if (numbers != static_cast<std::int64_t>(values.size()))
      return failure("An input of the encoder " + name() + " has another number of values than its shape says.");
    // A copy: a program may write into what it is given.
    at::Tensor input = at::empty(sizes, at::kFloat);
    std::copy(values.begin(), values.end(), input.data_ptr<float>());
    if (m_description.input == EncoderInput::Image) input = resized(input, m_description);
    const auto vector = m_program(input);
    if (!vector) return failure(vector.error());
    const bool row = vector->dim() == 1 || (vector->dim() == 2 && vector->size(0) == 1);
    if (!row || vector->numel() != width())
      return failure("The encoder " + name() + " gives " + std::to_string(vector->numel()) + " numbers in " +
                         std::to_string(vector->dim()) + " dimensions where its description says a vector of " +
                         std::to_string(width()) + ".",
                     "Ask who made the program.");
    if (!at::isfinite(*vector).all().item<bool>())
      return failure("The encoder " + name() + " gives numbers that are not finite.", "Ask who made the program.");
    return floats(*vector);
  });
}

}  // namespace fusemoe
