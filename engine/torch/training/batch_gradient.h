#pragma once

#include <c10/core/Device.h>

#include "torch/training/dataset.h"
#include "torch/training/objective.h"
#include "torch/training/team.h"

namespace fusemoe {

/// Loss and gradient of one batch, of which each process of the team computes its slice. The losses are of the whole
/// batch: its class weights, and its sums of routings for balance and entropy losses, so that the sum of all processes'
/// gradients is the gradient one process alone would find.
class BatchGradient {
 public:
  /// Everything given outlives this.
  BatchGradient(const TrainRequest& request, const ModelConfig& config, const Dataset& train, const Network& network,
                at::Device device, Team& team);

  /// Where a batch stands in the run, and its part of an update.
  struct Place {
    std::uint64_t number = 0;  ///< over the whole run, for draws
    double share = 1;          ///< its stays / those of the update
  };
  /// Adds share × gradient to the network's parameters, and what the whole batch tells to `step` (shares of the losses)
  /// and `tally`. `stop` is told to all; true where any process asked for it.
  Result<bool> add(const Place& place, const std::vector<std::size_t>& rows, bool stop, StepReport& step,
                   RoutingTally& tally);

 private:
  /// This process' slice: sums that keep their gradients; without a stay undefined and empty.
  struct Slice {
    at::Tensor task;
    std::vector<RoutingSums> layers;
  };
  Result<Slice> compute(std::uint64_t number, const std::vector<std::size_t>& rows);
  double positiveWeight() const;

  const TrainRequest& m_request;
  const ModelConfig& m_config;
  const Dataset& m_train;
  const Network& m_network;
  at::Device m_device;
  Team& m_team;
  NoiseGenerator m_noise;
  double m_positiveWeight = 1;
};

}  // namespace fusemoe
