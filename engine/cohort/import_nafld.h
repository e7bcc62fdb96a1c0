#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace fusemoe {

struct NafldImportRequest {
  std::string directory;    ///< with nafld1.csv.gz, nafld2.csv.gz, nafld3.csv.gz (or .csv) of the R package `survival`
  std::string output;       ///< the database to write; replaced as a whole
  std::uint64_t seed = 32;  ///< of the person-level split
};

/// What an import did. Every row of the source is counted once: as kept, or under the first reason that left it out.
struct NafldImportReport {
  std::string output;
  std::int64_t bytes = 0;  ///< size of the database
  /// Also in the database (CohortInfo::importCounts). Keys:
  /// seed; people.total, .included, .left_out_alive_under_5y; label.death_5y.positive, .negative;
  /// split.PART, split.PART.positive; present.MODALITY: people who have it;
  /// measurements.total, .kept and the reasons .unknown_test, .empty_value, .unknown_person, .person_left_out,
  /// .after_index, .before_window, .implausible.TEST, .duplicate.same_value, .duplicate.other_value;
  /// events.total, .kept and .unknown_event, .unknown_person, .person_left_out, .after_index, .before_window,
  /// .duplicate; body.kept, body.empty.VARIABLE, body.implausible.VARIABLE; source.hdl_chol.pairs, .equal;
  /// source.sbp_dbp.pairs, .equal; source.fib4.values, .up_to_2_67: faults, see `notes`.
  std::map<std::string, std::int64_t> counts;
  std::vector<std::string> notes;  ///< faults of the source, one sentence each
};

/// Converts the NAFLD study (Allen et al. 2018) into a cohort: five modalities of the five years up to and including
/// the index date, and death in the five years after it. The rules are in engine/cohort/SCHEMA.md. Nothing after the
/// index date gets in, and no calendar date. Equal input and seed give equal bytes. Answers `stop` within 0.2 s and
/// then leaves no file.
Result<NafldImportReport> importNafld(const NafldImportRequest& request, const ProgressSink& progress,
                                      const std::stop_token& stop);

}  // namespace fusemoe
