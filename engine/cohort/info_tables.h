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

/// Checks version and tables, then reads everything but `path`. `digest` is what the cohort says its content's is, or
/// empty where it says nothing. Errors: another schema version, a missing
/// or different table, a description that contradicts itself. Throws soci::soci_error.
Result<CohortInfo> readInfo(soci::session& session, const std::string& path);

/// Checks what `readInfo` would check of the description: names, kinds, widths, window.
Result<void> checkInfo(const CohortInfo& info, const std::string& path);

/// Writes `info`, except `importCounts` and `digest`, into empty tables. Throws soci::soci_error.
void writeInfo(soci::session& session, const CohortInfo& info);

/// Writes CohortInfo::importCounts and the digest of the content. Throws soci::soci_error.
void writeCounts(soci::session& session, const std::map<std::string, std::int64_t>& counts, const std::string& digest);

}  // namespace fusemoe
