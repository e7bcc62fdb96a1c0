#include "torch/model/upstream.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "api/json_reader.h"
#include "torch/model/parameters.h"

namespace fusemoe {
namespace {

using nlohmann::json;

constexpr int kSeriesVariables = 30;  // vitals and labs of the paper
constexpr int kPhenotypes = 25;

/// The arguments the layout depends on, read with a clear error each.
class Arguments {
 public:
  explicit Arguments(const json& object) : m_object(object) {}
  template <class T>
  T value(const char* key) {
    try {
      const json& found = m_object.at(key);
      if (found.is_array() && !std::is_same_v<T, json>) return found.at(0).get<T>();
      return found.get<T>();
    } catch (const json::exception&) {
      if (m_missing.empty()) m_missing = key;
      return T{};
    }
  }
  bool has(const char* key) const { return m_object.contains(key); }
  const std::string& missing() const { return m_missing; }

 private:
  const json& m_object;
  std::string m_missing;
};

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

/// Modalities in the authors' sequence order: ts, cxr, text, ecg; but with two, ts comes second.
std::vector<std::string> sequenceOrder(const std::string& modelType) {
  std::vector<std::string> names;
  if (contains(modelType, "TS")) names.emplace_back("ts");
  if (contains(modelType, "CXR")) names.emplace_back("cxr");
  if (contains(modelType, "Text")) names.emplace_back("text");
  if (contains(modelType, "ECG")) names.emplace_back("ecg");
  if (names.size() == 2 && names[0] == "ts") std::swap(names[0], names[1]);
  return names;
}

std::string titleOf(const std::string& name) {
  if (name == "ts") return "Vitals & labs";
  if (name == "cxr") return "Chest X-ray";
  return name == "text" ? "Notes" : "ECG";
}

/// Row of the token-type table: ts 0, then text, cxr, ecg, of those used.
int tokenType(const std::vector<std::string>& used, const std::string& name) {
  int row = 0;
  for (const char* candidate : {"ts", "text", "cxr", "ecg"}) {
    if (name == candidate) break;
    row += std::count(used.begin(), used.end(), candidate) ? 1 : 0;
  }
  return row;
}

ModalityConfig seriesModality(Arguments& arguments) {
  ModalityConfig modality;
  modality.kind = ModalityKind::Series;
  for (int i = 1; i <= kSeriesVariables; ++i)
    modality.variables.push_back({"v" + std::to_string(i), "Variable " + std::to_string(i), "", 0, 1});
  modality.utde = arguments.has("TS_mixup") && arguments.value<bool>("TS_mixup");
  const std::string level = arguments.has("mixup_level") ? arguments.value<std::string>("mixup_level") : "batch";
  modality.utdeGate = level == "batch"       ? UtdeGate::Batch
                      : level == "batch_seq" ? UtdeGate::BatchSeq
                                             : UtdeGate::BatchSeqFeature;
  return modality;
}

TaskConfig taskOf(const std::string& task) {
  if (contains(task, "pheno")) {
    TaskConfig config{"pheno", "Acute conditions", TaskKind::MultiLabel, {}};
    for (int i = 1; i <= kPhenotypes; ++i) config.labels.push_back("Condition " + std::to_string(i));
    return config;
  }
  if (contains(task, "los"))
    return {"los", "Discharge alive in the following 48 hours", TaskKind::Binary, {"discharged"}};
  return {"ihm", "Death in hospital", TaskKind::Binary, {"died"}};
}

Result<ModelConfig> configFrom(const json& object, const TensorMap& tensors, int layers) {
  Arguments arguments(object);
  ModelConfig config;
  config.name = "Authors' checkpoint";
  config.task = taskOf(arguments.value<std::string>("task"));
  config.bins = arguments.value<int>("tt_max");
  config.width = arguments.value<int>("embed_dim");
  config.heads = arguments.value<int>("num_heads");
  config.timeWidth = arguments.value<int>("embed_time");
  config.layers = layers;
  config.experts = arguments.value<int>("num_of_experts");
  config.expertHidden = arguments.value<int>("hidden_size");
  const auto router = arguments.value<std::string>("router_type");
  config.router = router == "joint" ? Router::Joint : router == "disjoint" ? Router::Disjoint : Router::PerModality;
  config.topK = arguments.value<int>(config.router == Router::Disjoint ? "disjoint_top_k" : "top_k");
  const auto gate = arguments.value<std::string>("gating_function");
  config.gate = gate == "softmax" ? Gate::Softmax : gate == "gaussian" ? Gate::Gaussian : Gate::Laplace;
  config.token = TokenGranularity::Sequence;
  config.expertOutput = ExpertOutput::LogSoftmax;
  config.missing = MissingMechanism::Zeros;
  config.dropout = arguments.has("dropout") ? arguments.value<double>("dropout") : 0.1;
  config.loss = {0.0, 0.0};
  for (const std::string& name : sequenceOrder(arguments.value<std::string>("modeltype"))) {
    ModalityConfig modality;
    if (name == "ts")
      modality = seriesModality(arguments);
    else {
      modality.kind = ModalityKind::Vectors;
      const auto out = tensors.find("time_attn_" + name + ".linears.2.weight");
      if (out == tensors.end() || out->second.dim() != 2 || config.heads < 1)
        return failure("the tensor 'time_attn_" + name + ".linears.2.weight' is missing.",
                       "Models without mTAND for a modality cannot be read.");
      modality.width = static_cast<int>(std::min<std::int64_t>(out->second.size(1) / config.heads, 1 << 20));
    }
    modality.name = name;
    modality.title = titleOf(name);
    config.modalities.push_back(std::move(modality));
  }
  if (!arguments.missing().empty())
    return failure("the training argument '" + arguments.missing() + "' is missing or of the wrong type.",
                   "Export the checkpoint again with its args.");
  if (auto valid = validate(config); !valid) return failure(valid.error());
  return config;
}

/// Finds a tensor of ours among the authors' keys.
class Translator {
 public:
  Translator(const ModelConfig& config, const TensorMap& tensors, std::string fusion)
      : m_config(config), m_tensors(tensors), m_fusion(std::move(fusion)) {
    for (const ModalityConfig& modality : config.modalities) m_names.push_back(modality.name);
  }

