#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "cohort/import/mimic_source.h"

// Inside engine/cohort only: which ICU stays of MIMIC-IV belong to the cohort, and their labels.
namespace fusemoe {

inline constexpr double kMimicWindowHours = 48;

/// One ICU stay. Times in seconds, see mimicTime.
struct MimicStay {
  std::int64_t id = 0, subject = 0, admission = 0;
  std::int64_t in = 0, out = 0;
  std::int64_t windowEnd = 0;  ///< last second that is input: 48 h after `in`
  double age = 0;              ///< years, at admission to the ICU
  bool male = false;
  bool died = false;             ///< in this hospital stay
  bool diagnosed = false;        ///< the hospital stay has diagnoses at all
  std::uint32_t conditions = 0;  ///< bit i = condition i of acuteConditions()
  bool leftAliveIn96Hours() const { return !died && out - in < 96 * 3600; }
};

struct MimicStays {
  std::vector<MimicStay> kept;                                           ///< ascending id
  std::unordered_map<std::int64_t, std::size_t> byId;                    ///< position in `kept`
  std::unordered_map<std::int64_t, std::vector<std::size_t>> bySubject;  ///< positions, by time of admission
  std::unordered_set<std::int64_t> leftOut;                              ///< ids of the others
};

/// Tables that readMimicStays reads.
const std::vector<std::string>& mimicStayTables();

/// Reads icustays, patients, admissions and diagnoses_icd. Counts: stays.total; stays.left_out.REASON, a stay under the
/// first that holds: no_times (a time missing, or out before in), under_48h, unknown_admission, unknown_subject,
/// no_age (or one above 120), under_18, died_within_48h; rows.diagnoses.total and what became of them: .condition,
/// .other (means none of the 25), .no_stay, .unknown_version; deaths.flag_0_with_time: stays whose hospital stay has a
/// time of death though it is not marked as fatal. Errors: a malformed row; a stay, person or admission twice; stopped.
Result<MimicStays> readMimicStays(MimicSource& source, std::map<std::string, std::int64_t>& counts);

}  // namespace fusemoe
