#pragma once

#include <functional>
#include <utility>

#include "analysis/mask_batches.h"
#include "api/engine.h"
#include "base/mix.h"

namespace fusemoe::test {

/// A binary model whose numbers a test makes up. Modalities "a", "b", … are static with the one variable "x".
class FakeModel : public Model {
 public:
  /// Fills probability and routing of a stay that is shown `present`; the vectors come sized, the probability 0, all
  /// routing evenly spread over the experts.
  using Rule = std::function<void(const Sample& sample, std::uint32_t present, const Intervention& intervention,
                                  MaskedRouting& routing)>;

  FakeModel(int modalities, int layers, int experts, Rule rule) : m_rule(std::move(rule)) {
    m_config.name = "fake";
    m_config.task = {"died", "Died", TaskKind::Binary, {"died"}};
    for (int m = 0; m < modalities; ++m)
      m_config.modalities.push_back(
          {std::string(1, static_cast<char>('a' + m)), "", ModalityKind::Static, {{"x", "", ""}}});
    m_config.layers = layers;
    m_config.experts = experts;
    m_config.topK = 1;
  }

  const ModelConfig& config() const override { return m_config; }
  ModelConfig& editConfig() { return m_config; }
  const ModelInfo& info() const override { return m_info; }
  Result<std::vector<ResultPtr>> predict(std::span<const PredictRequest>, const PredictOptions&,
                                         const std::stop_token&) const override {
    return failure("A fake model predicts masks alone.");
  }
  Result<std::vector<std::vector<MaskedRouting>>> predictMasks(std::span<const SamplePtr> samples,
                                                               std::span<const ModalityMask> masks,
                                                               const Intervention& intervention,
                                                               const std::stop_token& stop) const override {
    if (stop.stop_requested()) return failure("stopped");
    std::vector<std::vector<MaskedRouting>> all;
    for (const SamplePtr& sample : samples) {
      all.emplace_back();
      for (const ModalityMask mask : masks) all.back().push_back(routed(*sample, mask, intervention));
    }
    return all;
  }
  Result<EncodingMeansPtr> encodingMeans(const SampleSource&, const std::string&, const ProgressSink&,
                                         const std::stop_token&) const override {
    return failure("A fake model encodes nothing.");
  }
  Result<std::vector<GateGeometry>> gateGeometry() const override { return gates; }

  std::vector<GateGeometry> gates;

 private:
  MaskedRouting routed(const Sample& sample, ModalityMask mask, const Intervention& intervention) const {
    const RoutingShape shape(m_config);
    const std::uint32_t present = recordedModalities(m_config, sample) & ~mask;
    const std::vector<float> even(shape.size(), 1.0F / static_cast<float>(shape.experts));
    MaskedRouting routing{mask, present, {0}, {0, 0}, even, even};
    m_rule(sample, present, intervention, routing);
    return routing;
  }

  ModelConfig m_config;
  ModelInfo m_info;
  Rule m_rule;
};

/// x of modality "a", "b", … (index 0, 1, …) of a stay; 0 without it.
inline float valueOf(const Sample& sample, int modality) {
  const ModalityData* data = sample.modality(std::string(1, static_cast<char>('a' + modality)));
  return data && data->present() ? data->variables.front().observations.front().value : 0;
}

/// A stay with x of the modalities given; one that is NaN is absent. `label` NaN = unknown.
inline SamplePtr stayOf(std::int64_t id, const std::vector<float>& values, float label) {
  auto sample = std::make_shared<Sample>();
  sample->stayId = id;
  sample->digest = "stay " + std::to_string(id);
  for (std::size_t m = 0; m < values.size(); ++m) {
    ModalityData data{std::string(1, static_cast<char>('a' + static_cast<int>(m))), ModalityKind::Static, {}, {}};
    if (values[m] == values[m]) data.variables = {{"x", {{0, values[m]}}}};
    sample->modalities.push_back(std::move(data));
  }
  sample->labels["died"] = {label};
  return sample;
}

/// All weight of a layer's router on one expert, dense and kept.
inline void sendTo(const RoutingShape& shape, MaskedRouting& routing, int layer, int router, int expert) {
  for (int e = 0; e < shape.experts; ++e) {
    const std::size_t place = shape.at(layer, router) + static_cast<std::size_t>(e);
    routing.meanDense[place] = routing.meanTopK[place] = e == expert ? 1.0F : 0.0F;
  }
}

/// A number from −1 to 1 that depends on the seeds alone.
inline float noise(std::uint64_t a, std::uint64_t b = 0) {
  return static_cast<float>(2 * unitFrom(mixed(mixed(a) ^ b)) - 1);
}

}  // namespace fusemoe::test
