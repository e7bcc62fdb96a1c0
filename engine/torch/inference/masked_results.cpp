#include "torch/inference/masked_results.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "torch/inference/numbers.h"

namespace fusemoe {
namespace {

/// Means over the tokens of each row: [rows, choices].
at::Tensor meanOf(const at::Tensor& perToken, std::int64_t rows) {
  return perToken.view({rows, -1, perToken.size(1)}).mean(1, false, at::kDouble).to(at::kFloat);
}

/// Writes the means of one layer and router to their place in each routing.
void addMeans(const ModelConfig& config, const Routing& routing, int layer, int router,
              std::vector<MaskedRouting>& routings) {
  const int choices = config.expertsPerRouter();
  const std::size_t place = RoutingShape(config).at(layer, router) +
                            static_cast<std::size_t>(config.router == Router::Disjoint ? router * choices : 0);
  const auto rows = static_cast<std::int64_t>(routings.size());
  const std::vector<float> dense = floats(meanOf(routing.dense, rows));
  const std::vector<float> topK =
      floats(meanOf(at::zeros_like(routing.dense).scatter(-1, routing.experts, routing.weights), rows));
  for (std::size_t row = 0; row < routings.size(); ++row) {
    const std::size_t from = row * static_cast<std::size_t>(choices);
    std::copy_n(dense.begin() + from, choices, routings[row].meanDense.begin() + place);
    std::copy_n(topK.begin() + from, choices, routings[row].meanTopK.begin() + place);
  }
}

std::vector<MaskedRouting> routingsOf(const ModelConfig& config, const RowsOutput& output) {
  const std::vector<float> zeros(RoutingShape(config).size());
  std::vector<MaskedRouting> routings(static_cast<std::size_t>(output.logits.size(0)),
                                      MaskedRouting{0, 0, {}, {}, zeros, zeros});
  for (std::size_t layer = 0; layer < output.routings.size(); ++layer)
    for (std::size_t router = 0; router < output.routings[layer].size(); ++router)
      addMeans(config, output.routings[layer][router], static_cast<int>(layer), static_cast<int>(router), routings);
  const std::vector<float> logits = floats(output.logits),
                           probability = floats(Network::probability(config.task.kind, output.logits));
  const std::size_t outputs = logits.size() / routings.size(), labels = probability.size() / routings.size();
  for (std::size_t row = 0; row < routings.size(); ++row) {
    routings[row].headLogits.assign(logits.begin() + row * outputs, logits.begin() + (row + 1) * outputs);
    routings[row].probability.assign(probability.begin() + row * labels, probability.begin() + (row + 1) * labels);
  }
  return routings;
}

}  // namespace

Result<std::vector<std::vector<MaskedRouting>>> maskedResults(const ModelConfig& config, const SharedBatch& batch,
                                                              std::span<const SamplePtr> samples,
                                                              std::span<const ModalityMask> masks,
                                                              const std::stop_token& stop) {
  std::vector<std::vector<MaskedRouting>> results(samples.size(), std::vector<MaskedRouting>(masks.size()));
  std::vector<PredictRequest> requests;
  for (const SamplePtr& sample : samples)
    for (const ModalityMask mask : masks) requests.push_back({sample, mask});
  const auto store = [&](std::span<const SharedBatch::Row> rows, const RowsOutput& output) -> Result<void> {
    const std::vector<MaskedRouting> routings = routingsOf(config, output);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (auto finite = checkFinite(routings[row].probability); !finite) return finite;
      for (const std::size_t answer : rows[row].answers) {
        MaskedRouting& result = results[answer / masks.size()][answer % masks.size()];
        result = routings[row];
        result.present = rows[row].present;
        result.mask = requests[answer].mask;
      }
    }
    return {};
  };
  if (auto done = batch.run(requests, store, stop); !done) return failure(done.error());
  return results;
}

}  // namespace fusemoe
