#include "torch/inference/torch_model.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <chrono>

#include "torch/inference/compile_intervention.h"
#include "torch/inference/mask_batch.h"
#include "torch/inference/model_analysis.h"
#include "torch/inference/prepare.h"
#include "torch/inference/result_builder.h"

namespace fusemoe {
namespace {

LoadedModel onDevice(LoadedModel loaded, at::Device device) {
  for (auto& [name, tensor] : loaded.parameters) tensor = tensor.to(device);
  return loaded;
}

}  // namespace

TorchModel::TorchModel(LoadedModel loaded, at::Device device)
    : m_loaded(onDevice(std::move(loaded), device)),
      m_device(device),
      m_network(m_loaded.config, m_loaded.parameters) {}

Result<std::vector<ResultPtr>> TorchModel::predict(std::span<const PredictRequest> requests,
                                                   const PredictOptions& options, const std::stop_token& stop) const {
  return guarded("The prediction", [&]() -> Result<std::vector<ResultPtr>> {
    const auto change = compile(options.intervention, m_loaded.config, m_device);
    if (!change) return failure(change.error());
    const std::lock_guard lock(m_mutex);
    std::vector<ResultPtr> results;
    for (const PredictRequest& request : requests) {
      if (stop.stop_requested()) return failure("The prediction was stopped.");
      auto result = predictOne(request, options, *change);
      if (!result) return failure(result.error());
      results.push_back(std::move(*result));
    }
    return results;
  });
}

Result<std::vector<std::vector<MaskedRouting>>> TorchModel::predictMasks(std::span<const SamplePtr> samples,
                                                                         std::span<const ModalityMask> masks,
                                                                         const Intervention& intervention,
                                                                         const std::stop_token& stop) const {
  return guarded("The prediction", [&]() -> Result<std::vector<std::vector<MaskedRouting>>> {
    const auto change = compile(intervention, m_loaded.config, m_device);
    if (!change) return failure(change.error());
    return MaskBatch(m_loaded.config, m_network, m_device, *change).run(samples, masks, stop);
  });
}

Result<EncodingMeansPtr> TorchModel::encodingMeans(const SampleSource& source, const std::string& split,
                                                   const ProgressSink& progress, const std::stop_token& stop) const {
  return guarded("Computing the mean encodings", [&] {
    return encodingMeansOf(m_loaded.config, m_network, m_device, m_loaded.info.digest, source, split, progress, stop);
  });
}

Result<std::vector<GateGeometry>> TorchModel::gateGeometry() const {
  return guarded("Measuring the gate vectors",
                 [&]() -> Result<std::vector<GateGeometry>> { return gateGeometryOf(m_loaded.config, m_network); });
}

Result<ResultPtr> TorchModel::predictOne(const PredictRequest& request, const PredictOptions& options,
                                         const NetworkChange& change) const {
  const auto start = std::chrono::steady_clock::now();
  const c10::InferenceMode inference;
  auto prepared = prepare(m_loaded.config, {&request, 1});
  if (!prepared) return failure(prepared.error());
  const NetworkOutput output = m_network(to(*prepared, m_device), nullptr, change);
  auto result = ResultBuilder(m_loaded.config, m_network, output).build(options);
  if (!result) return failure(result.error());
  result->key = keyOf(*this, *request.sample, request.mask, options);
  if (options.projection && !options.basis) {
    auto named = std::make_shared<ProjectionBasis>(*result->basis);
    named->source = projectionSource(result->key);
    result->basis = std::move(named);
  }
  result->states = statesOf(m_loaded.config, request);
  if (options.attention) result->attention = attentionOf(*prepared);
  result->milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return std::make_shared<const RoutingResult>(std::move(*result));
}

std::vector<AttentionMap> TorchModel::attentionOf(const Batch& batch) const {
  std::vector<AttentionMap> maps;
  const Batch onDevice = to(batch, m_device);
  for (int m = 0; m < m_loaded.config.modalityCount(); ++m) {
    const ModalityInput& input = batch.modalities[static_cast<std::size_t>(m)];
    if (input.missing.data_ptr<bool>()[0]) continue;
    at::Tensor weights = m_network.attention(onDevice, m);
    if (!weights.defined()) continue;
    weights = weights.to(at::kCPU).contiguous();
    const at::Tensor hours = (input.times[0] * m_loaded.config.windowHours).contiguous();
    maps.push_back({m,
                    {hours.data_ptr<float>(), hours.data_ptr<float>() + hours.numel()},
                    {weights.data_ptr<float>(), weights.data_ptr<float>() + weights.numel()}});
  }
  return maps;
}

}  // namespace fusemoe
