#pragma once

#include <span>
#include <stop_token>

#include "api/engine.h"
#include "torch/model/network.h"

namespace fusemoe {

/// Predicts many samples under many masks, and computes what several of them share once: masks that leave the same
/// modalities once a sample, and each modality up to where modalities first meet once a sample where it is present and
/// once a call where it is missing. They meet in the first layer's sum over routers; with a joint router in its tokens.
///
/// Works block of samples by block, a block a core and LibTorch's operators on that core alone; with fewer blocks than
/// cores, the cores share each block's second half instead. Activations of all blocks at work are estimated to stay
/// below 256 MB together, unless a single sample takes more than a core's part of that.
class MaskBatch {
 public:
  /// All outlive it.
  MaskBatch(const ModelConfig& config, const Network& network, at::Device device, const NetworkChange& change);
  /// [samples][masks]. Errors as Model::predictMasks.
  Result<std::vector<std::vector<MaskedRouting>>> run(std::span<const SamplePtr> samples,
                                                      std::span<const ModalityMask> masks,
                                                      const std::stop_token& stop) const;

 private:
  /// Distributions of one layer and router, mean over the tokens of a row.
  struct Means {
    at::Tensor dense, topK;  ///< [rows, experts of the router]
  };
  /// Modalities before they meet. A row is the state of one modality in one sample; the last is that of a missing one.
  struct Entered {
    std::vector<at::Tensor> attended;  ///< M × [rows, γ, D]
    std::vector<at::Tensor> mixed;     ///< M × [rows, tokens · out], where each modality has a router
    std::vector<Means> means;          ///< [M], as `mixed`
  };
  /// A sample of which the model is shown these modalities.
  struct Row {
    std::size_t sample = 0;
    std::uint32_t present = 0;
    std::vector<std::int64_t> state;   ///< [M] rows in Entered
    std::vector<std::size_t> answers;  ///< the masks that leave these modalities
  };
  struct Job;

  Entered enter(const Batch& batch) const;
  Entered enterMissing() const;
  std::vector<std::span<const SamplePtr>> blocksOf(std::span<const SamplePtr> samples) const;
  Result<void> runBlock(const Job& job, std::span<const SamplePtr> block) const;
  std::vector<Row> rowsOf(const Job& job, const Batch& batch, std::size_t first) const;
  Result<void> runRows(const Job& job, const Entered& entered, std::span<const Row> rows) const;
  /// The first layer from where modalities meet; adds its routers to `means`.
  std::vector<at::Tensor> meet(const Entered& entered, std::span<const Row> rows, std::vector<Means>& means) const;
  Means meansOf(const Routing& routing, std::int64_t rows) const;
  Result<void> store(const Job& job, std::span<const Row> rows, const at::Tensor& logits,
                     const std::vector<Means>& means) const;

  const ModelConfig& m_config;
  const Network& m_network;
  at::Device m_device;
  const NetworkChange& m_change;
  bool m_separate;  // each modality has a router
  int m_threads;
};

}  // namespace fusemoe
