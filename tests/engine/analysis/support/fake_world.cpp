#include "fake_world.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace fusemoe::test {
namespace {

constexpr int kLayers = 2, kExperts = 4, kKept = 2;

std::vector<float> probabilityOf(TaskKind kind, const std::vector<float>& logits) {
  if (kind == TaskKind::MultiLabel) {
    std::vector<float> each;
    for (const float logit : logits) each.push_back(static_cast<float>(1 / (1 + std::exp(-double(logit)))));
    return each;
  }
  std::vector<double> weights;
  for (const float logit : logits) weights.push_back(std::exp(double(logit)));
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (kind == TaskKind::Binary) return {static_cast<float>(weights[1] / sum)};
  std::vector<float> each;
  for (const double weight : weights) each.push_back(static_cast<float>(weight / sum));
  return each;
}

RouterResult routerOf(int router, int shown) {
  const auto first = static_cast<std::size_t>((router + shown) % kExperts), next = (first + 1) % kExperts;
  RouterResult result{router, 1, std::vector<float>(kExperts, 0.0F), std::vector<float>(kExperts, 0.1F), {}, {},
                      {},     {}};
  result.dense[first] = 0.7F;
  for (std::size_t e = 0; e < kExperts; ++e) result.logits[e] = std::log(result.dense[e]);
  result.meanDense = result.dense;
  result.meanTopK.assign(kExperts, 0.0F);
  result.meanTopK[first] = 0.75F;
  result.meanTopK[next] = 0.25F;
  result.topKExpert = {static_cast<int>(first), static_cast<int>(next)};
  result.topKWeight = {0.75F, 0.25F};
  return result;
}

}  // namespace

ModelConfig plainConfig(int modalities, TaskKind task, int labels) {
  ModelConfig config;
  config.name = "plain";
  config.task = {"death", "Death", task, {}};
  for (int i = 0; i < labels; ++i) config.task.labels.push_back("label" + std::to_string(i));
  for (int m = 0; m < modalities; ++m) {
    ModalityConfig& modality = config.modalities.emplace_back();
    modality.name = "m" + std::to_string(m);
    modality.kind = ModalityKind::Static;
    modality.variables.emplace_back().name = "value";
  }
  config.layers = kLayers;
  config.experts = kExperts;
  config.topK = kKept;
  return config;
}

SamplePtr plainSample(std::int64_t stayId, std::uint32_t recorded, int modalities) {
  auto sample = std::make_shared<Sample>();
  sample->stayId = stayId;
  sample->digest = "plain:" + std::to_string(stayId);
  for (int m = 0; m < modalities; ++m) {
    ModalityData& data = sample->modalities.emplace_back();
    data.name = "m" + std::to_string(m);
    data.kind = ModalityKind::Static;
    VariableData& value = data.variables.emplace_back(VariableData{"value", {}});
    if (recorded >> m & 1U) value.observations.push_back({0, static_cast<float>(stayId + m)});
  }
  sample->labels["death"] = {stayId % 2 ? 1.0F : 0.0F};
  return sample;
}

PlainModel::PlainModel(ModelConfig config, LogitsOf logits) : m_config(std::move(config)), m_logits(std::move(logits)) {
  m_info.path = "plain.safetensors";
  m_info.digest = "digest of plain";
}

void PlainModel::count(std::size_t states) const {
  m_states += states;
  if (onCompute) onCompute(states);
}

