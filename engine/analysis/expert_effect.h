#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/metrics.h"
#include "api/engine.h"

namespace fusemoe {

/// What happens to predictions over a set of stays when one expert is knocked out.
struct ExpertEffect {
  int layer = 0, expert = 0;        ///< 0-based
  double use = 0;                   ///< mean kept weight over stays and routers, as recorded
  double meanAbsolute = 0;          ///< mean |Δp|
  double mean = 0;                  ///< mean Δp, with − without: > 0 = the expert raises the risk
  Interval meanInterval;            ///< 95 %, bootstrap over stays
  std::optional<double> aurocLoss;  ///< AUROC with − without; none with one class
  std::optional<Interval> aurocLossInterval;
};

struct ExpertRanking {
  std::size_t stays = 0;
  std::optional<double> auroc;        ///< as recorded
  std::vector<ExpertEffect> effects;  ///< largest meanAbsolute first; an expert nobody kept has 0
};

struct RankingOptions {
  std::string split;
  int output = 0;
  ModalityMask mask = 0;
  std::size_t most = 2000;  ///< stays at most
  BootstrapOptions bootstrap = {200, 32};
};

/// Errors: those of sweepMasks; an output the model does not have.
Result<ExpertRanking> rankExperts(const Model& model, const SampleSource& source, const RankingOptions& options,
                                  const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
