#include "torch/script/script_model.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>

#include "api/script_file.h"
#include "base/sha256.h"
#include "torch/inference/prepare.h"
#include "torch/inference/result_builder.h"
#include "torch/inference/torch_model.h"
#include "torch/moe/router.h"

namespace fusemoe {
namespace {

constexpr const char* kConfigFile = "fusemoe_config.json";
constexpr const char* kManual = "engine/torch/script/PLUGINS.md says what it should give.";

NamedTensors inputsOf(const ModelConfig& config, const Batch& batch) {
  NamedTensors inputs;
  for (std::size_t m = 0; m < config.modalities.size(); ++m) {
    const ModalityInput& input = batch.modalities[m];
    const std::string& name = config.modalities[m].name;
    for (const auto& [part, tensor] :
         {std::pair("missing", &input.missing), std::pair("times", &input.times), std::pair("values", &input.values),
          std::pair("mask", &input.mask), std::pair("grid", &input.grid)})
      if (tensor->defined()) inputs[name + "." + part] = *tensor;
  }
  return inputs;
}

/// The stay without what is masked: a program sees of a masked modality what it sees of an absent one.
SamplePtr shownOf(const ModelConfig& config, const PredictRequest& request) {
  if (request.mask == 0) return request.sample;
  auto shown = std::make_shared<Sample>(*request.sample);
  std::erase_if(shown->modalities, [&](const ModalityData& modality) {
    const int index = config.modalityIndex(modality.name);
    return index >= 0 && (request.mask >> index & 1U);
  });
  return shown;
}

std::string sizesOf(const at::Tensor& tensor) {
  std::string text;
  for (const std::int64_t size : tensor.sizes()) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "[" + text + "]";
}

/// What a program gave, looked at as the configuration describes it.
class Answer {
 public:
  Answer(const ModelConfig& config, const std::string& path, const NamedTensors& tensors)
      : m_config(config), m_path(path), m_tensors(tensors) {}

  Result<NetworkOutput> read() const {
    NetworkOutput output;
    auto logits = tensor("logits", {1, m_config.outputs()});
    if (!logits) return failure(logits.error());
    output.logits = *logits;
    const std::int64_t tokens = m_config.token == TokenGranularity::Bin ? m_config.bins : 1;
    const std::int64_t choices = m_config.expertsPerRouter();
    for (int layer = 0; layer < m_config.layers; ++layer) {
      MoeOutput moe;
      for (int router = 0; router < m_config.routerCount(); ++router) {
        // Where there is one expert, every token goes there: nothing that a program would have to tell.
        auto gate = choices == 1
                        ? at::zeros({tokens, 1})
                        : tensor("layers." + std::to_string(layer) + ".router." + std::to_string(router) + ".logits",
                                 {tokens, choices});
        if (!gate) return failure(gate.error());
        moe.routings.push_back(routingOf(*gate, m_config.topK));
      }
      output.layers.push_back(std::move(moe));
    }
    return output;
  }

 private:
  Result<at::Tensor> tensor(const std::string& name, at::IntArrayRef sizes) const {
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end()) return failure("The program " + m_path + " gives no '" + name + "'.", kManual);
    if (found->second.sizes() != sizes)
      return failure("The program " + m_path + " gives '" + name + "' of shape " + sizesOf(found->second) +
                         " where its configuration needs " + sizesOf(at::empty(sizes)) + ".",
                     kManual);
    if (!at::isfinite(found->second).all().item<bool>())
      return failure("The program " + m_path + " gives numbers that are not finite as '" + name + "'.",
                     "Ask who made the program.");
    return found->second;
  }

  const ModelConfig& m_config;
  const std::string& m_path;
  const NamedTensors& m_tensors;
};

tl::unexpected<Error> hidden(const std::string& what) {
  return failure("A TorchScript model does not show " + what + ".",
                 "Only models in this program's own or the authors' format do.");
}

Result<void> refuse(const Intervention& intervention) {
  if (!intervention.empty()) return hidden("its experts, so it cannot be changed while it predicts");
  return {};
}

}  // namespace

