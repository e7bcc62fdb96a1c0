#include "torch/inference/model_analysis.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>

#include "base/sha256.h"
#include "torch/inference/numbers.h"
#include "torch/inference/prepare.h"

namespace fusemoe {
namespace {

constexpr std::size_t kBatch = 32;

/// Sums of encodings over the stays that have each modality.
class EncodingSums {
 public:
  EncodingSums(const ModelConfig& config, const Network& network, at::Device device)
      : m_config(config),
        m_network(network),
        m_device(device),
        m_sums(config.modalities.size(), at::zeros({config.bins, config.width}, at::kDouble)),
        m_stays(config.modalities.size()) {}

  Result<void> add(const std::vector<SamplePtr>& samples) {
    std::vector<PredictRequest> requests;
    for (const SamplePtr& sample : samples) requests.push_back({sample, 0});
    const auto batch = prepare(m_config, requests);
    if (!batch) return failure(batch.error());
    const std::vector<at::Tensor> encoded = m_network.encode(to(*batch, m_device), {});
    for (std::size_t m = 0; m < encoded.size(); ++m) {
      const at::Tensor rows = batch->modalities[m].missing.logical_not().nonzero().squeeze(1);
      m_sums[m] = m_sums[m] + encoded[m].to(at::kCPU).index_select(0, rows).sum(0, false, at::kDouble);
      m_stays[m] += static_cast<std::size_t>(rows.numel());
    }
    return {};
  }

  void finish(EncodingMeans& means) const {
    means.stays = m_stays;
    for (std::size_t m = 0; m < m_sums.size(); ++m)
      means.means.push_back(m_stays[m] == 0 ? std::vector<float>()
                                            : floats(m_sums[m] / static_cast<double>(m_stays[m])));
  }

 private:
  const ModelConfig& m_config;
  const Network& m_network;
  at::Device m_device;
  std::vector<at::Tensor> m_sums;
  std::vector<std::size_t> m_stays;
};

}  // namespace

Result<EncodingMeansPtr> encodingMeansOf(const ModelConfig& config, const Network& network, at::Device device,
                                         const std::string& digest, const SampleSource& source,
                                         const std::string& split, const ProgressSink& progress,
                                         const std::stop_token& stop) {
  const c10::InferenceMode inference;
  const auto total = source.count(split);
  if (!total) return failure(total.error());
  EncodingSums sums(config, network, device);
  std::vector<SamplePtr> batch;
  std::string digests;
  std::size_t seen = 0;
  Result<void> added;
  auto flush = [&] {
    if (!batch.empty()) added = sums.add(batch);
    seen += batch.size();
    batch.clear();
    if (progress && *total > 0)
      progress({static_cast<double>(seen) / static_cast<double>(*total),
                "mean encodings, " + std::to_string(seen) + " of " + std::to_string(*total) + " stays"});
    return added.has_value() && !stop.stop_requested();
  };
  const auto visited = source.visit(split, [&](const SamplePtr& sample) {
    batch.push_back(sample);
    digests += sample->digest + '\n';
    return batch.size() < kBatch || flush();
  });
  if (!visited) return failure(visited.error());
  if (added) flush();
  if (!added) return failure(added.error());
  if (stop.stop_requested()) return failure("Computing the mean encodings was stopped.");
  const std::string place = split.empty() ? "The cohort" : "The split '" + split + "'";
  if (seen == 0) return failure(place + " has no stay to take mean encodings of.", "Choose another split or cohort.");
  auto means = std::make_shared<EncodingMeans>();
  means->source = digest + '/' + split + '/' + std::to_string(seen) + '/' + sha256(digests);
  sums.finish(*means);
  return means;
}

std::vector<GateGeometry> gateGeometryOf(const ModelConfig& config, const Network& network) {
  const c10::InferenceMode inference;
  std::vector<GateGeometry> all;
  const int choices = config.expertsPerRouter();
  auto doubles = [](const at::Tensor& tensor) {
    const at::Tensor flat = tensor.contiguous();
    return std::vector<double>(flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel());
  };
  for (int layer = 0; layer < config.layers; ++layer)
    for (int router = 0; router < config.routerCount(); ++router) {
      const at::Tensor gates = network.moe(layer).gateVectors(router).t().to(at::kCPU, at::kDouble);  // [n, d]
      const at::Tensor norm = gates.norm(2, {1});
      const at::Tensor product = norm.unsqueeze(1) * norm.unsqueeze(0);
      const at::Tensor cosine =
          at::where(product > 0, at::matmul(gates, gates.t()) / product, at::zeros_like(product)).clamp(-1, 1);
      // From differences: exact zeros on the diagonal.
      const at::Tensor distance = (gates.unsqueeze(1) - gates.unsqueeze(0)).norm(2, {2});
      GateGeometry geometry{layer, router, {}, doubles(norm), doubles(distance), doubles(cosine)};
      const int first = config.router == Router::Disjoint ? router * choices : 0;
      for (int expert = first; expert < first + choices; ++expert) geometry.experts.push_back(expert);
      all.push_back(std::move(geometry));
    }
  return all;
}

}  // namespace fusemoe
