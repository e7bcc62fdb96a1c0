#include "torch/inference/torch_model.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <chrono>

#include "torch/inference/compile_intervention.h"
#include "torch/inference/masked_results.h"
#include "torch/inference/model_analysis.h"
#include "torch/inference/numbers.h"
#include "torch/inference/prepare.h"
#include "torch/inference/result_builder.h"
#include "torch/model/parameters.h"

namespace fusemoe {
namespace {

/// On the processor weights stay as they are stored; other devices compute in float32.
LoadedModel onDevice(LoadedModel loaded, at::Device device) {
  if (!device.is_cpu())
    for (auto& [name, tensor] : loaded.parameters) tensor = tensor.to(device, at::kFloat);
  return loaded;
}

/// Tokens of one row of a router's.
at::Tensor rowOf(const at::Tensor& tensor, std::int64_t row, std::int64_t rows) {
  const std::int64_t tokens = tensor.size(0) / rows;
  return tensor.narrow(0, row * tokens, tokens);
}

NetworkOutput rowOf(const RowsOutput& output, std::int64_t row) {
  const std::int64_t rows = output.logits.size(0);
  NetworkOutput one;
  one.logits = output.logits.narrow(0, row, 1);
  for (std::size_t layer = 0; layer < output.routings.size(); ++layer) {
    MoeOutput part;
    for (const Routing& routing : output.routings[layer])
      part.routings.push_back({rowOf(routing.logits, row, rows),
                               rowOf(routing.dense, row, rows),
                               rowOf(routing.experts, row, rows),
                               rowOf(routing.weights, row, rows),
                               {}});
    for (const at::Tensor& tokens : output.tokens[layer]) part.tokens.push_back(rowOf(tokens, row, rows));
    one.layers.push_back(std::move(part));
  }
  return one;
}

}  // namespace

TorchModel::TorchModel(LoadedModel loaded, at::Device device)
    : m_loaded(onDevice(std::move(loaded), device)),
      m_device(device),
      m_network(m_loaded.config, m_loaded.parameters) {}

SharedBatch TorchModel::batchWith(const NetworkChange& change, const Intervention& intervention) const {
  std::string name = describe(intervention);
  if (intervention.means) name += " of " + intervention.means->source;
  return {m_loaded.config, m_network, m_device, change, std::move(name), m_states};
}

Result<std::vector<ResultPtr>> TorchModel::predict(std::span<const PredictRequest> requests,
                                                   const PredictOptions& options, const std::stop_token& stop) const {
  return guarded("The prediction", [&]() -> Result<std::vector<ResultPtr>> {
    const auto change = compile(options.intervention, m_loaded.config, m_device);
    if (!change) return failure(change.error());
    const std::lock_guard lock(m_mutex);
    const auto start = std::chrono::steady_clock::now();
    std::vector<ResultPtr> results(requests.size());
    const auto store = [&](std::span<const SharedBatch::Row> rows, const RowsOutput& output) -> Result<void> {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        const NetworkOutput one = rowOf(output, static_cast<std::int64_t>(row));
        for (const std::size_t answer : rows[row].answers) {
          auto result = resultOf(requests[answer], options, one);
          if (!result) return failure(result.error());
          const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
          result->milliseconds = took.count() / static_cast<double>(requests.size());
          results[answer] = std::make_shared<const RoutingResult>(std::move(*result));
        }
      }
      return {};
    };
    const auto done = batchWith(*change, options.intervention).run(requests, store, stop);
    if (!done) return checked<std::vector<ResultPtr>>(failure(done.error()));
    return checked<std::vector<ResultPtr>>(std::move(results));
  });
}

Result<std::vector<std::vector<MaskedRouting>>> TorchModel::predictMasks(std::span<const SamplePtr> samples,
                                                                         std::span<const ModalityMask> masks,
                                                                         const Intervention& intervention,
                                                                         const std::stop_token& stop) const {
  return guarded("The prediction", [&]() -> Result<std::vector<std::vector<MaskedRouting>>> {
    const auto change = compile(intervention, m_loaded.config, m_device);
    if (!change) return failure(change.error());
    return checked(maskedResults(m_loaded.config, batchWith(*change, intervention), samples, masks, stop));
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

Error TorchModel::explained(const Error& error) const {
  if (error.what != kNotFinite) return error;
  for (const auto& [name, tensor] : m_loaded.parameters)  // experts of a large file were not read to open it
    if (isExpert(name) && !at::isfinite(tensor).all().item<bool>())
      return {
          "Tensor '" + name + "' of " + m_loaded.info.path + " holds numbers that are not finite (NaN or infinity).",
          "Training diverged or the file is damaged; use another checkpoint.",
          {}};
  return error;
}

Result<RoutingResult> TorchModel::resultOf(const PredictRequest& request, const PredictOptions& options,
                                           const NetworkOutput& output) const {
  auto result = ResultBuilder(m_loaded.config, m_network, output).build(options);
  if (!result) return result;
  result->key = keyOf(*this, *request.sample, request.mask, options);
  if (options.projection && !options.basis) {
    auto named = std::make_shared<ProjectionBasis>(*result->basis);
    named->source = projectionSource(result->key);
    result->basis = std::move(named);
  }
  result->states = statesOf(m_loaded.config, request);
  if (options.attention) result->attention = attentionOf(request);
  return result;
}

std::vector<AttentionMap> TorchModel::attentionOf(const PredictRequest& request) const {
  std::vector<AttentionMap> maps;
  const auto batch = prepare(m_loaded.config, {&request, 1});
  if (!batch) return maps;  // has been prepared before
  const Batch onDevice = to(*batch, m_device);
  for (int m = 0; m < m_loaded.config.modalityCount(); ++m) {
    const ModalityInput& input = batch->modalities[static_cast<std::size_t>(m)];
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