  at::Tensor find(const ParameterSpec& spec) const {
    const std::string& name = spec.name;
    if (name == "position") return raw(m_fusion + "embed_positions_q_1.weight");
    if (auto rest = after(name, "time.")) return raw(*rest);
    if (auto modality = after(name, "type.")) return typeRow(*modality);
    if (auto rest = after(name, "encoder.")) return encoder(*rest, spec);
    if (auto rest = after(name, "layers.")) return layer(*rest);
    if (auto rest = after(name, "norm.")) return raw(m_fusion + "layer_norm." + indexed(*rest));
    if (auto rest = after(name, "head.fc1.")) return raw("proj1." + *rest);
    if (auto rest = after(name, "head.fc2.")) return raw("proj2." + *rest);
    if (auto rest = after(name, "head.out.")) return raw("out_layer." + *rest);
    return {};
  }

 private:
  static std::optional<std::string> after(const std::string& text, const std::string& prefix) {
    if (text.rfind(prefix, 0) != 0) return std::nullopt;
    return text.substr(prefix.size());
  }
  at::Tensor raw(const std::string& name) const {
    const auto found = m_tensors.find(name);
    return found == m_tensors.end() ? at::Tensor() : found->second;
  }
  int indexOf(const std::string& modality) const { return m_config.modalityIndex(modality); }
  /// "ts.weight" -> "0.weight": the authors number modalities in sequence order.
  std::string indexed(const std::string& rest) const {
    const auto dot = rest.find('.');
    return std::to_string(indexOf(rest.substr(0, dot))) + rest.substr(dot);
  }
  at::Tensor typeRow(const std::string& modality) const {
    const at::Tensor table = raw("token_type_embeddings.weight");
    const int row = tokenType(m_names, modality);
    return table.defined() && table.dim() == 2 && row < table.size(0) ? table.select(0, row) : at::Tensor();
  }
  at::Tensor encoder(const std::string& rest, const ParameterSpec& spec) const {
    const auto dot = rest.find('.');
    const std::string modality = rest.substr(0, dot), part = rest.substr(dot + 1);
    const std::string attention = "time_attn_" + modality + ".linears.";
    if (auto tail = after(part, "query.")) return raw(attention + "0." + *tail);
    if (auto tail = after(part, "key.")) return raw(attention + "1." + *tail);
    if (auto tail = after(part, "out.")) return raw(attention + "2." + *tail);
    if (auto tail = after(part, "mix1.")) return raw("moe.gate.1." + *tail);
    if (auto tail = after(part, "mix2.")) return raw("moe.gate.3." + *tail);
    const at::Tensor kernel = raw("proj_ts.weight");  // [D, 2V, kernel]
    if (!kernel.defined() || kernel.dim() != 3 || kernel.size(2) != 1) return {};
    return kernel.view(spec.shape);
  }
  at::Tensor layer(const std::string& rest) const {
    const auto dot = rest.find('.');
    const std::string prefix = m_fusion + "layers." + rest.substr(0, dot) + ".", name = rest.substr(dot + 1);
    if (auto router = after(name, "router.")) return routerTensor(prefix, *router);
    if (auto expert = after(name, "expert.")) return expertTensor(prefix, *expert);
    const auto split = name.find('.');
    const std::string index = std::to_string(indexOf(name.substr(0, split))), part = name.substr(split + 1);
    if (auto tail = after(part, "attention.norm."))
      return raw(prefix + "pre_self_attn_layer_norm." + index + "." + *tail);
    if (auto tail = after(part, "attention.in.")) return raw(prefix + "self_attns." + index + ".in_proj_" + *tail);
    if (auto tail = after(part, "attention.out.")) return raw(prefix + "self_attns." + index + ".out_proj." + *tail);
    if (auto tail = after(part, "moe_norm.")) return raw(prefix + "pre_encoder_attn_layer_norm." + index + "." + *tail);
    if (auto tail = after(part, "ffn.norm.")) return raw(prefix + "pre_ffn_layer_norm." + index + "." + *tail);
    if (auto tail = after(part, "ffn.fc1.")) return raw(prefix + "fc1." + index + "." + *tail);
    if (auto tail = after(part, "ffn.fc2.")) return raw(prefix + "fc2." + index + "." + *tail);
    return {};
  }
  at::Tensor routerTensor(const std::string& prefix, const std::string& name) const {
    const auto dot = name.rfind('.');
    const std::string key = prefix + (name.substr(dot + 1) == "gate" ? "moe.w_gate" : "moe.w_noise");
    return m_config.router == Router::Joint ? raw(key) : raw(key + "." + std::to_string(indexOf(name.substr(0, dot))));
  }
  at::Tensor expertTensor(const std::string& prefix, const std::string& name) const {
    const auto dot = name.find('.');
    const int expert = std::stoi(name.substr(0, dot)), pool = m_config.expertsPerRouter();
    const std::string index = m_config.router == Router::Disjoint
                                  ? std::to_string(expert / pool) + "." + std::to_string(expert % pool)
                                  : std::to_string(expert);
    return raw(prefix + "moe.experts." + index + name.substr(dot));
  }

