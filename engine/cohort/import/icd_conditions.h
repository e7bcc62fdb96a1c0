#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Inside engine/cohort only: the 25 conditions of the phenotyping task and the diagnosis codes that mean them.
namespace fusemoe {

enum class IcdVersion { Icd9, Icd10 };

/// One of the 25 conditions of Harutyunyan et al. 2019 (Sci Data 6:96): a category of AHRQ's Clinical Classifications
/// Software (CCS, single level). Codes are written as in MIMIC-IV, without a dot, separated by spaces; each stands for
/// itself and all codes it begins, one that ends in $ for itself alone.
struct AcuteCondition {
  std::string_view title;  ///< as the benchmark names it
  int category = 0;        ///< CCS number
  std::string_view icd9;   ///< the category of CCS for ICD-9-CM 2015
  std::string_view icd10;  ///< see IMPORTERS_MIMIC.md for how these were chosen
};

inline constexpr std::size_t kConditionCount = 25;

/// All of them, in the benchmark's order (by title).
std::span<const AcuteCondition, kConditionCount> acuteConditions();

/// The conditions a code means: bit i = condition i. 0 = none. Spaces around the code and lower case do not matter.
std::uint32_t conditionsOf(IcdVersion version, std::string_view code);

}  // namespace fusemoe
