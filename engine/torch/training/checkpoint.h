#pragma once

#include <optional>
#include <string>

#include "api/training.h"
#include "torch/model/safetensors.h"

namespace fusemoe {

/// What two runs must share for one to go on where the other stopped.
struct RunIdentity {
  std::string configuration;  ///< SHA-256 of model and training options
  std::string data;           ///< SHA-256 of the stays and labels it trains and validates on
  std::uint64_t seed = 0;
  bool operator==(const RunIdentity&) const = default;
};

/// A run after a whole epoch. Order, noise and dropout are hashes of seed, epoch and place (model/noise.h), so there
/// are no states of generators.
struct Checkpoint {
  RunIdentity identity;
  TrainReport report;  ///< epochs so far, without their watched results
  std::int64_t steps = 0;
  TensorMap tensors;  ///< [P] each: "values", "average", "first", "second" and "best"
};

/// Replaces the file as a whole; a process killed at any moment leaves the old one or the new one.
Result<void> writeCheckpoint(const std::string& path, const Checkpoint& checkpoint);

/// None where there is no such file. Errors: not a checkpoint or damaged; of another configuration, cohort or seed than
/// `identity`; tensors of another length than `parameters`.
Result<std::optional<Checkpoint>> readCheckpoint(const std::string& path, const RunIdentity& identity,
                                                 std::int64_t parameters);

}  // namespace fusemoe
