#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/metrics.h"
#include "api/engine.h"

namespace fusemoe {

struct DonorOptions {
  std::string split = "train";
  int modality = 0;  ///< that the patient lacks, or that is masked
  ModalityMask mask = 0;
  int output = 0;
  int donors = 20;
};

struct Donor {
  std::int64_t stayId = 0;
  double distance = 0;     ///< root mean square over shared features, standard deviations
  double probability = 0;  ///< of the patient with this donor's modality
  double drift = 0;        ///< Jensen–Shannon divergence of routing from the patient without it, mean, nats
};

/// The predictions one patient could have had, had the modality been there: each donor's modality put in its place.
/// What the model would have said, not what should be measured.
struct DonorReport {
  int modality = 0;
  double without = 0;              ///< the patient's prediction as it is
  std::optional<double> recorded;  ///< with the patient's own, where it is masked only
  std::vector<Donor> donors;       ///< nearest first
  Interval range;                  ///< 10 % … 90 % of the donors' predictions
  double median = 0;
  double crossing = 0;         ///< share of donors on the other side of 0.5 than `without`
  std::size_t candidates = 0;  ///< stays of the split that have the modality and share another one
  std::size_t features = 0;    ///< distance was taken over
  std::string note;
};

/// `sample` is the patient. Errors: those of the cohort or model; no candidate; no other modality to be near in.
Result<DonorReport> donorPredictions(const Model& model, const SampleSource& source, const SamplePtr& sample,
                                     const DonorOptions& options, const ProgressSink& progress,
                                     const std::stop_token& stop);

}  // namespace fusemoe
