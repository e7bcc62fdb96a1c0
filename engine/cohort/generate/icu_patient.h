#pragma once

#include <array>
#include <cstdint>

#include "cohort/generate/icu_story.h"

// Inside engine/cohort only.
namespace fusemoe {

/// All that is drawn of a patient before anything is measured.
struct IcuPatient {
  std::int64_t stayId = 0;
  std::array<bool, kConditions> conditions{};  ///< by Condition
  double frailty = 0;                          ///< mean 0, deviation 1: shown by notes
  double severity = 0;                         ///< 0 … 1
  double response = 0;                         ///< to treatment, −1 … 1: signs fade where it is above 0, grow below
  bool dies = false;                           ///< task `ihm`
  bool leavesSoon = false;                     ///< task `los`: alive and discharged within the next 48 hours
  std::array<bool, kPhenotypes> phenotypes{};  ///< task `pheno`: conditions as they are coded, with slips
  bool hasText = false, hasCxr = false, hasEcg = false;

  bool has(Condition condition) const { return conditions[static_cast<std::size_t>(condition)]; }
};

/// The patient with this id. The same whatever other patients are drawn.
IcuPatient drawPatient(std::uint64_t seed, std::int64_t stayId);

/// Severity at or above which a stay counts as "high severity" in task `condition`.
inline constexpr double kHighSeverity = 0.6;

}  // namespace fusemoe
