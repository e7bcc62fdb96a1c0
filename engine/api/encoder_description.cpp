#include "api/encoder_description.h"

#include <cmath>
#include <filesystem>

#include "api/json_reader.h"
#include "api/script_file.h"

namespace fusemoe {
namespace {

constexpr int kMostWidth = 65536;  // as a model's vectors
constexpr int kMostPixels = 8192;  // a side

void checkRange(JsonReader& reader, const char* field, int value, int least, int most) {
  if (value < least || value > most)
    reader.fail(field, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

}  // namespace

std::string_view nameOf(EncoderInput input) {
  switch (input) {
    case EncoderInput::Image:
      return "image";
    case EncoderInput::Waveform:
      return "waveform";
    case EncoderInput::Vector:
      return "vector";
  }
  return "";
}

Result<EncoderDescription> encoderDescriptionFromJson(std::string_view json) {
  const auto parsed = parseJson(json, kEncoderFile);
  if (!parsed) return failure(parsed.error());
  EncoderDescription description;
  JsonReader reader(*parsed, "");
  reader.read("name", description.name);
  reader.read("modality", description.modality);
  reader.choose("input", description.input, {EncoderInput::Image, EncoderInput::Waveform, EncoderInput::Vector});
  reader.read("width", description.width);
  reader.read("channels", description.channels);
  reader.read("image_height", description.imageHeight);
  reader.read("image_width", description.imageWidth);
  reader.read("rate", description.rate);
  if (parsed->is_object() && !parsed->contains("input")) reader.fail("input", "image, waveform or vector");
  if (description.modality.empty()) reader.fail("modality", "the name of a modality");
  checkRange(reader, "width", description.width, 1, kMostWidth);
  if (description.channels != 1 && description.channels != 3) reader.fail("channels", "1 or 3");
  checkRange(reader, "image_height", description.imageHeight, 0, kMostPixels);
  checkRange(reader, "image_width", description.imageWidth, 0, kMostPixels);
  if ((description.imageHeight == 0) != (description.imageWidth == 0))
    reader.fail("image_width", "given together with image_height");
  if (!(std::isfinite(description.rate) && description.rate >= 0)) reader.fail("rate", "a positive number, or 0");
  if (const auto read = reader.finish(); !read) return failure(read.error());
  return description;
}

Result<EncoderDescription> describeEncoder(const std::string& path) {
  if (!isScriptFile(path))
    return failure(path + " is no TorchScript file.",
                   "An encoder is a program saved with torch.jit.save; see engine/torch/script/PLUGINS.md.");
  const auto json = readScriptExtra(path, kEncoderFile);
  if (!json) return failure(json.error());
  auto description = encoderDescriptionFromJson(*json);
  if (!description)
    return failure(path + ", " + kEncoderFile + ": " + description.error().what, description.error().hint,
                   description.error().detail);
  if (description->name.empty()) description->name = std::filesystem::path(path).filename().string();
  return description;
}

}  // namespace fusemoe
