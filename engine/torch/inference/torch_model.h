#pragma once

#include <mutex>

#include "api/engine.h"
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
  /// One request at a time: BLAS picks its kernels by a batch's size, and numbers must not depend on the company.
  Result<ResultPtr> predictOne(const PredictRequest& request, const PredictOptions& options,
                               const NetworkChange& change) const;
  std::vector<AttentionMap> attentionOf(const Batch& batch) const;

  LoadedModel m_loaded;
  at::Device m_device;
  Network m_network;
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
