#pragma once

#include <string>

#include "api/engine.h"
#include "torch/model/safetensors.h"

namespace fusemoe {

/// What a model file holds, ready for a Network.
struct LoadedModel {
  ModelConfig config;
  TensorMap parameters;  ///< as parameterLayout(config), float32; expert weights as stored (isExpertWeight). Views into
                         ///< the mapped file where they are stored so
  ModelInfo info;
  std::shared_ptr<const MappedFile> file = nullptr;  ///< that they point into; null where in memory
};

/// Opens a .safetensors model, ours (`__metadata__.fusemoe_config`) or of the authors' key layout
/// (`__metadata__.args`), or a checkpoint of the authors' code (.pth.tar). Experts are not read: of them only shapes and
/// types are checked, so that a large model opens at once. Errors name the file, and the field or tensor at fault.
Result<LoadedModel> openModelFile(const std::string& path);

/// Writes a model in our format, atomically.
Result<void> writeModelFile(const std::string& path, const ModelConfig& config, const TensorMap& parameters,
                            const std::map<std::string, std::string>& extraMetadata);

inline constexpr const char* kConfigKey = "fusemoe_config";
inline constexpr const char* kFormatKey = "fusemoe_format";
inline constexpr const char* kFormatVersion = "1";
inline constexpr const char* kCardKey = "fusemoe_card";
inline constexpr const char* kUpstreamArgsKey = "args";

}  // namespace fusemoe
