#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

/// A synthetic ICU cohort with the paper's four modalities and a planted causal story (generate/icu_story.h), to teach
/// and to test with. No number in it comes from a patient.
struct IcuRequest {
  std::string output;         ///< the cohort to write; replaced as a whole
  std::int64_t stays = 1000;  ///< 1 … 10,000,000; ids from 1
  std::uint64_t seed = 32;
  int textWidth = 32, cxrWidth = 32, ecgWidth = 16;  ///< 1 … 4096; the paper: 768, 1024, 256
  std::int64_t documents = 24;  ///< the first so many stays get notes, pictures and ECGs to look at
};

struct IcuReport {
  std::string output;
  std::map<std::string, std::int64_t> counts;  ///< also in the cohort
};

/// What the cohort says of itself. Tasks: `ihm`, `los`, `pheno` (25 labels) and `condition`, the planted truth itself,
/// which no model should be trained on unless to check it.
CohortInfo icuInfo(const IcuRequest& request);

/// Writes the cohort, stay by stay in bounded memory. Equal requests give equal bytes on every platform with the same
/// SQLite; a stay depends on seed and id alone, not on how many there are. Split by stay, 70/15/15 within the label of
/// `ihm`. Errors: an option out of range, stopped, cannot write; the target is then as it was.
Result<IcuReport> generateIcu(const IcuRequest& request, const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
