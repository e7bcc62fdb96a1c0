#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/sample.h"
#include "torch/model/network.h"

namespace fusemoe {

/// One modality of one sample up to where modalities first meet: the first layer's sum over routers, or with a joint
/// router its tokens. Nothing of it depends on what else the sample has.
struct EnteredModality {
  at::Tensor attended;  ///< [1, γ, D] after the first layer's self-attention
  at::Tensor mixed;     ///< [T, out] experts' weighted outputs; undefined with a joint router
  at::Tensor tokens;    ///< [T, d]; likewise
  Routing routing;      ///< likewise
};
/// Of every modality [M]; those the sample lacks stay empty.
struct SampleStates {
  std::uint32_t present = 0;  ///< bit m = the sample has modality m
  std::vector<EnteredModality> modalities;
};
using SampleStatesPtr = std::shared_ptr<const SampleStates>;

/// Computes states. Several samples share each expert that is read for them.
class StateMaker {
 public:
  /// All outlive it. `threads` that encode samples side by side.
  StateMaker(const ModelConfig& config, const Network& network, at::Device device, const NetworkChange& change,
             int threads)
      : m_config(config), m_network(network), m_device(device), m_change(change), m_threads(threads) {}

  /// Error: a sample whose vectors have another width than the model's, or whose numbers are not finite. After a stop
  /// the states mean nothing.
  Result<std::vector<SampleStatesPtr>> make(std::span<const SamplePtr> samples, const std::stop_token& stop) const;
  /// Of a missing modality, all M.
  SampleStatesPtr missing(const std::stop_token& stop) const;

 private:
  /// Encoded modalities [1, γ, D]; undefined where the sample lacks one.
  Result<std::vector<at::Tensor>> encode(const SamplePtr& sample) const;
  std::vector<SampleStatesPtr> enter(std::vector<std::vector<at::Tensor>> encoded, const std::stop_token& stop) const;

  const ModelConfig& m_config;
  const Network& m_network;
  at::Device m_device;
  const NetworkChange& m_change;
  int m_threads;
};

/// The states last asked for, so that a toggle computes only what it changes. Samples are told apart by the object,
/// which never changes and is kept alive meanwhile. Any thread.
class StateCache {
 public:
  /// Of `sample` (null: of what is missing) under the change of this name; null where not known.
  SampleStatesPtr find(const SamplePtr& sample, const std::string& change);
  void insert(const SamplePtr& sample, const std::string& change, SampleStatesPtr states);

 private:
  struct Entry {
    SamplePtr sample;
    std::string change;
    SampleStatesPtr states;
  };
  std::list<Entry>::iterator place(const SamplePtr& sample, const std::string& change);

  std::mutex m_mutex;
  std::list<Entry> m_entries;  // last used first; few
  std::size_t m_bytes = 0;
};

}  // namespace fusemoe
