#include "support/fake_model.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

namespace fusemoe::test {
namespace {

constexpr int kTokens = 24;

ModalityConfig modality(const std::string& name, const std::string& title, ModalityKind kind) {
  ModalityConfig config;
  config.name = name;
  config.title = title;
  config.kind = kind;
  if (kind == ModalityKind::Vectors) {
    config.width = 4;
  } else {
    config.variables = {{name + "_a", "", "", 0, 1}, {name + "_b", "", "", 0, 1}};
  }
  return config;
}

double entropy(const std::vector<float>& distribution) {
  double sum = 0;
  for (const double p : distribution) sum -= p > 0 ? p * std::log(p) : 0;
  return sum;
}

/// A smooth pseudo-random logit of layer, modality, expert and token; another one when the modality is missing.
double logit(const Sample& sample, int layer, int modality, int expert, int token, bool missing, ModalityMask mask) {
  const double seed =
      12.9898 * expert + 78.233 * (modality + 1) + 37.719 * (layer + 1) + 4.1414 * double(sample.stayId % 97);
  const double base = missing ? std::sin(seed * 0.7 + 1.3) : 2.4 * std::sin(seed);
  return base + 0.5 * std::sin(token * 0.8 + expert) + 0.12 * std::popcount(mask) * std::cos(seed * 1.7);
}

/// What an intervention does to the risk, on its own scale; plain enough to be seen in a test.
double shiftOf(const Intervention& intervention, const ModelConfig& config, int missing) {
  double shift = 0;
  for (const ExpertChange& change : intervention.experts) shift += 0.4 * std::sin(1.3 * change.expert + 0.7);
  if (intervention.topK > 0) shift += 0.05 * (intervention.topK - config.topK);
  if (intervention.gate) shift += 0.3 * (int(*intervention.gate) - int(config.gate));
  if (intervention.missing == MissingSubstitute::Zeros) shift -= 0.2 * missing;
  if (intervention.missing == MissingSubstitute::TrainingMean) shift += 0.15 * missing;
  return shift;
}

bool knockedOut(const Intervention& intervention, int layer, int expert) {
  return std::ranges::any_of(intervention.experts, [&](const ExpertChange& change) {
    return change.kind == ExpertChange::Kind::KnockOut && change.expert == expert &&
           (change.layer < 0 || change.layer == layer);
  });
}

void routeToken(RouterResult& router, int experts, int kept, const std::vector<double>& logits) {
  std::vector<double> weights(logits.size());
  std::ranges::transform(logits, weights.begin(), [](double value) { return std::exp(value); });
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<int> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, std::greater(), [&](int expert) { return logits[size_t(expert)]; });
  double keptSum = 0;
  for (int k = 0; k < kept; ++k) keptSum += weights[size_t(order[size_t(k)])];
  for (int expert = 0; expert < experts; ++expert) {
    const double p = weights[size_t(expert)] / sum;
    router.logits.push_back(float(logits[size_t(expert)]));
    router.dense.push_back(float(p));
    router.meanDense[size_t(expert)] += float(p / router.tokens);
  }
  for (int k = 0; k < kept; ++k) {
    const int expert = order[size_t(k)];
    const double weight = weights[size_t(expert)] / keptSum;
    router.topKExpert.push_back(expert);
    router.topKWeight.push_back(float(weight));
    router.meanTopK[size_t(expert)] += float(weight / router.tokens);
  }
}

LayerResult layerOf(const ModelConfig& config, const Sample& sample, int index,
                    const std::vector<ModalityState>& states, ModalityMask mask, const Intervention& intervention) {
  const auto experts = size_t(config.experts);
  LayerResult layer;
  layer.importance.assign(experts, 0);
  layer.load.assign(experts, 0);
  std::vector<float> mixture(experts, 0);
  for (int m = 0; m < config.routerCount(); ++m) {
    RouterResult router;
    router.modality = config.router == Router::Joint ? -1 : m;
    router.tokens = config.token == TokenGranularity::Bin ? config.bins : 1;
    router.meanDense.assign(experts, 0);
    router.meanTopK.assign(experts, 0);
    for (int token = 0; token < router.tokens; ++token) {
      std::vector<double> logits;
      for (int e = 0; e < config.experts; ++e) {
        const double value = logit(sample, index, m, e, token, states[size_t(m)] != ModalityState::Present, mask);
        logits.push_back(knockedOut(intervention, index, e) ? -INFINITY : value);
      }
      routeToken(router, config.experts, config.topK, logits);
    }
    for (const int expert : router.topKExpert) layer.load[size_t(expert)] += 1;
    for (size_t e = 0; e < experts; ++e) {
      layer.importance[e] += router.meanTopK[e] * float(router.tokens);
      mixture[e] += router.meanDense[e] / float(config.routerCount());
    }
    layer.entropy.perModality.push_back(entropy(router.meanDense));
    layer.entropy.mean += layer.entropy.perModality.back() / config.routerCount();
    layer.routers.push_back(std::move(router));
  }
  layer.entropy.mixture = entropy(mixture);
  layer.entropy.regularizer = layer.entropy.mean - layer.entropy.mixture;
  layer.entropy.lowerBound = -std::min(std::log(config.modalityCount()), std::log(config.experts));
  return layer;
}

/// Experts on a circle a router, tokens near the expert they like most.
Projection projectionOf(const ModelConfig& config, const LayerResult& layer) {
  Projection projection;
  for (size_t r = 0; r < layer.routers.size(); ++r) {
    const RouterResult& router = layer.routers[r];
    const auto place = [&](int expert) {
      const double angle = 2 * M_PI * expert / config.experts;
      return std::array{3 * std::cos(angle), 3 * std::sin(angle), 1.2 * (double(r) - 2)};
    };
    for (int token = 0; token < router.tokens; ++token) {
      const auto at = place(router.topKExpert[size_t(token * config.topK)]);
      for (size_t axis = 0; axis < 3; ++axis)
        projection.tokens.push_back(float(at[axis] * 0.8 + 0.3 * std::sin(token * 2.1 + double(axis) * 1.7)));
    }
    for (int expert = 0; expert < config.experts; ++expert)
      for (const double value : place(expert)) projection.gateVectors.push_back(float(value));
  }
  projection.explained = {0.5, 0.3, 0.1};
  return projection;
}

/// Each bin attends to the observations near it in time.
AttentionMap attentionOf(const ModelConfig& config, const ModalityData& data, int modality) {
  AttentionMap map{modality, {}, {}};
  for (const VariableData& variable : data.variables)
    for (const Observation& observation : variable.observations) map.hours.push_back(observation.hour);
  for (const Event& event : data.events) map.hours.push_back(event.hour);
  std::ranges::sort(map.hours);
  // Variables share an hour; events at one hour stay apart.
  if (data.kind == ModalityKind::Series) map.hours.erase(std::ranges::unique(map.hours).begin(), map.hours.end());
  for (int bin = 0; bin < config.bins; ++bin) {
    const double centre = config.windowHours * bin / (config.bins - 1);
    std::vector<double> weights;
    for (const float hour : map.hours)
      weights.push_back(std::exp(-std::abs(hour - centre) / (0.1 * config.windowHours)));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (const double weight : weights) map.weights.push_back(float(weight / sum));
  }
  return map;
}

}  // namespace

