#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/mask_sweep.h"
#include "analysis/metrics.h"

namespace fusemoe {

struct MissingnessOptions {
  std::string split;
  int modality = 0;
  int output = 0;
  BootstrapOptions bootstrap = {500, 32};
  std::size_t most = 5000;
};

/// A difference, natural − forced, over matched pairs.
struct PairedDifference {
  double natural = 0, forced = 0, difference = 0;
  Interval interval;  ///< 95 % of the difference, bootstrap over matches, each with all its pairs
};

/// How alike the two groups are in one number the matching used.
struct Balance {
  std::string feature;
  double before = 0, after = 0;  ///< standardised mean difference
};

/// Stays that truly lack a modality, each matched with the stay that has it, has otherwise the same modalities and is
/// nearest in their summary features; the match has the modality masked. The model is shown the same modalities of
/// both, so that what differs is what the absence itself says.
struct MissingnessReport {
  int modality = 0;
  std::size_t lacking = 0, having = 0;      ///< stays of the split
  std::size_t pairs = 0;                    ///< matched; with replacement
  std::size_t controls = 0;                 ///< different stays among the matches
  PairedDifference risk;                    ///< predicted probability
  std::optional<PairedDifference> outcome;  ///< share of positives, where known of both; none without
  double routingDrift = 0;                  ///< mean Jensen–Shannon divergence of a pair's routings, nats, dense
  Interval routingInterval;
  double routingBaseline = 0;    ///< the same between a match and its own nearest: what two like stays differ by
  PairedDifference unmasked;     ///< risk of the match with nothing masked, in place of `forced`
  std::vector<Balance> balance;  ///< largest `before` first
  double distance = 0;           ///< median distance of a pair, standard deviations a feature
  std::string note;
};

/// Errors: those of sweepMasks; every stay has it, or none (a sentence); fewer than ten pairs.
Result<MissingnessReport> naturalAgainstForced(const Model& model, const SampleSource& source,
                                               const MissingnessOptions& options, const ProgressSink& progress,
                                               const std::stop_token& stop);

}  // namespace fusemoe
