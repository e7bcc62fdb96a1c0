#include "torch/model/model_file.h"

#include <ATen/ATen.h>

#include <set>

#include "base/sha256.h"
#include "torch/model/archive/torch_archive.h"
#include "torch/model/mapped_file.h"
#include "torch/model/parameters.h"
#include "torch/model/stored_type.h"
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

constexpr std::size_t kReadWhole = 64 << 20;  // bytes of a file; of a larger one experts are not read to open it

/// SHA-256 of names, types, shapes and numbers of all but experts, and of the config.
std::string digestWithoutExperts(const LoadedModel& model) {
  Sha256 hash;
  hash.add(toJson(model.config));
  for (const auto& [name, tensor] : model.parameters) {
    std::string line = '\n' + name + ' ' + at::toString(tensor.scalar_type());
    for (const std::int64_t dimension : tensor.sizes()) line += ' ' + std::to_string(dimension);
    hash.add(line);
    if (isExpert(name)) continue;
    const at::Tensor flat = tensor.contiguous();
    hash.add({static_cast<const char*>(flat.data_ptr()), flat.nbytes()});
  }
  return hash.hex();
}

Result<void> addDigest(LoadedModel& model, const std::string& path, std::size_t fileSize) {
  if (fileSize > kReadWhole) {
    model.info.digest = digestWithoutExperts(model);
    model.info.digestOf = "header and all but expert weights";
    return {};
  }
  auto digest = sha256File(path);
  if (!digest) return failure(digest.error());
  model.info.digest = *digest;
  model.info.digestOf = "file";
  return {};
}

/// "f32" or "bf16, f32".
std::string typesOf(const TensorMap& parameters) {
  std::set<std::string_view> types;
  for (const auto& [name, tensor] : parameters) types.insert(nameOfType(tensor.scalar_type()));
  std::string text;
  for (const std::string_view type : types) text += std::string(text.empty() ? "" : ", ").append(type);
  return text;
}

/// What the network computes with: float32, but expert weights as they are stored.
at::Tensor asComputed(const std::string& name, const at::Tensor& tensor) {
  const bool narrow = tensor.scalar_type() == at::kBFloat16 || tensor.scalar_type() == at::kHalf;
  return isExpertWeight(name) && narrow ? tensor : tensor.to(at::kFloat);
}

/// Tensors and metadata of a .safetensors file or of one of torch.save, by its first bytes.
Result<SafeTensors> readContent(const std::string& path) {
  auto file = MappedFile::open(path);
  if (!file) return failure(file.error());
  return isTorchFile(**file) ? readTorchArchive(*file, path) : readSafeTensors(path);
}

}  // namespace

Result<LoadedModel> openModelFile(const std::string& path) {
  auto content = readContent(path);
  if (!content) return failure(content.error());
  const bool ours = content->metadata.count(kConfigKey) > 0;
  if (!ours && !content->metadata.count(kUpstreamArgsKey))
    return failure(
        path + " holds tensors but no FuseMoE configuration.",
        "Choose a file written by this program, or one with the authors' training arguments in its metadata.");
  const std::shared_ptr<const MappedFile> file = content->file;
  auto model = ours ? readOurs(std::move(*content)) : readUpstream(std::move(*content));
  if (!model) return failure(path + ": " + model.error().what, model.error().hint, model.error().detail);
  if (auto checked = checkParameters(model->config, model->parameters, file->size() <= kReadWhole); !checked)
    return failure(path + ": " + checked.error().what, checked.error().hint);
  model->file = file;
  model->info.path = path;
  model->info.tensors = static_cast<std::int64_t>(model->parameters.size());
  model->info.weights = typesOf(model->parameters);
  if (auto added = addDigest(*model, path, file->size()); !added) return failure(added.error());
  for (auto& [name, tensor] : model->parameters) {
    model->info.bytes += static_cast<std::int64_t>(tensor.nbytes());
    model->info.parameters += tensor.numel();
    tensor = asComputed(name, tensor);
  }
  if (auto there = file->stillThere(); !there) return failure(there.error());
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