ModelConfig fakeConfig() {
  ModelConfig config;
  config.name = "fake";
  config.task = {"death", "Death within five years", TaskKind::Binary, {"death"}};
  config.modalities = {
      modality("lipids", "Lipids", ModalityKind::Series), modality("pressure", "Blood pressure", ModalityKind::Series),
      modality("liver", "Liver and smoking", ModalityKind::Series),
      modality("comorbidity", "Comorbidity", ModalityKind::Vectors), modality("body", "Body", ModalityKind::Static)};
  config.bins = kTokens;
  config.layers = 2;
  config.experts = 12;
  config.topK = 2;
  return config;
}

FakeModel::FakeModel(ModelConfig config, std::string path) : m_config(std::move(config)) {
  m_info.path = path;
  m_info.digest = "digest of " + path;
  m_info.parameters = 123456;
}

Result<std::vector<ResultPtr>> FakeModel::predict(std::span<const PredictRequest> requests,
                                                  const PredictOptions& options, const std::stop_token& stop) const {
  {
    std::unique_lock lock(m_mutex);
    m_waiting = m_closed;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return !m_closed; });
    m_waiting = false;
  }
  if (m_fails) return failure("The fake model fails.", "Nothing can be done.", "as asked");
  if (stop.stop_requested()) return failure("Stopped.");
  std::vector<ResultPtr> results;
  for (const PredictRequest& request : requests) results.push_back(compute(request, options));
  return results;
}

