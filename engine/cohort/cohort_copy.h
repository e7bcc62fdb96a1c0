#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

struct CopyReport {
  std::string output;  ///< without its password
  std::int64_t stays = 0, documents = 0;
  std::int64_t values = 0;  ///< observations, static values and events
};

/// Copies a whole cohort, documents and import counts included, from a file or database URL to another, stay by stay in
/// bounded memory. The copy has the same digest, in a file the same bytes as any other copy. What was at `to` is
/// replaced as a whole; an error or a stop (answered between two stays) leaves it as it was. Error besides those of
/// CohortStore and CohortWriter: a database whose content is no longer what it says of itself.
Result<CopyReport> copyCohort(const std::string& from, const std::string& to, const ProgressSink& progress,
                              const std::stop_token& stop);

/// What becomes of a stay on its way; it is given the stay's documents, which stay as they are.
using StayChange = std::function<Result<void>(Sample& sample, std::span<const StayDocument> documents)>;

/// The same, of a cohort that is open, changed stay by stay. `info` describes what is written. Error besides those of
/// `copyCohort`: that of a change.
Result<CopyReport> copyChanged(const CohortStore& source, const CohortInfo& info, const std::string& to,
                               const StayChange& change, const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
