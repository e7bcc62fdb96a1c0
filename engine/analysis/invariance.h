#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "api/engine.h"

namespace fusemoe {

/// One way of computing the same states again.
struct InvarianceRow {
  std::string name;           ///< "again, alone"; "7 at a time, shuffled"; "1 thread"; "all masks as one batch"
  std::size_t compared = 0;   ///< states
  double maxDifference = 0;   ///< over probabilities, logits and routing
  double maxProbability = 0;  ///< over probabilities alone
  double tolerance = 0;       ///< 0 = must be equal to the bit
  bool pass = false;
};

struct InvarianceReport {
  std::vector<InvarianceRow> rows;
  std::size_t stays = 0;
  int masks = 0;
  bool pass = false;
};

struct InvarianceOptions {
  std::vector<int> batches = {1, 2, 7, 32};
  std::vector<int> threads = {1, 2, 4};
  std::uint64_t seed = 32;
};

/// Computes a patient, and others beside it, in several ways and compares: alone, repeated, in shuffled batches of
/// several sizes, with other numbers of threads, masked modalities against a record that lacks them, all masks as one
/// batch. Puts the engine's number of threads back. Errors: the cohort's or the model's; no stay; stopped.
Result<InvarianceReport> checkInvariance(Engine& engine, const Model& model, std::span<const SamplePtr> samples,
                                         const InvarianceOptions& options, const ProgressSink& progress,
                                         const std::stop_token& stop);

}  // namespace fusemoe
