#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "cohort/cohort_store.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/mimic_stays.h"

// Inside engine/cohort only: what a MIMIC-IV cohort is made of.
namespace fusemoe {

enum class MimicGrouping { Paper, Clinical };

/// Modalities that come as vectors from files of their own, in the cohort's order.
struct MimicVectorKind {
  const char* option;    ///< of `fusemoe import mimic-iv`
  const char* modality;  ///< as the paper names it
  const char* title;
  int paperWidth = 0;
};
inline constexpr std::array<MimicVectorKind, 3> kMimicVectors = {
    {{"notes", "text", "Notes", 768}, {"cxr", "cxr", "Chest X-ray", 1024}, {"ecg", "ecg", "ECG", 256}}};

/// The description: the grouping's series (and `body`), a vectors modality for every width that is not 0, and the three
/// tasks with `firstTask` ("ihm", "los", "pheno") in front.
CohortInfo mimicInfo(MimicGrouping grouping, const std::array<int, kMimicVectors.size()>& widths,
                     const std::string& firstTask);

/// A stay with its labels, as the stage takes it. Stays are balanced between the parts by `firstTask` where that is
/// binary. Without any diagnosis the conditions are unknown.
StagedStay stagedStay(const MimicStay& stay, const std::string& firstTask);

}  // namespace fusemoe
