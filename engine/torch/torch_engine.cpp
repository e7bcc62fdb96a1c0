#include "torch/torch_engine.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

#include <algorithm>
#include <thread>

#include "api/script_file.h"
#include "torch/inference/torch_model.h"
#include "torch/machine/matrix_rate.h"
#include "torch/model/convert.h"
#include "torch/model/generate.h"
#include "torch/model/model_file.h"
#include "torch/parity/parity.h"
#include "torch/script/script_encoder.h"
#include "torch/script/script_model.h"
#include "torch/training/logistic.h"
#include "torch/training/trainer.h"

namespace fusemoe {
namespace {

Error notTrusted(const std::string& path) {
  return {
      path + " is a TorchScript program: whoever made it decides what it computes, and it can read and write files.",
      "Run it only if you trust them; on the command line with --trust.",
      {}};
}

}  // namespace

Result<Engine*> TorchEngine::create(Device device, int threads) {
  return guarded("Starting the engine", [&]() -> Result<Engine*> {
    const bool cuda = device != Device::Cpu && at::hasCUDA();
    if (device == Device::Cuda && !cuda)
      return failure("This LibTorch finds no CUDA device.", "Choose --device cpu, or check driver and LibTorch build.");
    auto* engine = new TorchEngine(cuda ? c10::Device(c10::kCUDA, 0) : c10::Device(c10::kCPU));
    engine->setThreads(threads);
    return engine;
  });
}

void TorchEngine::setThreads(int threads) {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  at::set_num_threads(threads > 0 ? threads : cores);
}

EngineInfo TorchEngine::info() const {
  return {TORCH_VERSION, m_device.str(), at::get_num_threads()};
}

Result<ModelPtr> TorchEngine::open(const std::string& path, const OpenOptions& options) {
  return guarded("Opening " + path, [&]() -> Result<ModelPtr> {
    if (isScriptFile(path)) {
      if (!options.runProgram) return failure(notTrusted(path));
      return ScriptModel::open(path);
    }
    auto loaded = openModelFile(path);
    if (!loaded) return failure(loaded.error());
    return std::make_shared<TorchModel>(std::move(*loaded), m_device);
  });
}

Result<void> TorchEngine::convert(const ConvertRequest& request, const ProgressSink& progress,
                                  const std::stop_token& stop) {
  return guarded("Converting " + request.from, [&] { return convertModel(request, progress, stop); });
}

Result<void> TorchEngine::generate(const GenerateModelRequest& request, const ProgressSink& progress,
                                   const std::stop_token& stop) {
  return guarded("Making the model", [&] { return generateModel(request, progress, stop); });
}

Result<EncoderPtr> TorchEngine::openEncoder(const std::string& path, const OpenOptions& options) {
  return guarded("Opening " + path, [&]() -> Result<EncoderPtr> {
    if (isScriptFile(path) && !options.runProgram) return failure(notTrusted(path));
    return ScriptEncoder::open(path);
  });
}

Result<double> TorchEngine::matrixProductRate(int size) {
  return guarded("Measuring matrix products", [&] { return measureMatrixProductRate(size, m_device); });
}

Result<ParityReport> TorchEngine::parity(const std::string& model, const std::string& input,
                                         const std::string& expected) {
  return guarded("The parity check", [&] { return runParity(model, input, expected); });
}

Result<TrainReport> TorchEngine::train(const SampleSource& cohort, const TrainRequest& request,
                                       const ProgressSink& progress, const std::stop_token& stop) {
  return guarded("Training", [&] { return trainModel(cohort, request, m_device, progress, stop); });
}

Result<Scores> TorchEngine::logisticBaseline(const SampleSource& cohort, const ModelConfig& config,
                                             const std::string& split, const ProgressSink& progress,
                                             const std::stop_token& stop) {
  return guarded("Logistic regression", [&] { return logisticScores(cohort, config, split, progress, stop); });
}

}  // namespace fusemoe
