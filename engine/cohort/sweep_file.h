#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/model_config.h"
#include "base/result.h"

namespace fusemoe {

/// What a sweep of a model over a cohort was made of. Sweeps with equal headers have equal rows.
struct SweepHeader {
  std::string modelDigest, cohortDigest;
  std::string split;                    ///< "" = all
  std::string intervention;             ///< describe(); "" = none
  std::size_t most = 0;                 ///< stays at most; 0 = all
  int layers = 0;                       ///< L
  std::vector<std::string> modalities;  ///< [M]
  std::vector<std::string> routers;     ///< [R] the modality of each, or "joint"
  std::vector<std::string> outputs;     ///< [O] the label of each probability
  std::vector<ModalityMask> masks;      ///< the first is 0: nothing masked, which the others are compared with
};

/// How far the routing of one layer and router lies from that with nothing masked. Nats; `l1` 0 … 2.
struct SweepCell {
  double jensenShannon = 0, kullbackLeibler = 0, l1 = 0;  ///< of the dense distributions; KL(full ‖ masked)
  double topK = 0;                                        ///< Jensen–Shannon of the mean kept weights
};

/// One stay under one mask.
struct SweepState {
  int hidden = 0;                  ///< modalities of the stay that the mask hides
  std::vector<float> probability;  ///< [O]
  double meanDrift = 0;            ///< mean dense Jensen–Shannon over layers and routers, nats
  std::vector<SweepCell> cells;    ///< [L, R]
};

/// One stay under every mask of the header, in their order.
struct SweepRow {
  std::int64_t stayId = 0;
  std::vector<SweepState> states;
};

/// A state in short, as eachState tells it. `delta` is the mean over outputs of |probability − that with nothing
/// masked|.
struct SweepSummary {
  std::int64_t stayId = 0;
  int mask = 0, hidden = 0;
  double meanDrift = 0, delta = 0;
};

/// The results of a sweep, a SQLite file that grows stay by stay in transactions of bounded size, so that a sweep that
/// was stopped or killed can go on behind its last whole stay. Tables:
///   meta(key, value)                                     format, version, all of the header, complete ("0", "1")
///   mask(mask_id, bits, masked)                          masked: names joined by "+", or "none"
///   output(output_id, label), router(router_id, modality)
///   state(stay_id, mask_id, hidden, mean_drift)
///   prediction(stay_id, mask_id, output_id, probability, delta)     delta: probability − that with nothing masked
///   drift(stay_id, mask_id, layer, router_id, js, kl, l1, js_top_k)  layer from 1; of SweepCell; kl may be Inf
/// and the views `predictions` and `drifts`, which have the names in place of the ids. One thread at a time.
class SweepFile {
 public:
  /// Starts a new file. Errors: it is there already; it cannot be written.
  static Result<std::unique_ptr<SweepFile>> create(const std::string& path, const SweepHeader& header);
  /// Opens a file to go on with. Errors: none there; not a sweep; damaged; of another model, cohort, split, change or
  /// of other masks: says which.
  static Result<std::unique_ptr<SweepFile>> resume(const std::string& path, const SweepHeader& header);
  virtual ~SweepFile() = default;

  /// The greatest id of a stay that is in it, 0 if there is none; stays must be added in ascending id.
  virtual std::int64_t lastStay() const = 0;
  virtual std::size_t stays() const = 0;
  /// All stays are in it.
  virtual bool complete() const = 0;

  virtual Result<void> add(const SweepRow& row) = 0;
  /// Makes what was added durable.
  virtual Result<void> flush() = 0;
  /// Flushes, and notes that the file is complete.
  virtual Result<void> finish() = 0;

  /// Every state, by stay and mask. Flushed ones alone.
  virtual Result<void> eachState(const std::function<void(const SweepSummary&)>& visit) = 0;
  /// Writes all as one table, whole or not at all: a line a stay, mask, layer and router, the state's own numbers
  /// repeated.
  virtual Result<void> writeCsv(const std::string& path) = 0;
};

/// Names of the modalities of a mask, in the model's order.
std::vector<std::string> maskNames(const std::vector<std::string>& modalities, ModalityMask mask);
/// The same joined by "+"; "none" for 0.
std::string maskText(const std::vector<std::string>& modalities, ModalityMask mask);

}  // namespace fusemoe
