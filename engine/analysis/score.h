#pragma once

#include <span>
#include <stop_token>
#include <string>

#include "api/engine.h"
#include "base/progress.h"

namespace fusemoe {

/// What a model is not shown beside what a stay lacks.
struct Masking {
  ModalityMask always = 0;  ///< of the model's modalities
  double drop = 0;          ///< chance that each modality that is then left is masked as well, but never all of them
  std::uint64_t seed = 32;  ///< of the drops; a stay's depend on seed and id alone
};

/// The mask of a stay that has the modalities `present` (bits as in the mask).
ModalityMask maskOf(const Masking& masking, std::uint32_t present, std::int64_t stayId);

/// Predicts every stay of a split whose label of the model's task is known, in batches and bounded memory.
/// Scores::present tells what the model was shown. Error: the cohort's or the model's; no labelled stay; stopped.
Result<Scores> scoreSplit(const Model& model, const SampleSource& cohort, const std::string& split,
                          const Masking& masking, const ProgressSink& progress, const std::stop_token& stop);

/// The ensemble: mean probability of several models on the same stays. Error: none, or not the same stays and labels.
Result<Scores> averageScores(std::span<const Scores> scores);

}  // namespace fusemoe
