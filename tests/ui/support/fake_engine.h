#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "api/engine.h"
#include "support/gate.h"

namespace fusemoe::test {

/// An engine that trains nothing: it tells steps and epochs whose numbers follow from their place alone, and passes a
/// gate before each step, so that tests decide when they come. Any thread.
class FakeEngine : public Engine {
 public:
  static constexpr int kStepsPerEpoch = 5;

  Gate step;
  /// The next run ends with it, after its first epoch.
  std::optional<Error> failure;
  /// The trainer tells neither entropies nor loads of single steps.
  bool quiet = false;

  /// Steps taken in all runs.
  int steps() const { return m_steps; }
  /// What the last run was asked for.
  TrainRequest request() const;

  EngineInfo info() const override { return {"1.13.1", "cpu", 2}; }
  void setThreads(int) override {}
  Result<ModelPtr> open(const std::string& path, const OpenOptions& options) override;
  Result<void> convert(const ConvertRequest&, const ProgressSink&, const std::stop_token&) override;
  Result<void> generate(const GenerateModelRequest&, const ProgressSink&, const std::stop_token&) override;
  Result<EncoderPtr> openEncoder(const std::string&, const OpenOptions&) override;
  Result<double> matrixProductRate(int) override;
  Result<ParityReport> parity(const std::string&, const std::string&, const std::string&) override;
  Result<TrainReport> train(const SampleSource& cohort, const TrainRequest& request, const ProgressSink& progress,
                            const std::stop_token& stop) override;
  Result<Scores> logisticBaseline(const SampleSource&, const ModelConfig&, const std::string&, const ProgressSink&,
                                  const std::stop_token&) override;

 private:
  std::atomic<int> m_steps = 0;
  mutable std::mutex m_mutex;
  TrainRequest m_request;
};

}  // namespace fusemoe::test
