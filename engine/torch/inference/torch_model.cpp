#include "torch/inference/torch_model.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <chrono>

#include "torch/inference/prepare.h"
#include "torch/inference/result_builder.h"

namespace fusemoe {
namespace {

constexpr std::size_t kChunk = 32;  // requests computed together, and between two looks at the stop token

LoadedModel onDevice(LoadedModel loaded, at::Device device) {
  for (auto& [name, tensor] : loaded.parameters) tensor = tensor.to(device);
  return loaded;
}

}  // namespace

TorchModel::TorchModel(LoadedModel loaded, at::Device device)
    : m_loaded(onDevice(std::move(loaded), device)), m_device(device), m_network(m_loaded.config, m_loaded.parameters) {}

Result<std::vector<ResultPtr>> TorchModel::predict(std::span<const PredictRequest> requests, const PredictOptions& options,
                                                   const std::stop_token& stop) const {
  return guarded("The prediction", [&]() -> Result<std::vector<ResultPtr>> {
    const std::lock_guard lock(m_mutex);
    std::vector<ResultPtr> results;
    for (std::size_t first = 0; first < requests.size(); first += kChunk) {
      if (stop.stop_requested()) return failure("The prediction was stopped.");
      auto chunk = predictChunk(requests.subspan(first, std::min(kChunk, requests.size() - first)), options);
      if (!chunk) return chunk;
      results.insert(results.end(), chunk->begin(), chunk->end());
    }
    return results;
  });
}

Result<std::vector<ResultPtr>> TorchModel::predictChunk(std::span<const PredictRequest> requests,
                                                        const PredictOptions& options) const {
  const auto start = std::chrono::steady_clock::now();
  const c10::InferenceMode inference;
  auto prepared = prepare(m_loaded.config, requests);
  if (!prepared) return failure(prepared.error());
  const NetworkOutput output = m_network(to(*prepared, m_device));
  const ResultBuilder builder(m_loaded.config, m_network, output);
  std::vector<std::shared_ptr<RoutingResult>> built;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    auto result = builder.build(static_cast<std::int64_t>(i), options);
    if (!result) return failure(result.error());
    result->key = keyOf(*this, *requests[i].sample, requests[i].mask, options);
    result->states = statesOf(m_loaded.config, requests[i]);
    if (options.attention) {
      auto alone = prepare(m_loaded.config, requests.subspan(i, 1));
      if (!alone) return failure(alone.error());
      result->attention = attentionOf(*alone);
    }
    built.push_back(std::make_shared<RoutingResult>(std::move(*result)));
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  std::vector<ResultPtr> results;
  for (const auto& result : built) {
    result->milliseconds = took.count();
    results.push_back(result);
  }
  return results;
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
