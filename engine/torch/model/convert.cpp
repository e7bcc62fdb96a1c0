#include "torch/model/convert.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <sstream>

#include "torch/model/mapped_file.h"
#include "torch/model/model_file.h"
#include "torch/model/parameters.h"
#include "torch/model/stored_type.h"

namespace fusemoe {
namespace {

using Metadata = std::map<std::string, std::string>;

std::string cardOfUpstream(const LoadedModel& model) {
  std::string card = "# " + model.config.name + "\n\nConverted from " +
                     std::filesystem::path(model.info.path).filename().string() + ", SHA-256 of its " +
                     model.info.digestOf + " " + model.info.digest + ".\n";
  for (const std::string& note : model.info.notes) card += "\n- " + note + "\n";
  return card;
}

Result<Metadata> metadataOf(const LoadedModel& model) {
  if (model.info.format != "fusemoe")
    return Metadata{
        {kFormatKey, kFormatVersion}, {kConfigKey, toJson(model.config)}, {kCardKey, cardOfUpstream(model)}};
  auto content = readSafeTensors(model.info.path);
  if (!content) return failure(content.error());
  return std::move(content->metadata);
}

std::vector<TensorEntry> entriesOf(const LoadedModel& model, WeightType type) {
  std::vector<TensorEntry> entries;
  for (const ParameterSpec& spec : parameterLayout(model.config))
    entries.push_back({spec.name, spec.shape, storedType(spec.name, type)});
  orderForAlignment(entries);
  return entries;
}

bool isFinite(const at::Tensor& tensor) {
  return tensor.isfinite().all().item<bool>();
}

Result<at::Tensor> converted(const LoadedModel& model, const TensorEntry& entry, WeightType type) {
  const at::Tensor& tensor = model.parameters.at(entry.name);
  at::Tensor stored = tensor.to(entry.type);
  if (isFinite(stored)) return stored;
  const std::string place = model.info.path + ": tensor '" + entry.name + "' ";
  if (!isFinite(tensor))
    return failure(place + "holds numbers that are not finite.",
                   "The file may be damaged; copy or download it again, or train the model anew.");
  std::ostringstream largest;
  largest << tensor.to(at::kFloat).abs().max().item<float>();
  return failure(place + "has numbers up to " + largest.str() + ", too large for " + std::string(nameOf(type)) + ".",
                 "Choose f32, or bf16 where f16 was too narrow.");
}

}  // namespace

Result<void> convertModel(const ConvertRequest& request, const ProgressSink& progress, const std::stop_token& stop) {
  const auto model = openModelFile(request.from);
  if (!model) return failure(model.error());
  const auto metadata = metadataOf(*model);
  if (!metadata) return failure(metadata.error());
  const std::vector<TensorEntry> entries = entriesOf(*model, request.type);
  std::int64_t done = 0;
  return writeSafeTensors(request.to, *metadata, entries, [&](const TensorEntry& entry) -> Result<at::Tensor> {
    if (stop.stop_requested()) return failure("Converting was stopped.", "Nothing was written.");
    if (progress)
      progress({static_cast<double>(done) / static_cast<double>(model->info.parameters), "writing " + entry.name});
    auto stored = converted(*model, entry, request.type);
    if (!stored) return stored;
    if (auto there = model->file->stillThere(); !there) return failure(there.error());
    done += stored->numel();
    return stored;
  });
}

}  // namespace fusemoe
