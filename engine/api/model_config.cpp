#include "api/model_config.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "api/sample.h"

namespace fusemoe {
namespace {

/// One rule broken: "field must be rule, not value."
tl::unexpected<Error> invalid(const std::string& field, const std::string& rule) {
  return failure("The model configuration is not usable: " + field + " must be " + rule + ".",
                 "Correct that field, or open another model.");
}

Result<void> validateVariables(const ModalityConfig& modality, const std::string& field) {
  if (modality.variables.empty()) return invalid(field + ".variables", "a list of at least one variable");
  if (modality.variables.size() > 4096) return invalid(field + ".variables", "at most 4096 variables");
  std::set<std::string> names;
  for (const VariableConfig& variable : modality.variables) {
    const std::string place = field + ".variables[" + variable.name + "]";
    if (variable.name.empty() || !names.insert(variable.name).second)
      return invalid(place + ".name", "a name that no other variable has");
    if (!std::isfinite(variable.mean)) return invalid(place + ".mean", "a finite number");
    if (!std::isfinite(variable.std) || variable.std <= 0) return invalid(place + ".std", "a number above 0");
  }
  return {};
}

Result<void> validateModality(const ModalityConfig& modality, const std::string& field) {
  if (modality.kind == ModalityKind::Vectors) {
    if (modality.width < 1 || modality.width > 65536) return invalid(field + ".width", "from 1 to 65536");
    if (!modality.variables.empty()) return invalid(field + ".variables", "empty for a modality of vectors");
  } else if (auto checked = validateVariables(modality, field); !checked) {
    return checked;
  }
  if (modality.utde && modality.kind != ModalityKind::Series)
    return invalid(field + ".utde", "false unless kind is series");
  if (!modality.irregularityEncoder && modality.kind == ModalityKind::Vectors)
    return invalid(field + ".irregularity_encoder", "true for a modality of vectors, which has no regular grid");
  if (modality.utde && !modality.irregularityEncoder)
    return invalid(field + ".utde", "false without the irregularity encoder it mixes");
  return {};
}

Result<void> validateModalities(const ModelConfig& config) {
  if (config.modalities.empty() || config.modalityCount() > kMaxModalities)
    return invalid("modalities", "a list of 1 to " + std::to_string(kMaxModalities) + " modalities");
  std::set<std::string> names;
  for (int i = 0; i < config.modalityCount(); ++i) {
    const std::string field = "modalities[" + std::to_string(i) + "]";
    const std::string& name = config.modalities[i].name;
    if (name.empty() || name.find(',') != std::string::npos || !names.insert(name).second)
      return invalid(field + ".name", "a name without commas that no other modality has");
    if (auto checked = validateModality(config.modalities[i], field); !checked) return checked;
  }
  return {};
}

struct IntRule {
  const char* field;
  int value, low, high;
};
struct RealRule {
  const char* field;
  double value, low, high;
};

std::string rangeText(double low, double high) {
  auto text = [](double value) {
    std::string digits = std::to_string(value);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
  };
  return "from " + text(low) + " to " + text(high);
}

Result<void> validateSizes(const ModelConfig& config) {
  const IntRule sizes[] = {
      {"bins", config.bins, 2, 4096},   {"width", config.width, 1, 8192},
      {"heads", config.heads, 1, 256},  {"time_width", config.timeWidth, 2, 4096},
      {"layers", config.layers, 1, 64}, {"experts", config.experts, 1, 4096},
      {"top_k", config.topK, 1, 4096},  {"expert_hidden", config.expertHidden, 1, 65536},
  };
  for (const IntRule& rule : sizes)
    if (rule.value < rule.low || rule.value > rule.high) return invalid(rule.field, rangeText(rule.low, rule.high));
  const RealRule reals[] = {{"window_hours", config.windowHours, 1e-6, 1e9},
                            {"dropout", config.dropout, 0, 0.95},
                            {"loss.balance", config.loss.balance, 0, 1e3},
                            {"loss.entropy", config.loss.entropy, -1e3, 1e3}};
  for (const RealRule& rule : reals)
    if (!(rule.value >= rule.low && rule.value <= rule.high))
      return invalid(rule.field, rangeText(rule.low, rule.high));
  if (config.width % config.heads) return invalid("width", "a multiple of heads");
  if (config.timeWidth % config.heads) return invalid("time_width", "a multiple of heads");
  return {};
}

Result<void> validateRouting(const ModelConfig& config) {
  if (config.router == Router::Disjoint && config.experts % config.modalityCount())
    return invalid("experts", "a multiple of the number of modalities for disjoint routers");
  if (config.topK > config.expertsPerRouter())
    return invalid("top_k",
                   "at most the " + std::to_string(config.expertsPerRouter()) + " experts a router chooses among");
  if (config.task.kind == TaskKind::Binary ? config.task.labels.size() != 1 : config.task.labels.size() < 2)
    return invalid("task.labels", "one label for a binary task, else at least two");
  if (config.task.labels.size() > 10000) return invalid("task.labels", "at most 10000 labels");
  return {};
}

}  // namespace

int ModelConfig::tokenWidth() const {
  const int perModality = token == TokenGranularity::Sequence ? bins * width : width;
  return router == Router::Joint ? perModality * modalityCount() : perModality;
}

int ModelConfig::expertOutputWidth() const {
  return (token == TokenGranularity::Sequence ? bins * width : width) * modalityCount();
}

int ModelConfig::modalityIndex(std::string_view modality) const {
  const auto found = std::find_if(modalities.begin(), modalities.end(),
                                  [&](const ModalityConfig& candidate) { return candidate.name == modality; });
  return found == modalities.end() ? -1 : static_cast<int>(found - modalities.begin());
}

Result<ModalityMask> maskFromNames(const ModelConfig& config, const std::vector<std::string>& names) {
  ModalityMask mask = 0;
  for (const std::string& name : names) {
    const int index = config.modalityIndex(name);
    if (index < 0) {
      std::string known;
      for (const ModalityConfig& modality : config.modalities) known += (known.empty() ? "" : ", ") + modality.name;
      return failure("The model has no modality named '" + name + "'.", "It has: " + known + ".");
    }
    mask |= ModalityMask{1} << index;
  }
  return mask;
}

Result<void> validate(const ModelConfig& config) {
  if (auto checked = validateModalities(config); !checked) return checked;
  if (auto checked = validateSizes(config); !checked) return checked;
  return validateRouting(config);
}

bool ModalityData::present() const {
  return observationCount() > 0;
}

std::size_t ModalityData::observationCount() const {
  std::size_t count = events.size();
  for (const VariableData& variable : variables) count += variable.observations.size();
  return count;
}

const ModalityData* Sample::modality(const std::string& name) const {
  const auto found = std::find_if(modalities.begin(), modalities.end(),
                                  [&](const ModalityData& candidate) { return candidate.name == name; });
  return found == modalities.end() ? nullptr : &*found;
}

}  // namespace fusemoe
