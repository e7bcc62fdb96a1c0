#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "api/engine.h"

namespace fusemoe::test {

/// What a PlainModel says of a stay of which it is shown the modalities `shown` (bit i = modality i). Binary models
/// give the log-odds; others one logit an output.
using LogitsOf = std::function<std::vector<float>(const Sample& sample, std::uint32_t shown)>;

/// A config of `modalities` static modalities "m0", "m1", … with a router each: 2 layers, 4 experts, top 2.
ModelConfig plainConfig(int modalities, TaskKind task = TaskKind::Binary, int labels = 1);

/// A stay that has the modalities `recorded`; modality i's one value is stayId + i. Label "death" is stayId odd.
SamplePtr plainSample(std::int64_t stayId, std::uint32_t recorded, int modalities);

/// A model whose numbers are a known function of stay and shown modalities. Its routing: in layer l, router r prefers
/// expert (r + number of shown modalities) mod 4 with dense weights 0.7, 0.1, 0.1, 0.1, and keeps it with 0.75 and the
/// next with 0.25. It counts what it computes. Any thread.
class PlainModel : public Model {
 public:
  PlainModel(ModelConfig config, LogitsOf logits);
  const ModelConfig& config() const override { return m_config; }
  const ModelInfo& info() const override { return m_info; }
  Result<std::vector<ResultPtr>> predict(std::span<const PredictRequest> requests, const PredictOptions& options,
                                         const std::stop_token& stop) const override;
  Result<std::vector<std::vector<MaskedRouting>>> predictMasks(std::span<const SamplePtr> samples,
                                                               std::span<const ModalityMask> masks,
                                                               const Intervention& intervention,
                                                               const std::stop_token& stop) const override;
  Result<EncodingMeansPtr> encodingMeans(const SampleSource& source, const std::string& split,
                                         const ProgressSink& progress, const std::stop_token& stop) const override;
  Result<std::vector<GateGeometry>> gateGeometry() const override;

  /// Called before every `predict` and `predictMasks` with the number of states it is to compute.
  std::function<void(std::size_t states)> onCompute;
  /// Changes a result before it is given; gets its place in the request and the number of requests.
  std::function<void(RoutingResult& result, std::size_t place, std::size_t of)> onResult;
  /// Every later run fails with this.
  std::string fails;
  std::size_t states() const { return m_states; }
  std::size_t largest() const { return m_largest; }  ///< states of the largest predictMasks

 private:
  RoutingResult compute(const Sample& sample, ModalityMask mask) const;
  void count(std::size_t states) const;

  ModelConfig m_config;
  ModelInfo m_info;
  LogitsOf m_logits;
  mutable std::atomic<std::size_t> m_states = 0, m_largest = 0;
};

/// Stays in memory; the split of one not named in `splits` is "test".
class PlainSource : public SampleSource {
 public:
  explicit PlainSource(std::vector<SamplePtr> stays, std::map<std::int64_t, std::string> splits = {});
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  std::vector<SamplePtr> m_stays;
  std::map<std::int64_t, std::string> m_splits;
};

}  // namespace fusemoe::test
