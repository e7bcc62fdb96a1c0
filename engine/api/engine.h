#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "api/intervention.h"
#include "api/masked_routing.h"
#include "api/model_config.h"
#include "api/model_files.h"
#include "api/routing_result.h"
#include "api/sample.h"
#include "api/training.h"
#include "base/progress.h"
#include "base/result.h"

namespace fusemoe {

enum class Device { Auto, Cpu, Cuda };

struct ModelInfo {
  std::string path;
  std::string digest;    ///< SHA-256 of what `digestOf` says: tells this model from others
  std::string digestOf;  ///< "file"; of a large one "header and all but expert weights", which are not read to open it
  std::string format;    ///< "fusemoe", "upstream" or "torchscript"
  std::string weights;   ///< types the numbers are stored in, "f32" or "bf16, f32"
  std::int64_t parameters = 0;
  std::int64_t tensors = 0;
  std::int64_t bytes = 0;          ///< of weights
  std::vector<std::string> notes;  ///< said to the user: e.g. router weights missing from an upstream file
  std::string card;                ///< model card (Markdown) from the file; may be empty
};

struct PredictRequest {
  SamplePtr sample;
  ModalityMask mask = 0;
};

struct PredictOptions {
  bool projection = false;  ///< fill LayerResult::projection and RoutingResult::basis
  BasisPtr basis;           ///< axes to project on, of the same model; null = the state's own
  bool attention = false;   ///< fill RoutingResult::attention
  Intervention intervention;
};

/// A trained network, open for reading. Immutable; one call at a time runs the network (calls from several threads
/// queue).
class Model {
 public:
  virtual ~Model() = default;
  virtual const ModelConfig& config() const = 0;
  virtual const ModelInfo& info() const = 0;
  /// Predicts each request; the numbers of one do not depend on the others, to the bit (on the CPU), and what several
  /// share is computed once. Errors: stopped, within some milliseconds; a sample whose vectors have another width than
  /// the model's; a network that gives non-finite numbers; a file that was cut short meanwhile.
  virtual Result<std::vector<ResultPtr>> predict(std::span<const PredictRequest> requests,
                                                 const PredictOptions& options, const std::stop_token& stop) const = 0;
  /// Every sample under every mask, [samples][masks], as one batch: what does not depend on the mask (encoders, the
  /// first layer's attention, and with a router a modality its routing and experts) is computed once a sample, and
  /// masks that leave the same modalities once. The numbers of `predict`. Memory: grows with samples × masks; give some
  /// hundred at a time. Errors: as `predict`.
  virtual Result<std::vector<std::vector<MaskedRouting>>> predictMasks(std::span<const SamplePtr> samples,
                                                                       std::span<const ModalityMask> masks,
                                                                       const Intervention& intervention,
                                                                       const std::stop_token& stop) const = 0;
  /// Mean encoding of each modality over the stays of a split that have it.
  virtual Result<EncodingMeansPtr> encodingMeans(const SampleSource& source, const std::string& split,
                                                 const ProgressSink& progress, const std::stop_token& stop) const = 0;
  /// Of every layer and router, layers first.
  virtual Result<std::vector<GateGeometry>> gateGeometry() const = 0;
};
using ModelPtr = std::shared_ptr<const Model>;

/// The key of the result a request would give.
RequestKey keyOf(const Model& model, const Sample& sample, ModalityMask mask, const PredictOptions& options);

/// Largest differences between this engine and reference values, a stage a row.
struct ParityStage {
  std::string name;
  double maxDifference = 0;
  bool pass = false;  ///< every |Δ| ≤ 1e-5 + 1e-4·|expected|
};
struct ParityReport {
  std::vector<ParityStage> stages;
  bool pass = false;
};

struct EngineInfo {
  std::string torchVersion;
  std::string device;  ///< "cpu" or "cuda:0 NVIDIA …"
  int threads = 0;
};

/// The LibTorch part of the engine, behind std types.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual EngineInfo info() const = 0;
  /// Threads to compute with from now on; 0 = one a core. For checks that numbers do not depend on it.
  virtual void setThreads(int threads) = 0;
  /// Opens a model: .safetensors, ours or of the authors' key layout; the authors' .pth.tar; or a TorchScript program,
  /// which must be trusted. Weights are mapped, not read. Errors name file and tensor.
  virtual Result<ModelPtr> open(const std::string& path, const OpenOptions& options = {}) = 0;
  /// Errors name the file at fault; what was at the target stays where it fails or is stopped.
  virtual Result<void> convert(const ConvertRequest& request, const ProgressSink& progress,
                               const std::stop_token& stop) = 0;
  /// Errors: a config the layout cannot hold; the target cannot be written.
  virtual Result<void> generate(const GenerateModelRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop) = 0;
  /// Opens a TorchScript encoder of one modality. Error: not a TorchScript file; not trusted.
  virtual Result<EncoderPtr> openEncoder(const std::string& path, const OpenOptions& options) = 0;
  /// Floating-point operations a second of a float32 matrix product [size, size] · [size, size] here and now: the best
  /// of some, all threads.
  virtual Result<double> matrixProductRate(int size) = 0;
  /// Runs a reference case given as three .safetensors files.
  virtual Result<ParityReport> parity(const std::string& model, const std::string& input,
                                      const std::string& expected) = 0;
  /// Trains and writes `request.output` atomically. A stop keeps the best model so far.
  virtual Result<TrainReport> train(const SampleSource& cohort, const TrainRequest& request,
                                    const ProgressSink& progress, const std::stop_token& stop) = 0;
  /// Logistic regression on summary features of the same stays, to compare with.
  virtual Result<Scores> logisticBaseline(const SampleSource& cohort, const ModelConfig& config,
                                          const std::string& split, const ProgressSink& progress,
                                          const std::stop_token& stop) = 0;
};

/// Loads the engine module once a process (about 0.6 s the first time; call from a worker thread) and returns it.
/// `threads` 0 = one a core. Error: module or LibTorch not found.
Result<Engine*> loadEngine(Device device = Device::Auto, int threads = 0);

/// Makes the engine compute as the reference run of the parity fixtures did: with the reference BLAS, whose sums are in
/// plain order without fused multiply-add, and LibTorch's AVX2 kernels. Call before the first loadEngine(); slow, for
/// parity only. The tolerance is near float32's own noise: the distances of the Gaussian gate round differently with
/// every BLAS, and even float64 differs from the reference by more. False where no reference BLAS is installed; the
/// engine then computes as ever.
bool useReferenceArithmetic();

}  // namespace fusemoe
