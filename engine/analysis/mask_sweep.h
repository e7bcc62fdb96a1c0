#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "api/engine.h"
#include "base/progress.h"

namespace fusemoe {

/// One stay of a sweep: its routing under every mask asked for, in their order.
struct SweptStay {
  SamplePtr sample;
  std::uint32_t recorded = 0;  ///< bit i = the stay has modality i
  std::vector<MaskedRouting> routings;
};

/// All masks of M modalities; one modality masked at a time, nothing masked first. Error: too many to list (M > 12).
Result<std::vector<ModalityMask>> allMasks(int modalities);
std::vector<ModalityMask> singleMasks(int modalities);

struct SweepOptions {
  std::string split;           ///< "" = all
  std::int64_t afterStay = 0;  ///< stays up to this id are passed over (to go on after a break)
  std::size_t most = 0;        ///< stays at most, evenly spread by a hash of their id; 0 = all
  Intervention intervention = {};
};

/// Runs a model over the stays of a split under each mask, in batches on all cores and in bounded memory; `visit` gets
/// stays in ascending id, on the calling thread, until it returns false. The masks of a stay are computed as
/// Model::predictMasks does. Errors: the cohort's or the model's; no stay; no mask; stopped; a cohort that has none of
/// the model's modalities.
Result<void> sweepMasks(const Model& model, const SampleSource& source, std::span<const ModalityMask> masks,
                        const SweepOptions& options, const std::function<bool(const SweptStay&)>& visit,
                        const ProgressSink& progress, const std::stop_token& stop);

/// The stays of a source that are in a list.
class SliceSource : public SampleSource {
 public:
  /// `stays` ascending. The source outlives it.
  SliceSource(const SampleSource& source, std::vector<std::int64_t> stays);
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  const SampleSource& m_source;
  std::vector<std::int64_t> m_stays;
};

}  // namespace fusemoe
