#include "torch/model/model_file.h"

#include <ATen/ATen.h>

#include "base/sha256.h"
#include "torch/model/parameters.h"
#include "torch/model/upstream.h"

namespace fusemoe {
namespace {

Result<LoadedModel> readOurs(SafeTensors content) {
  const auto format = content.metadata.find(kFormatKey);
  if (format == content.metadata.end() || format->second != kFormatVersion)
    return failure("The model was written in format version " +
                       (format == content.metadata.end() ? std::string("(none)") : format->second.substr(0, 20)) +
                       "; this program reads version " + kFormatVersion + ".",
                   "Use the program version that wrote it, or export it again.");
  auto config = modelConfigFromJson(content.metadata.at(kConfigKey));
  if (!config) return failure(config.error());
  LoadedModel model{std::move(*config), std::move(content.tensors), {}};
  model.info.format = "fusemoe";
  if (const auto card = content.metadata.find(kCardKey); card != content.metadata.end()) model.info.card = card->second;
  return model;
}

}  // namespace

Result<LoadedModel> openModelFile(const std::string& path) {
  auto content = readSafeTensors(path);
  if (!content) return failure(content.error());
  const bool ours = content->metadata.count(kConfigKey) > 0;
  if (!ours && !content->metadata.count(kUpstreamArgsKey))
    return failure(
        path + " holds tensors but no FuseMoE configuration.",
        "Choose a file written by this program, or one with the authors' training arguments in its metadata.");
  auto model = ours ? readOurs(std::move(*content)) : readUpstream(std::move(*content));
  if (!model) return failure(path + ": " + model.error().what, model.error().hint, model.error().detail);
  if (auto checked = checkParameters(model->config, model->parameters); !checked)
    return failure(path + ": " + checked.error().what, checked.error().hint);
  for (auto& [name, tensor] : model->parameters) {
    model->info.bytes += static_cast<std::int64_t>(tensor.nbytes());
    model->info.parameters += tensor.numel();
    tensor = tensor.to(at::kFloat);
  }
  model->info.tensors = static_cast<std::int64_t>(model->parameters.size());
  model->info.path = path;
  auto digest = sha256File(path);
  if (!digest) return failure(digest.error());
  model->info.digest = *digest;
  return model;
}

Result<void> writeModelFile(const std::string& path, const ModelConfig& config, const TensorMap& parameters,
                            const std::map<std::string, std::string>& extraMetadata) {
  SafeTensors content{extraMetadata, parameters};
  content.metadata[kFormatKey] = kFormatVersion;
  content.metadata[kConfigKey] = toJson(config);
  return writeSafeTensors(path, content);
}

}  // namespace fusemoe
