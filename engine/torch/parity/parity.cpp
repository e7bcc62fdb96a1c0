#include "torch/parity/parity.h"

#include <ATen/ATen.h>

#include <map>

#include "torch/model/model_file.h"
#include "torch/model/network.h"

namespace fusemoe {
namespace {

constexpr double kAbsolute = 1e-5, kRelative = 1e-4;

/// Names of one modality's tensors in the reference inputs.
struct InputNames {
  const char *values, *times, *mask, *missing;
};
const std::map<std::string, InputNames> kInputNames{
    {"ts", {"x_ts", "ts_tt_list", "x_ts_mask", nullptr}},
    {"text", {"text_emb", "note_time_list", "note_time_mask_list", "text_missing"}},
    {"cxr", {"cxr_feats", "cxr_time", "cxr_time_mask", "cxr_missing"}},
    {"ecg", {"ecg_feats", "ecg_time", "ecg_time_mask", "ecg_missing"}}};

Result<Batch> batchFrom(const ModelConfig& config, const TensorMap& input) {
  Batch batch;
  std::string absent;
  auto tensor = [&](const char* name) {
    const auto found = input.find(name);
    if (found == input.end()) absent = name;
    return found == input.end() ? at::Tensor() : found->second.to(at::kFloat);
  };
  for (const ModalityConfig& modality : config.modalities) {
    const auto names = kInputNames.find(modality.name);
    if (names == kInputNames.end()) return failure("No reference input is known for modality '" + modality.name + "'.");
    ModalityInput own;
    own.values = tensor(names->second.values);
    own.times = tensor(names->second.times);
    own.mask = tensor(names->second.mask);
    own.missing = names->second.missing ? tensor(names->second.missing) : at::zeros({1});
    if (modality.utde) own.grid = tensor("reg_ts");
    if (!absent.empty()) return failure("The reference input lacks the tensor '" + absent + "'.");
    own.missing = own.missing > 0;
    batch.modalities.push_back(std::move(own));
  }
  return batch;
}

/// All stages by the names the reference files use. Sequences there are [γ, B, D], ours [B, γ, D].
TensorMap stagesOf(const ModelConfig& config, const NetworkOutput& output) {
  TensorMap stages;
  for (int m = 0; m < config.modalityCount(); ++m) {
    const std::string name = config.modalities[static_cast<std::size_t>(m)].name;
    const std::string index = std::to_string(m);
    stages["encoded." + index + "." + (name == "text" ? "txt" : name)] =
        output.encoded[static_cast<std::size_t>(m)].transpose(0, 1);
    stages["hidden." + index] = output.hidden[static_cast<std::size_t>(m)].transpose(0, 1);
  }
  for (std::size_t l = 0; l < output.layers.size(); ++l) {
    const MoeOutput& layer = output.layers[l];
    const std::string prefix = "layer" + std::to_string(l) + ".";
    for (std::size_t r = 0; r < layer.routings.size(); ++r) {
      const Routing& routing = layer.routings[r];
      stages[prefix + "logits." + std::to_string(r)] = routing.logits;
      stages[prefix + "gates." + std::to_string(r)] =
          at::zeros_like(routing.logits).scatter(-1, routing.experts, routing.weights);
    }
    const auto inputs =
        config.router == Router::Joint ? layer.tokens[0].chunk(config.modalityCount(), -1) : layer.tokens;
    for (std::size_t m = 0; m < inputs.size(); ++m) stages[prefix + "moe_in." + std::to_string(m)] = inputs[m];
    stages[prefix + "moe_out"] = layer.combined;
  }
  stages["head_logits"] = output.logits;
  stages["probability"] = Network::probability(config.task.kind, output.logits).squeeze(-1);
  return stages;
}

}  // namespace

Result<ParityReport> runParity(const std::string& model, const std::string& input, const std::string& expected) {
  auto loaded = openModelFile(model);
  if (!loaded) return failure(loaded.error());
  auto inputs = readSafeTensors(input);
  if (!inputs) return failure(inputs.error());
  auto reference = readSafeTensors(expected);
  if (!reference) return failure(reference.error());
  auto batch = batchFrom(loaded->config, inputs->tensors);
  if (!batch) return failure(batch.error());

  const TensorMap stages = stagesOf(loaded->config, Network(loaded->config, loaded->parameters)(*batch));
  ParityReport report;
  report.pass = !reference->tensors.empty();
  for (const auto& [name, wanted] : reference->tensors) {
    const auto found = stages.find(name);
    if (found == stages.end())
      return failure("The reference has the stage '" + name + "' that this engine does not compute.");
    if (found->second.sizes() != wanted.sizes())
      return failure("Stage '" + name + "' has another shape than the reference.");
    const at::Tensor difference = (found->second - wanted).abs();
    const bool pass = difference.le(kAbsolute + kRelative * wanted.abs()).all().item<bool>();
    report.stages.push_back({name, difference.max().item<double>(), pass});
    report.pass &= pass;
  }
  return report;
}

}  // namespace fusemoe
