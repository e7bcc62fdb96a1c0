#include "torch/model/generate.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <map>

#include "base/mix.h"
#include "torch/model/model_file.h"
#include "torch/model/parameters.h"
#include "torch/model/stored_type.h"
#include "torch/model/upstream.h"
#include "torch/model/upstream_keys.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kAlignment = 64;

/// How a parameter is stored in the layout asked for.
struct Stored {
  TensorEntry entry;
  std::vector<ParameterSpec> rows;  ///< one, or the rows of a table
};

std::uint64_t seedOf(std::uint64_t seed, const std::string& name) {
  for (const char letter : name) seed = mixed(seed ^ static_cast<unsigned char>(letter));
  return seed;
}

std::vector<Stored> entriesOf(const GenerateModelRequest& request) {
  const at::ScalarType type = scalarTypeOf(request.type);
  std::vector<Stored> all;
  std::map<int, ParameterSpec> types;  // rows of the authors' table
  for (ParameterSpec& spec : parameterLayout(request.config)) {
    if (request.layout == ModelLayout::Ours) {
      all.push_back({{spec.name, spec.shape, storedType(spec.name, request.type)}, {spec}});
      continue;
    }
    const std::string key = upstreamKey(request.config, kFusionPrefix, spec.name);
    if (key == kTokenTypeTable) {
      types.emplace(tokenTypeRow(request.config, spec.name.substr(spec.name.find('.') + 1)), spec);
      continue;
    }
    std::vector<std::int64_t> shape = spec.shape;
    if (key == kGridKernel) shape.push_back(1);
    all.push_back({{key, shape, type}, {spec}});
  }
  if (!types.empty()) {
    Stored table{{kTokenTypeTable, {static_cast<std::int64_t>(types.size()), request.config.width}, type}, {}};
    for (const auto& [row, spec] : types) table.rows.push_back(spec);
    all.push_back(std::move(table));
  }
  std::stable_partition(all.begin(), all.end(), [](const Stored& stored) {
    std::int64_t bytes = static_cast<std::int64_t>(at::elementSize(stored.entry.type));
    for (const std::int64_t dimension : stored.entry.shape) bytes *= dimension;
    return bytes % kAlignment == 0;
  });
  return all;
}

at::Tensor draw(const Stored& stored, std::uint64_t seed) {
  std::vector<at::Tensor> rows;
  for (const ParameterSpec& spec : stored.rows) {
    at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seedOf(seed, spec.name));
    rows.push_back(initialTensor(spec, generator).flatten());
  }
  return (rows.size() == 1 ? rows.front() : at::cat(rows)).view(stored.entry.shape);
}

Result<std::map<std::string, std::string>> metadataOf(const GenerateModelRequest& request) {
  if (request.layout == ModelLayout::Ours)
    return std::map<std::string, std::string>{{kFormatKey, kFormatVersion}, {kConfigKey, toJson(request.config)}};
  auto arguments = upstreamArguments(request.config);
  if (!arguments) return failure(arguments.error());
  return std::map<std::string, std::string>{{"format", "pt"}, {kUpstreamArgsKey, *arguments}};
}

}  // namespace

Result<void> generateModel(const GenerateModelRequest& request, const ProgressSink& progress,
                           const std::stop_token& stop) {
  if (auto valid = validate(request.config); !valid) return valid;
  const auto metadata = metadataOf(request);
  if (!metadata) return failure(metadata.error());
  const std::vector<Stored> stored = entriesOf(request);
  std::vector<TensorEntry> entries;
  for (const Stored& one : stored) entries.push_back(one.entry);
  std::size_t next = 0;
  return writeSafeTensors(request.output, *metadata, entries, [&](const TensorEntry& entry) -> Result<at::Tensor> {
    if (stop.stop_requested()) return failure("Making the model was stopped.", "Nothing was written.");
    if (progress) progress({static_cast<double>(next) / static_cast<double>(entries.size()), "drawing " + entry.name});
    return draw(stored[next++], request.seed);
  });
}

}  // namespace fusemoe
