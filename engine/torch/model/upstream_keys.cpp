#include "torch/model/upstream_keys.h"

#include <optional>

namespace fusemoe {
namespace {

std::optional<std::string> after(const std::string& text, const std::string& prefix) {
  if (text.rfind(prefix, 0) != 0) return std::nullopt;
  return text.substr(prefix.size());
}

std::string indexOf(const ModelConfig& config, const std::string& modality) {
  return std::to_string(config.modalityIndex(modality));
}

/// "ts.weight" -> "0.weight": the authors number modalities in sequence order.
std::string indexed(const ModelConfig& config, const std::string& rest) {
  const auto dot = rest.find('.');
  return indexOf(config, rest.substr(0, dot)) + rest.substr(dot);
}

std::string encoderKey(const std::string& rest) {
  const auto dot = rest.find('.');
  const std::string modality = rest.substr(0, dot), part = rest.substr(dot + 1);
  const std::string attention = "time_attn_" + modality + ".linears.";
  if (auto tail = after(part, "query.")) return attention + "0." + *tail;
  if (auto tail = after(part, "key.")) return attention + "1." + *tail;
  if (auto tail = after(part, "out.")) return attention + "2." + *tail;
  if (auto tail = after(part, "mix1.")) return "moe.gate.1." + *tail;
  if (auto tail = after(part, "mix2.")) return "moe.gate.3." + *tail;
  return part == "grid.weight" ? kGridKernel : "";
}

std::string routerKey(const ModelConfig& config, const std::string& prefix, const std::string& name) {
  const auto dot = name.rfind('.');
  const std::string key = prefix + (name.substr(dot + 1) == "gate" ? "moe.w_gate" : "moe.w_noise");
  return config.router == Router::Joint ? key : key + "." + indexOf(config, name.substr(0, dot));
}

std::string expertKey(const ModelConfig& config, const std::string& prefix, const std::string& name) {
  const auto dot = name.find('.');
  const int expert = std::stoi(name.substr(0, dot)), pool = config.expertsPerRouter();
  const std::string index = config.router == Router::Disjoint
                                ? std::to_string(expert / pool) + "." + std::to_string(expert % pool)
                                : std::to_string(expert);
  return prefix + "moe.experts." + index + name.substr(dot);
}

std::string layerKey(const ModelConfig& config, const std::string& fusion, const std::string& rest) {
  const auto dot = rest.find('.');
  const std::string prefix = fusion + "layers." + rest.substr(0, dot) + ".", name = rest.substr(dot + 1);
  if (auto router = after(name, "router.")) return routerKey(config, prefix, *router);
  if (auto expert = after(name, "expert.")) return expertKey(config, prefix, *expert);
  const auto split = name.find('.');
  const std::string index = indexOf(config, name.substr(0, split)), part = name.substr(split + 1);
  if (auto tail = after(part, "attention.norm.")) return prefix + "pre_self_attn_layer_norm." + index + "." + *tail;
  if (auto tail = after(part, "attention.in.")) return prefix + "self_attns." + index + ".in_proj_" + *tail;
  if (auto tail = after(part, "attention.out.")) return prefix + "self_attns." + index + ".out_proj." + *tail;
  if (auto tail = after(part, "moe_norm.")) return prefix + "pre_encoder_attn_layer_norm." + index + "." + *tail;
  if (auto tail = after(part, "ffn.norm.")) return prefix + "pre_ffn_layer_norm." + index + "." + *tail;
  if (auto tail = after(part, "ffn.fc1.")) return prefix + "fc1." + index + "." + *tail;
  if (auto tail = after(part, "ffn.fc2.")) return prefix + "fc2." + index + "." + *tail;
  return "";
}

}  // namespace

std::string upstreamKey(const ModelConfig& config, const std::string& fusionPrefix, const std::string& parameter) {
  if (parameter == "position") return fusionPrefix + "embed_positions_q_1.weight";
  if (after(parameter, "type.")) return kTokenTypeTable;
  if (auto rest = after(parameter, "time.")) return *rest;
  if (auto rest = after(parameter, "encoder.")) return encoderKey(*rest);
  if (auto rest = after(parameter, "layers.")) return layerKey(config, fusionPrefix, *rest);
  if (auto rest = after(parameter, "norm.")) return fusionPrefix + "layer_norm." + indexed(config, *rest);
  if (auto rest = after(parameter, "head.fc1.")) return "proj1." + *rest;
  if (auto rest = after(parameter, "head.fc2.")) return "proj2." + *rest;
  if (auto rest = after(parameter, "head.out.")) return "out_layer." + *rest;
  return "";
}

int tokenTypeRow(const ModelConfig& config, const std::string& modality) {
  int row = 0;
  for (const char* candidate : {"ts", "text", "cxr", "ecg"}) {
    if (modality == candidate) break;
    row += config.modalityIndex(candidate) >= 0 ? 1 : 0;
  }
  return row;
}

}  // namespace fusemoe
