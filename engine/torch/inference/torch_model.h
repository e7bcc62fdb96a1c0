#pragma once

#include <mutex>

#include "api/engine.h"
#include "torch/inference/shared_batch.h"
#include "torch/model/model_file.h"
#include "torch/model/network.h"

namespace fusemoe {

/// A loaded model behind the engine's interface. Foreign exceptions end here.
class TorchModel : public Model {
 public:
  /// Parameters are moved to `device`.
  TorchModel(LoadedModel loaded, at::Device device);
  const ModelConfig& config() const override { return m_loaded.config; }
  const ModelInfo& info() const override { return m_loaded.info; }
  Result<std::vector<ResultPtr>> predict(std::span<const PredictRequest> requests, const PredictOptions& options,
                                         const std::stop_token& stop) const override;
  Result<std::vector<std::vector<MaskedRouting>>> predictMasks(std::span<const SamplePtr> samples,
                                                               std::span<const ModalityMask> masks,
                                                               const Intervention& intervention,
                                                               const std::stop_token& stop) const override;
  Result<EncodingMeansPtr> encodingMeans(const SampleSource& source, const std::string& split,
                                         const ProgressSink& progress, const std::stop_token& stop) const override;
  Result<std::vector<GateGeometry>> gateGeometry() const override;

 private:
  /// Everything one request is told, of a row of the network's output.
  Result<RoutingResult> resultOf(const PredictRequest& request, const PredictOptions& options,
                                 const NetworkOutput& output) const;
  std::vector<AttentionMap> attentionOf(const PredictRequest& request) const;
  SharedBatch batchWith(const NetworkChange& change, const Intervention& intervention) const;
  /// The answer, unless the model's file was lost while it was computed; where numbers are not finite, whose.
  template <class T>
  Result<T> checked(Result<T> answer) const {
    if (m_loaded.file)
      if (auto there = m_loaded.file->stillThere(); !there) return failure(there.error());
    return answer ? std::move(answer) : Result<T>(failure(explained(answer.error())));
  }
  Error explained(const Error& error) const;

  LoadedModel m_loaded;
  at::Device m_device;
  Network m_network;
  mutable StateCache m_states;
  mutable std::mutex m_mutex;  // of predict alone: a prediction does not wait for many masks of another thread
};

/// Runs `body`, turning LibTorch's exceptions and lack of memory into an Error that says `doing`.
template <class F>
auto guarded(const std::string& doing, F&& body) -> decltype(body()) {
  try {
    return body();
  } catch (const c10::Error& error) {
    return failure(doing + " failed inside LibTorch.", "See the details; the model or sample may be damaged.",
                   error.what());
  } catch (const std::bad_alloc&) {
    return failure(doing + " needs more memory than there is.", "Close other programs, or use a smaller model.");
  } catch (const std::exception& error) {
    return failure(doing + " failed.", "See the details.", error.what());
  }
}

}  // namespace fusemoe
