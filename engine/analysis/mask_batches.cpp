#include "analysis/mask_batches.h"

#include <algorithm>
#include <iterator>

namespace fusemoe {

Result<std::vector<std::vector<MaskedRouting>>> predictInPortions(const Model& model,
                                                                  std::span<const SamplePtr> samples,
                                                                  std::span<const ModalityMask> masks,
                                                                  const Intervention& intervention,
                                                                  const std::stop_token& stop) {
  std::vector<std::vector<MaskedRouting>> all(samples.size());
  const std::size_t portion = std::max<std::size_t>(1, kBatchStates / std::max<std::size_t>(1, samples.size()));
  for (std::size_t first = 0; first < masks.size(); first += portion) {
    auto some =
        model.predictMasks(samples, masks.subspan(first, std::min(portion, masks.size() - first)), intervention, stop);
    if (!some) return failure(some.error());
    for (std::size_t s = 0; s < samples.size(); ++s)
      std::move((*some)[s].begin(), (*some)[s].end(), std::back_inserter(all[s]));
  }
  return all;
}

std::uint32_t recordedModalities(const ModelConfig& config, const Sample& sample) {
  std::uint32_t recorded = 0;
  for (std::size_t m = 0; m < config.modalities.size(); ++m)
    if (const ModalityData* data = sample.modality(config.modalities[m].name); data && data->present())
      recorded |= std::uint32_t{1} << m;
  return recorded;
}

}  // namespace fusemoe