RoutingResult PlainModel::compute(const Sample& sample, ModalityMask mask) const {
  RoutingResult result;
  result.key.modelDigest = m_info.digest;
  result.key.sampleDigest = sample.digest;
  result.key.mask = mask;
  std::uint32_t shown = 0;
  for (std::size_t m = 0; m < m_config.modalities.size(); ++m) {
    const ModalityData* data = sample.modality(m_config.modalities[m].name);
    const bool recorded = data && data->present(), masked = mask >> m & 1U;
    if (recorded && !masked) shown |= 1U << m;
    result.states.push_back(!recorded ? ModalityState::Absent
                            : masked  ? ModalityState::Masked
                                      : ModalityState::Present);
  }
  result.headLogits = m_logits(sample, shown);
  if (m_config.task.kind == TaskKind::Binary) result.headLogits.insert(result.headLogits.begin(), 0.0F);
  result.probability = probabilityOf(m_config.task.kind, result.headLogits);
  for (int l = 0; l < m_config.layers; ++l) {
    LayerResult& layer = result.layers.emplace_back();
    for (int r = 0; r < m_config.routerCount(); ++r) layer.routers.push_back(routerOf(r, std::popcount(shown)));
  }
  return result;
}

Result<std::vector<ResultPtr>> PlainModel::predict(std::span<const PredictRequest> requests, const PredictOptions&,
                                                   const std::stop_token& stop) const {
  count(requests.size());
  if (!fails.empty()) return failure(fails);
  if (stop.stop_requested()) return failure("The prediction was stopped.");
  std::vector<ResultPtr> results;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    RoutingResult result = compute(*requests[i].sample, requests[i].mask);
    if (onResult) onResult(result, i, requests.size());
    results.push_back(std::make_shared<const RoutingResult>(std::move(result)));
  }
  return results;
}

Result<std::vector<std::vector<MaskedRouting>>> PlainModel::predictMasks(std::span<const SamplePtr> samples,
                                                                         std::span<const ModalityMask> masks,
                                                                         const Intervention&,
                                                                         const std::stop_token& stop) const {
  count(samples.size() * masks.size());
  m_largest = std::max<std::size_t>(m_largest, samples.size() * masks.size());
  if (!fails.empty()) return failure(fails);
  std::vector<std::vector<MaskedRouting>> all;
  for (const SamplePtr& sample : samples) {
    if (stop.stop_requested()) return failure("The prediction was stopped.");
    std::vector<MaskedRouting>& routings = all.emplace_back();
    for (const ModalityMask mask : masks) {
      const RoutingResult result = compute(*sample, mask);
      MaskedRouting& routing =
          routings.emplace_back(MaskedRouting{mask, 0, result.probability, result.headLogits, {}, {}});
      for (std::size_t m = 0; m < result.states.size(); ++m)
        if (result.states[m] == ModalityState::Present) routing.present |= 1U << m;
      for (const LayerResult& layer : result.layers) {
        for (const RouterResult& router : layer.routers) {
          routing.meanDense.insert(routing.meanDense.end(), router.meanDense.begin(), router.meanDense.end());
          routing.meanTopK.insert(routing.meanTopK.end(), router.meanTopK.begin(), router.meanTopK.end());
        }
      }
    }
  }
  return all;
}

Result<EncodingMeansPtr> PlainModel::encodingMeans(const SampleSource&, const std::string&, const ProgressSink&,
                                                   const std::stop_token&) const {
  return failure("A plain model has no encodings.");
}

Result<std::vector<GateGeometry>> PlainModel::gateGeometry() const {
  return failure("A plain model has no gates.");
}

PlainSource::PlainSource(std::vector<SamplePtr> stays, std::map<std::int64_t, std::string> splits)
    : m_stays(std::move(stays)), m_splits(std::move(splits)) {
  std::sort(m_stays.begin(), m_stays.end(), [](const auto& a, const auto& b) { return a->stayId < b->stayId; });
}

Result<void> PlainSource::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  for (const SamplePtr& stay : m_stays) {
    const auto named = m_splits.find(stay->stayId);
    if (!split.empty() && split != (named == m_splits.end() ? "test" : named->second)) continue;
    if (!visit(stay)) break;
  }
  return {};
}

Result<std::size_t> PlainSource::count(const std::string& split) const {
  std::size_t stays = 0;
  if (auto visited = visit(split, [&](const SamplePtr&) { return ++stays > 0; }); !visited)
    return failure(visited.error());
  return stays;
}

}  // namespace fusemoe::test
