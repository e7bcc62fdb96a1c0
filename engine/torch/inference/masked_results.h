#pragma once

#include "torch/inference/shared_batch.h"

namespace fusemoe {

/// Every sample under every mask, [samples][masks]: the little of a prediction that Model::predictMasks tells.
Result<std::vector<std::vector<MaskedRouting>>> maskedResults(const ModelConfig& config, const SharedBatch& batch,
                                                              std::span<const SamplePtr> samples,
                                                              std::span<const ModalityMask> masks,
                                                              const std::stop_token& stop);

}  // namespace fusemoe
