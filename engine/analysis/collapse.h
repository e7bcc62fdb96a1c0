#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/mask_sweep.h"
#include "analysis/metrics.h"

namespace fusemoe {

/// What one modality does over a cohort.
struct ModalityShare {
  int modality = 0;
  std::size_t stays = 0;   ///< that have it
  double attribution = 0;  ///< mean |Shapley value| of the probability, over all stays
  Interval attributionInterval;
  double share = 0;               ///< of the sum over modalities
  std::optional<double> alone;    ///< AUROC with this modality alone, over stays that have it
  std::optional<double> without;  ///< AUROC over the same stays with it masked
  std::optional<double> full;     ///< AUROC over the same stays as recorded
};

/// How the experts of one layer are used over a cohort.
struct LayerUse {
  std::vector<double> importance;   ///< [S] share of the kept weight
  std::vector<double> composition;  ///< [S, M] share of each modality in an expert's weight (paper's figure 12c); 0 for
                                    ///< an expert nobody kept; empty for a joint router
  double effectiveExperts = 0;      ///< exp H(importance)
  std::vector<int> dead;            ///< experts no token kept
  double meanDenseEntropy = 0;      ///< mean over stays and routers of H(p̂), nats
};

/// A number on a scale, what it means and what to try next.
struct Finding {
  std::string name;
  double value = 0, least = 0, most = 1;
  bool warn = false;
  std::string meaning;
  std::string next;
};

struct CollapseReport {
  std::size_t stays = 0;
  std::vector<ModalityShare> modalities;
  double unimodal = 0;  ///< 1 − H(shares)/log M: 0 = all alike, 1 = one modality decides alone
  std::vector<LayerUse> layers;
  std::vector<GateGeometry> gates;
  std::vector<Finding> findings;  ///< unimodal collapse, effective experts, dead experts, nearest gate vectors
};

struct CollapseOptions {
  std::string split;
  int output = 0;
  std::size_t most = 2000;
  BootstrapOptions bootstrap = {200, 32};
};

/// Errors: those of sweepMasks; an output the model does not have; more than 12 modalities.
Result<CollapseReport> collapseReport(const Model& model, const SampleSource& source, const CollapseOptions& options,
                                      const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