Result<ModelPtr> ScriptModel::open(const std::string& path) {
  const auto json = readScriptExtra(path, kConfigFile);
  if (!json) return failure(json.error());
  auto config = modelConfigFromJson(*json);
  if (!config)
    return failure(path + ", " + kConfigFile + ": " + config.error().what, config.error().hint, config.error().detail);
  auto digest = sha256File(path);
  if (!digest) return failure(digest.error());
  auto program = ScriptProgram::load(path, ScriptProgram::Signature::Named);
  if (!program) return failure(program.error());
  const ScriptProgram::Weights weights = program->weights();
  const std::shared_ptr<ScriptModel> model(new ScriptModel(std::move(*config), std::move(*program)));
  ModelInfo& info = model->m_info;
  info.path = path;
  info.digest = *digest;
  info.digestOf = "file";
  info.format = "torchscript";
  info.weights = weights.types;
  info.parameters = weights.numbers;
  info.tensors = weights.tensors;
  info.bytes = weights.bytes;
  info.notes = {"A TorchScript program: what it shows of its routing is what it says of itself."};
  const auto nothing = std::make_shared<Sample>();
  if (const auto tried = model->predictOne({nothing, 0}, {}); !tried) return failure(tried.error());
  return ModelPtr(model);
}

Result<std::vector<ResultPtr>> ScriptModel::predict(std::span<const PredictRequest> requests,
                                                    const PredictOptions& options, const std::stop_token& stop) const {
  if (const auto possible = refuse(options.intervention); !possible) return failure(possible.error());
  return guarded("The prediction", [&]() -> Result<std::vector<ResultPtr>> {
    std::vector<ResultPtr> results;
    for (const PredictRequest& request : requests) {
      if (stop.stop_requested()) return failure("The prediction was stopped.");
      auto result = predictOne(request, options);
      if (!result) return failure(result.error());
      results.push_back(std::move(*result));
    }
    return results;
  });
}

Result<ResultPtr> ScriptModel::predictOne(const PredictRequest& request, const PredictOptions& options) const {
  const auto start = std::chrono::steady_clock::now();
  const PredictRequest shown{shownOf(m_config, request), 0};
  const auto prepared = prepare(m_config, {&shown, 1});
  if (!prepared) return failure(prepared.error());
  const auto tensors = m_program(inputsOf(m_config, *prepared));
  if (!tensors) return failure(tensors.error());
  const auto output = Answer(m_config, m_info.path, *tensors).read();
  if (!output) return failure(output.error());
  auto result = ResultBuilder(m_config, *output).build(options);
  if (!result) return failure(result.error());
  result->key = keyOf(*this, *request.sample, request.mask, options);
  if (options.projection) {
    // Axes of no layer: there are no tokens to project, and results are still told apart by their axes' name.
    auto none = std::make_shared<ProjectionBasis>();
    none->source = projectionSource(result->key);
    result->basis = options.basis ? options.basis : std::move(none);
  }
  result->states = statesOf(m_config, request);
  result->milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return std::make_shared<const RoutingResult>(std::move(*result));
}

Result<std::vector<std::vector<MaskedRouting>>> ScriptModel::predictMasks(std::span<const SamplePtr> samples,
                                                                          std::span<const ModalityMask> masks,
                                                                          const Intervention& intervention,
                                                                          const std::stop_token& stop) const {
  if (const auto possible = refuse(intervention); !possible) return failure(possible.error());
  return guarded("The prediction", [&]() -> Result<std::vector<std::vector<MaskedRouting>>> {
    std::vector<std::vector<MaskedRouting>> all;
    for (const SamplePtr& sample : samples) {
      std::vector<MaskedRouting>& own = all.emplace_back();
      for (const ModalityMask mask : masks) {
        if (stop.stop_requested()) return failure("The prediction was stopped.");
        auto routing = maskedRouting({sample, mask});
        if (!routing) return failure(routing.error());
        own.push_back(std::move(*routing));
      }
    }
    return all;
  });
}

Result<MaskedRouting> ScriptModel::maskedRouting(const PredictRequest& request) const {
  const auto result = predictOne(request, {});
  if (!result) return failure(result.error());
  MaskedRouting routing{request.mask, 0, (*result)->probability, (*result)->headLogits, {}, {}};
  for (std::size_t m = 0; m < m_config.modalities.size(); ++m)
    if ((*result)->states[m] == ModalityState::Present) routing.present |= 1U << m;
  for (const LayerResult& layer : (*result)->layers)
    for (const RouterResult& router : layer.routers) {
      routing.meanDense.insert(routing.meanDense.end(), router.meanDense.begin(), router.meanDense.end());
      routing.meanTopK.insert(routing.meanTopK.end(), router.meanTopK.begin(), router.meanTopK.end());
    }
  return routing;
}

Result<EncodingMeansPtr> ScriptModel::encodingMeans(const SampleSource&, const std::string&, const ProgressSink&,
                                                    const std::stop_token&) const {
  return hidden("how it encodes a modality");
}

Result<std::vector<GateGeometry>> ScriptModel::gateGeometry() const {
  return hidden("its gate vectors");
}

}  // namespace fusemoe