Result<std::vector<std::vector<MaskedRouting>>> FakeModel::predictMasks(std::span<const SamplePtr> samples,
                                                                        std::span<const ModalityMask> masks,
                                                                        const Intervention& intervention,
                                                                        const std::stop_token& stop) const {
  std::vector<std::vector<MaskedRouting>> all;
  PredictOptions options;
  options.intervention = intervention;
  for (const SamplePtr& sample : samples) {
    std::vector<MaskedRouting>& routings = all.emplace_back();
    for (const ModalityMask mask : masks) {
      const PredictRequest request{sample, mask};
      const auto answer = predict({&request, 1}, options, stop);
      if (!answer) return fusemoe::failure(answer.error());
      const RoutingResult& result = *answer->front();
      MaskedRouting routing{mask, 0, result.probability, result.headLogits, {}, {}};
      for (std::size_t m = 0; m < result.states.size(); ++m)
        if (result.states[m] == ModalityState::Present) routing.present |= 1U << m;
      for (const LayerResult& layer : result.layers) {
        for (const RouterResult& router : layer.routers) {
          routing.meanDense.insert(routing.meanDense.end(), router.meanDense.begin(), router.meanDense.end());
          routing.meanTopK.insert(routing.meanTopK.end(), router.meanTopK.begin(), router.meanTopK.end());
        }
      }
      routings.push_back(std::move(routing));
    }
  }
  return all;
}

Result<EncodingMeansPtr> FakeModel::encodingMeans(const SampleSource&, const std::string& split, const ProgressSink&,
                                                  const std::stop_token&) const {
  auto means = std::make_shared<EncodingMeans>();
  means->source = m_info.digest + " " + split;
  means->means.assign(m_config.modalities.size(), std::vector<float>(size_t(m_config.bins * m_config.width), 0.5F));
  means->stays.assign(m_config.modalities.size(), 30);
  return means;
}

Result<std::vector<GateGeometry>> FakeModel::gateGeometry() const {
  std::vector<GateGeometry> all;
  const double turn = 2 * M_PI / m_config.experts;
  for (int layer = 0; layer < m_config.layers; ++layer) {
    for (int router = 0; router < m_config.routerCount(); ++router) {
      GateGeometry& geometry = all.emplace_back(GateGeometry{layer, router, {}, {}, {}, {}});
      for (int i = 0; i < m_config.experts; ++i) {
        geometry.experts.push_back(i);
        geometry.norm.push_back(3);
        for (int j = 0; j < m_config.experts; ++j) {
          geometry.distance.push_back(6 * std::abs(std::sin(turn * (i - j) / 2)));
          geometry.cosine.push_back(std::cos(turn * (i - j)));
        }
      }
    }
  }
  return all;
}

ResultPtr FakeModel::compute(const PredictRequest& request, const PredictOptions& options) const {
  ++m_runs;
  auto result = std::make_shared<RoutingResult>();
  result->key = keyOf(*this, *request.sample, request.mask, options);
  for (int m = 0; m < m_config.modalityCount(); ++m) {
    const ModalityData* data = request.sample->modality(m_config.modalities[size_t(m)].name);
    const bool present = data && data->present();
    const bool masked = (request.mask >> m) & 1U;
    result->states.push_back(!present ? ModalityState::Absent
                             : masked ? ModalityState::Masked
                                      : ModalityState::Present);
  }
  const auto missing =
      std::ranges::count_if(result->states, [](auto state) { return state != ModalityState::Present; });
  // Modalities weigh unlike, and two of them overlap.
  const double weights = 0.55 * (request.mask & 1U) - 0.3 * (request.mask >> 1U & 1U) +
                         0.2 * (request.mask >> 3U & 1U) - 0.25 * ((request.mask & 1U) * (request.mask >> 1U & 1U));
  const double risk = -0.4 + 0.5 * std::sin(double(request.sample->stayId)) - 0.35 * std::popcount(request.mask) -
                      m_unlike * weights + shiftOf(options.intervention, m_config, int(missing));
  result->probability = {float(1 / (1 + std::exp(-risk)))};
  for (int layer = 0; layer < m_config.layers; ++layer) {
    result->layers.push_back(
        layerOf(m_config, *request.sample, layer, result->states, request.mask, options.intervention));
  }
  if (options.projection) {
    for (LayerResult& layer : result->layers) layer.projection = projectionOf(m_config, layer);
    auto basis = std::make_shared<ProjectionBasis>();
    basis->source = projectionSource(result->key);
    basis->layers.resize(result->layers.size());
    result->basis = options.basis ? options.basis : std::move(basis);
  }
  for (int m = 0; options.attention && m < m_config.modalityCount(); ++m) {
    if (result->states[size_t(m)] != ModalityState::Present) continue;
    if (m_config.modalities[size_t(m)].kind == ModalityKind::Static) continue;
    result->attention.push_back(
        attentionOf(m_config, *request.sample->modality(m_config.modalities[size_t(m)].name), m));
  }
  result->milliseconds = 1.5;
  return result;
}

void FakeModel::closeGate() {
  const std::lock_guard lock(m_mutex);
  m_closed = true;
}

void FakeModel::openGate() {
  const std::lock_guard lock(m_mutex);
  m_closed = false;
  m_changed.notify_all();
}

void FakeModel::waitAtGate() const {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [this] { return m_waiting; });
}

}  // namespace fusemoe::test
