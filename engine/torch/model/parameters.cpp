#include "torch/model/parameters.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>
#include <set>

namespace fusemoe {
namespace {

class Layout {
 public:
  void add(const std::string& name, std::vector<std::int64_t> shape, Initial initial, std::int64_t fanIn = 1) {
    specs.push_back({name, std::move(shape), initial, fanIn});
  }
  void linear(const std::string& name, std::int64_t in, std::int64_t out, Initial initial = Initial::Uniform) {
    add(name + ".weight", {out, in}, initial, in);
    add(name + ".bias", {out}, initial == Initial::Uniform ? Initial::Uniform : Initial::Zeros, in);
  }
  void norm(const std::string& name, std::int64_t width) {
    add(name + ".weight", {width}, Initial::Ones);
    add(name + ".bias", {width}, Initial::Zeros);
  }
  std::vector<ParameterSpec> specs;
};

void addEncoder(Layout& layout, const ModelConfig& config, const ModalityConfig& modality) {
  const std::string name = "encoder." + modality.name;
  const std::int64_t variables = static_cast<std::int64_t>(modality.variables.size());
  if (modality.kind == ModalityKind::Static) {
    layout.linear(name + ".out", 2 * variables, config.width);
    return;
  }
  if (modality.irregularityEncoder) {
    const std::int64_t channels = modality.kind == ModalityKind::Series ? 2 * variables : modality.width;
    layout.linear(name + ".query", config.timeWidth, config.timeWidth);
    layout.linear(name + ".key", config.timeWidth, config.timeWidth);
    layout.linear(name + ".out", config.heads * channels, config.width);
  }
  if (modality.kind == ModalityKind::Series && (modality.utde || !modality.irregularityEncoder))
    layout.add(name + ".grid.weight", {config.width, channelsOf(modality.grid) * variables}, Initial::Uniform,
               channelsOf(modality.grid) * variables);
  if (modality.utde) {
    layout.linear(name + ".mix1", 2 * config.width, config.width);
    layout.linear(name + ".mix2", config.width, modality.utdeGate == UtdeGate::BatchSeqFeature ? config.width : 1);
  }
}

void addLayer(Layout& layout, const ModelConfig& config, int index) {
  const std::string layer = "layers." + std::to_string(index) + ".";
  const std::int64_t width = config.width;
  for (const ModalityConfig& modality : config.modalities) {
    const std::string name = layer + modality.name;
    layout.norm(name + ".attention.norm", width);
    layout.linear(name + ".attention.in", width, 3 * width, Initial::Xavier);
    layout.linear(name + ".attention.out", width, width, Initial::Xavier);
    layout.norm(name + ".moe_norm", width);
    layout.norm(name + ".ffn.norm", width);
    layout.linear(name + ".ffn.fc1", width, 4 * width, Initial::Xavier);
    layout.linear(name + ".ffn.fc2", 4 * width, width, Initial::Xavier);
  }
  const std::int64_t token = config.tokenWidth(), choices = config.expertsPerRouter();
  for (int router = 0; router < config.routerCount(); ++router) {
    const std::string name = layer + "router." + routerName(config, router);
    // Tokens come out of a layer norm: gate vectors of unit variance per coordinate start among them.
    layout.add(name + ".gate", {token, choices}, config.gate == Gate::Softmax ? Initial::SmallNormal : Initial::Normal);
    layout.add(name + ".noise", {token, choices}, Initial::Zeros);
  }
  for (int expert = 0; expert < config.experts; ++expert) {
    const std::string name = layer + "expert." + std::to_string(expert);
    layout.linear(name + ".fc1", token, config.expertHidden);
    layout.linear(name + ".fc2", config.expertHidden, config.expertOutputWidth());
  }
}

std::string shapeText(at::IntArrayRef shape) {
  std::string text = "[";
  for (const std::int64_t dimension : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(dimension);
  return text + "]";
}

}  // namespace

std::string routerName(const ModelConfig& config, int router) {
  return config.router == Router::Joint ? "joint" : config.modalities[static_cast<std::size_t>(router)].name;
}

std::vector<ParameterSpec> parameterLayout(const ModelConfig& config) {
  Layout layout;
  layout.linear("time.linear", 1, 1);
  layout.linear("time.periodic", 1, config.timeWidth - 1);
  layout.add("position", {config.bins, config.width}, Initial::SmallNormal);
  for (const ModalityConfig& modality : config.modalities) {
    addEncoder(layout, config, modality);
    layout.add("type." + modality.name, {config.width}, Initial::SmallNormal);
    if (config.missing == MissingMechanism::Learned)
      layout.add("missing." + modality.name, {config.width}, Initial::SmallNormal);
  }
  for (int layer = 0; layer < config.layers; ++layer) addLayer(layout, config, layer);
  const std::int64_t joined = config.headWidth();
  for (const ModalityConfig& modality : config.modalities) layout.norm("norm." + modality.name, config.width);
  layout.linear("head.fc1", joined, joined);
  layout.linear("head.fc2", joined, joined);
  layout.linear("head.out", joined, config.outputs());
  return std::move(layout.specs);
}

bool isExpert(const std::string& parameter) {
  return parameter.find(".expert.") != std::string::npos;
}

bool isExpertWeight(const std::string& parameter) {
  return isExpert(parameter) && parameter.ends_with(".weight");
}

at::Tensor initialTensor(const ParameterSpec& spec, at::Generator& generator) {
  const at::TensorOptions options = at::TensorOptions(at::kFloat);
  switch (spec.initial) {
    case Initial::Zeros:
      return at::zeros(spec.shape, options);
    case Initial::Ones:
      return at::ones(spec.shape, options);
    case Initial::Normal:
      return at::randn(spec.shape, generator, options);
    case Initial::SmallNormal:
      return at::randn(spec.shape, generator, options) * 0.02;
    case Initial::Uniform: {
      const double bound = 1.0 / std::sqrt(static_cast<double>(spec.fanIn));
      return at::empty(spec.shape, options).uniform_(-bound, bound, generator);
    }
    case Initial::Xavier: {
      const double bound = std::sqrt(6.0 / static_cast<double>(spec.shape[0] + spec.shape[1]));
      return at::empty(spec.shape, options).uniform_(-bound, bound, generator);
    }
  }
  return {};
}

TensorMap initialParameters(const ModelConfig& config, std::uint64_t seed) {
  at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  TensorMap parameters;
  for (const ParameterSpec& spec : parameterLayout(config))
    parameters.emplace(spec.name, initialTensor(spec, generator));
  return parameters;
}

Result<void> checkParameters(const ModelConfig& config, const TensorMap& tensors, bool readExperts) {
  std::set<std::string> known;
  for (const ParameterSpec& spec : parameterLayout(config)) {
    known.insert(spec.name);
    const auto found = tensors.find(spec.name);
    if (found == tensors.end())
      return failure("The model lacks the tensor '" + spec.name + "'.", "The file is incomplete; export it again.");
    if (found->second.sizes() != at::IntArrayRef(spec.shape))
      return failure("Tensor '" + spec.name + "' has shape " + shapeText(found->second.sizes()) +
                         " where the configuration needs " + shapeText(spec.shape) + ".",
                     "Weights and configuration do not belong together; export the model again.");
    if (!at::isFloatingType(found->second.scalar_type()))
      return failure("Tensor '" + spec.name + "' does not hold floating-point numbers.", "Export the model again.");
    if ((readExperts || !isExpert(spec.name)) && !at::isfinite(found->second).all().item<bool>())
      return failure("Tensor '" + spec.name + "' holds numbers that are not finite (NaN or infinity).",
                     "Training diverged or the file is damaged; use another checkpoint.");
  }
  for (const auto& [name, tensor] : tensors)
    if (!known.count(name))
      return failure("The model holds the tensor '" + name + "' that its configuration does not name.",
                     "Weights and configuration do not belong together; export the model again.");
  return {};
}

}  // namespace fusemoe
