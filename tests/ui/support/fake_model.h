#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "api/engine.h"

namespace fusemoe::test {

/// Five modalities, two layers, twelve experts, top two.
ModelConfig fakeConfig();

/// A model whose numbers follow from sample and mask alone. It counts its runs, and a closed gate holds them until it
/// is opened, so that tests decide when a result comes. Any thread.
class FakeModel : public Model {
 public:
  explicit FakeModel(ModelConfig config = fakeConfig(), std::string path = "fake.safetensors");

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
  /// Gate vectors on a circle, 3 from its centre.
  Result<std::vector<GateGeometry>> gateGeometry() const override;

  void closeGate();
  void openGate();
  /// Waits until a run stands at the closed gate.
  void waitAtGate() const;
  /// Every later run fails.
  void failFromNow() { m_fails = true; }
  /// Modalities bring unlike amounts, and two of them less together than apart; at first all bring the same.
  void setUnlike() { m_unlike = 1; }
  /// States computed so far.
  int runs() const { return m_runs; }

 private:
  ResultPtr compute(const PredictRequest& request, const PredictOptions& options) const;

  ModelConfig m_config;
  ModelInfo m_info;
  mutable std::mutex m_mutex;
  mutable std::condition_variable m_changed;
  mutable bool m_waiting = false;
  bool m_closed = false;
  std::atomic<bool> m_fails = false;
  std::atomic<int> m_unlike = 0;
  mutable std::atomic<int> m_runs = 0;
};

}  // namespace fusemoe::test
