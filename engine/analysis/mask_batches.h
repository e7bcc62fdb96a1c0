#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "api/engine.h"

namespace fusemoe {

/// States (stay × mask) that are computed at once.
inline constexpr std::size_t kBatchStates = 1024;

/// Model::predictMasks with the masks in portions, so that samples × masks never exceed kBatchStates.
Result<std::vector<std::vector<MaskedRouting>>> predictInPortions(const Model& model,
                                                                  std::span<const SamplePtr> samples,
                                                                  std::span<const ModalityMask> masks,
                                                                  const Intervention& intervention,
                                                                  const std::stop_token& stop);

/// Modalities of the config that a stay has; bit i = modality i.
std::uint32_t recordedModalities(const ModelConfig& config, const Sample& sample);

}  // namespace fusemoe
