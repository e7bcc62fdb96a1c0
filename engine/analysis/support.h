#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/mask_sweep.h"

namespace fusemoe {

struct SupportOptions {
  std::string split = "train";
  ModalityMask mask = 0;
  std::uint32_t present = 0;  ///< what the model is shown of the patient under that mask
  std::size_t most = 2000;    ///< reference stays at most
  int neighbours = 5;
  double alarmPercentile = 95;  ///< beyond it the alarm is raised
  double seenShare = 0.001;     ///< a router that gave an expert less than this of its weight has not seen it
};

/// A token share that goes where the router never sent it in training.
struct Misrouting {
  int layer = 0, modality = 0, expert = 0;  ///< of the router, missing now
  double share = 0;                         ///< of the router's kept weight, in this stay
  double training = 0;                      ///< the same over training stays that have the modality
};

struct SupportReport {
  double distance = 0;    ///< mean Hellinger distance to the k nearest, over layers and routers
  double percentile = 0;  ///< share of reference stays that lie farther from theirs, turned round: 100 = farthest
  bool alarm = false;
  std::size_t reference = 0;     ///< stays compared with
  bool samePattern = false;      ///< they show the same modalities; else too few did, and all were taken
  std::size_t patternStays = 0;  ///< of the split that truly have exactly these modalities
  std::size_t splitStays = 0;
  std::vector<double> distances;  ///< of the reference stays to their own k nearest, ascending
  std::vector<Misrouting> misrouted;
  std::string note;  ///< a sentence on what the numbers rest on
};

/// How the training stays are routed under one mask: what a patient under that mask is compared with. Immutable.
class SupportReference {
 public:
  /// Errors: those of sweepMasks; fewer than 20 stays.
  static Result<std::shared_ptr<const SupportReference>> make(const Model& model, const SampleSource& source,
                                                              const SupportOptions& options,
                                                              const ProgressSink& progress,
                                                              const std::stop_token& stop);
  /// The patient's routing under the same mask. A stay of the reference is not compared with itself.
  SupportReport report(const MaskedRouting& routing, std::int64_t stayId) const;

 private:
  SupportReference() = default;
  SupportOptions m_options;
  RoutingShape m_shape;
  std::vector<std::int64_t> m_stays;
  std::vector<float> m_rows;        ///< [n, L·R·S] √ of the dense distributions
  std::vector<double> m_distances;  ///< ascending
  std::vector<double> m_seen;       ///< [L, R, S] mean kept weight of stays that have the router's modality
  std::size_t m_patternStays = 0, m_splitStays = 0;
  bool m_samePattern = false, m_joint = false;
};

}  // namespace fusemoe
