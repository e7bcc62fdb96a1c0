#include "torch/model/upstream.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "api/json_reader.h"
#include "torch/model/parameters.h"
#include "torch/model/upstream_keys.h"

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
      const json& given = m_object.at(key);
      const json& found = given.is_array() ? given.at(0) : given;  // the authors give some options as lists
      if constexpr (std::is_same_v<T, int>)
        if (!found.is_number_integer() || found != found.get<int>()) return unusable<T>(key);
      return found.get<T>();
    } catch (const json::exception&) {
      return unusable<T>(key);
    }
  }
  bool has(const char* key) const { return m_object.contains(key); }
  const std::string& missing() const { return m_missing; }

 private:
  template <class T>
  T unusable(const char* key) {
    if (m_missing.empty()) m_missing = key;
    return T{};
  }

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

/// The tensor of one of our parameters among the authors'; undefined where they have none.
at::Tensor translated(const ModelConfig& config, const TensorMap& tensors, const std::string& fusion,
                      const ParameterSpec& spec) {
  const std::string key = upstreamKey(config, fusion, spec.name);
  const auto found = tensors.find(key);
  if (found == tensors.end()) return {};
  const at::Tensor& tensor = found->second;
  if (key == kTokenTypeTable) {
    const int row = tokenTypeRow(config, spec.name.substr(spec.name.find('.') + 1));
    return tensor.dim() == 2 && row < tensor.size(0) ? tensor.select(0, row) : at::Tensor();
  }
  if (key != kGridKernel) return tensor;
  const bool pointwise = tensor.dim() == 3 && tensor.size(2) == 1;
  return pointwise ? tensor.squeeze(2) : at::Tensor();
}

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
  bool gatesMissing = false;
  for (const ParameterSpec& spec : parameterLayout(model.config)) {
    at::Tensor tensor = translated(model.config, content.tensors, *fusion, spec);
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

Result<std::string> upstreamArguments(const ModelConfig& config) {
  const auto refused = [](const std::string& field, const std::string& allowed) {
    return failure("The authors' layout cannot hold this model: " + field + " must be " + allowed + ".",
                   "Change the configuration, or write it in our layout.");
  };
  if (config.token != TokenGranularity::Sequence) return refused("token", "sequence");
  if (config.expertOutput != ExpertOutput::LogSoftmax) return refused("expert_output", "log_softmax");
  if (config.missing != MissingMechanism::Zeros) return refused("missing", "zeros");
  if (config.pooling != Pooling::Last) return refused("pooling", "last");
  if (config.task.kind == TaskKind::MultiClass) return refused("task.kind", "binary or multi_label");
  std::string type;
  std::vector<std::string> names;
  for (const auto& [name, title] : {std::pair{"ts", "TS"}, {"cxr", "CXR"}, {"text", "Text"}, {"ecg", "ECG"}})
    if (config.modalityIndex(name) >= 0) type += (type.empty() ? "" : "_") + std::string(title);
  for (const ModalityConfig& modality : config.modalities) {
    names.push_back(modality.name);
    const bool series = modality.kind == ModalityKind::Series;
    if (modality.kind == ModalityKind::Static || series != (modality.name == "ts") || !modality.irregularityEncoder)
      return refused("modalities", "ts, cxr, text or ecg, with the irregularity encoder");
    if (series && (modality.variables.size() != kSeriesVariables || modality.grid != GridChannels::Value))
      return refused("ts.variables", std::to_string(kSeriesVariables) + " on a grid of values");
  }
  if (names != sequenceOrder(type)) return refused("modalities", "in the order ts, cxr, text, ecg; of two, ts second");
  json arguments{{"task", config.task.name},
                 {"tt_max", config.bins},
                 {"embed_dim", config.width},
                 {"num_heads", config.heads},
                 {"embed_time", config.timeWidth},
                 {"layers", config.layers},
                 {"num_of_experts", config.experts},
                 {"hidden_size", config.expertHidden},
                 {"top_k", config.topK},
                 {"disjoint_top_k", config.topK},
                 {"router_type", nameOf(config.router)},
                 {"gating_function", nameOf(config.gate)},
                 {"dropout", config.dropout},
                 {"modeltype", type}};
  if (const int ts = config.modalityIndex("ts"); ts >= 0) {
    const ModalityConfig& series = config.modalities[static_cast<std::size_t>(ts)];
    arguments["TS_mixup"] = series.utde;
    arguments["mixup_level"] = nameOf(series.utdeGate);
  }
  return arguments.dump();
}

}  // namespace fusemoe
