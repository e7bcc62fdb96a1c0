#pragma once

#include <c10/core/Device.h>

#include "torch/model/network.h"
#include "torch/training/dataset.h"

namespace fusemoe {

/// What a network gives on the validation split.
struct ValidationScore {
  double auroc = 0, auprc = 0;  ///< mean over the labels or classes for which they are defined
  double loss = 0;              ///< mean log loss, without class weights or smoothing
};

/// Error: the split has stays of one class only, so that neither area is defined.
Result<ValidationScore> scoreOn(const Dataset& validation, const ModelConfig& config, const Network& network,
                                at::Device device);

/// The larger, the better: what `selection` chooses epochs by.
double meritOf(Selection selection, const EpochReport& epoch);

}  // namespace fusemoe
