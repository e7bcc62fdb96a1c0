#pragma once

#include <c10/core/Device.h>

#include "api/engine.h"

namespace fusemoe {

/// The engine on one device. Every public function catches LibTorch's exceptions.
class TorchEngine : public Engine {
 public:
  /// Error: CUDA was asked for and there is none.
  static Result<Engine*> create(Device device, int threads);

  EngineInfo info() const override;
  void setThreads(int threads) override;
  Result<ModelPtr> open(const std::string& path, const OpenOptions& options) override;
  Result<void> convert(const ConvertRequest& request, const ProgressSink& progress,
                       const std::stop_token& stop) override;
  Result<void> generate(const GenerateModelRequest& request, const ProgressSink& progress,
                        const std::stop_token& stop) override;
  Result<EncoderPtr> openEncoder(const std::string& path, const OpenOptions& options) override;
  Result<double> matrixProductRate(int size) override;
  Result<ParityReport> parity(const std::string& model, const std::string& input, const std::string& expected) override;
  Result<TrainReport> train(const SampleSource& cohort, const TrainRequest& request, const ProgressSink& progress,
                            const std::stop_token& stop) override;
  Result<Scores> logisticBaseline(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                                  const ProgressSink& progress, const std::stop_token& stop) override;

 private:
  explicit TorchEngine(c10::Device device) : m_device(device) {}
  c10::Device m_device;
};

}  // namespace fusemoe
