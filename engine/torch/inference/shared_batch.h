#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "api/engine.h"
#include "torch/inference/modality_states.h"

namespace fusemoe {

/// What the network gives for R rows: as NetworkOutput, of predictions.
struct RowsOutput {
  at::Tensor logits;                            ///< [R, outputs]
  std::vector<std::vector<Routing>> routings;   ///< [L][routers], tokens of row after row
  std::vector<std::vector<at::Tensor>> tokens;  ///< [L][routers] likewise [R·T, d]
};

/// Predicts samples under masks, and computes what several requests share once: those that leave a sample the same
/// modalities once, each modality up to where modalities first meet once a sample (StateMaker; kept in a cache where
/// there are few samples), and every expert is read once for all rows that chose it. A row's numbers do not depend on
/// the others, nor on threads.
///
/// A model whose experts fit the processor's cache runs block of samples beside block, a core each; of a larger one all
/// cores share each product, so that its experts are not read several times. Activations of all at work are estimated
/// to stay below 256 MB together, unless a single sample takes more than a core's part of that.
class SharedBatch {
 public:
  /// A sample of which the model is shown these modalities, and the requests that it answers.
  struct Row {
    std::uint32_t present = 0;
    std::vector<std::size_t> answers;  ///< indices of requests
    std::vector<const EnteredModality*> states;
  };
  /// Takes the rows of a part of the requests; several threads call it at once, for different requests.
  using Sink = std::function<Result<void>(std::span<const Row> rows, const RowsOutput& output)>;

  /// All outlive it. `changeName` tells interventions apart in the cache.
  SharedBatch(const ModelConfig& config, const Network& network, at::Device device, const NetworkChange& change,
              std::string changeName, StateCache& cache);
  /// Errors: as Model::predict, and what `sink` returns.
  Result<void> run(std::span<const PredictRequest> requests, const Sink& sink, const std::stop_token& stop) const;

 private:
  struct Block {
    std::vector<SamplePtr> samples;
    std::vector<std::vector<std::size_t>> requests;  ///< of each sample
  };
  std::vector<Block> blocksOf(std::span<const PredictRequest> requests) const;
  Result<void> runBlock(std::span<const PredictRequest> requests, const Block& block, const SampleStates& missing,
                        bool keep, const Sink& sink, const std::stop_token& stop) const;
  Result<std::vector<SampleStatesPtr>> statesOf(std::span<const SamplePtr> samples, bool keep,
                                                const std::stop_token& stop) const;
  SampleStatesPtr missing(const std::stop_token& stop) const;
  RowsOutput forward(std::span<const Row> rows, const std::stop_token& stop) const;
  std::vector<at::Tensor> meet(std::span<const Row> rows, RowsOutput& output, const std::stop_token& stop) const;

  const ModelConfig& m_config;
  const Network& m_network;
  at::Device m_device;
  const NetworkChange& m_change;
  std::string m_changeName;
  StateCache& m_cache;
  int m_threads;
  bool m_large;  // experts of a layer do not fit the processor's cache
};

}  // namespace fusemoe