  const ModelConfig& m_config;
  const TensorMap& m_tensors;
  std::string m_fusion;
  std::vector<std::string> m_names;
};

/// The authors name the fusion transformer by the modalities it joins; found by its first layer's MoE.
std::optional<std::string> fusionPrefix(const TensorMap& tensors) {
  for (const auto& [name, tensor] : tensors)
    if (const auto place = name.find("layers.0.moe."); place != std::string::npos) return name.substr(0, place);
  return std::nullopt;
}

int countLayers(const TensorMap& tensors, const std::string& fusion) {
  int layers = 0;
  while (tensors.count(fusion + "layers." + std::to_string(layers) + ".fc1.0.weight")) ++layers;
  return layers;
}

}  // namespace

Result<LoadedModel> readUpstream(SafeTensors content) {
  auto arguments = parseJson(content.metadata.at(kUpstreamArgsKey), "The checkpoint's args");
  if (!arguments) return failure(arguments.error());
  const auto fusion = fusionPrefix(content.tensors);
  if (!fusion)
    return failure("it has no mixture-of-experts layer.", "Choose a checkpoint trained with cross_method 'moe'.");
  auto config = configFrom(*arguments, content.tensors, countLayers(content.tensors, *fusion));
  if (!config) return failure(config.error());

  LoadedModel model{std::move(*config), {}, {}};
  model.info.format = "upstream";
  const Translator translator(model.config, content.tensors, *fusion);
  bool gatesMissing = false;
  for (const ParameterSpec& spec : parameterLayout(model.config)) {
    at::Tensor tensor = translator.find(spec);
    const bool isRouter = spec.name.find(".router.") != std::string::npos;
    if (!tensor.defined() && isRouter) {
      gatesMissing |= spec.name.ends_with(".gate");
      tensor = at::zeros(spec.shape, at::TensorOptions(at::kFloat));
    }
    if (tensor.defined()) model.parameters.emplace(spec.name, std::move(tensor));
  }
  if (gatesMissing)
    model.info.notes.emplace_back(
        "This checkpoint has no router weights: the authors' code never trains or saves them for per-modality and "
        "disjoint "
        "routers. Routing is computed with zeros, so every expert is equally likely.");
  return model;
}

}  // namespace fusemoe
