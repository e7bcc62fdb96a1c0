#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "cohort/cohort_store.h"

namespace soci {
class session;
}

// Inside engine/cohort only: what a cohort says of itself, to and from its tables.
namespace fusemoe {

/// Checks version and tables, then reads everything but `path` and `digest`. Errors: another schema version, a missing
/// or different table, a description that contradicts itself. Throws soci::soci_error.
Result<CohortInfo> readInfo(soci::session& session, const std::string& path);

/// Checks what `readInfo` would check of the description: names, kinds, widths, window.
Result<void> checkInfo(const CohortInfo& info, const std::string& path);

/// Creates the tables and writes `info`, except `importCounts`. Throws soci::soci_error.
void writeInfo(soci::session& session, const CohortInfo& info);

/// Writes CohortInfo::importCounts. Throws soci::soci_error.
void writeImportCounts(soci::session& session, const std::map<std::string, std::int64_t>& counts);

}  // namespace fusemoe
