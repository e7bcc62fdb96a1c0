#pragma once

#include <string>

#include "base/sha256.h"
#include "cohort/cohort_store.h"
#include "cohort/stay_rows.h"

// Inside engine/cohort only.
namespace fusemoe {

/// SHA-256 of what a cohort says, the same wherever it is stored: the description, then every row in the order it is
/// written, then the import counts. SCHEMA.md gives the bytes.
class ContentDigest {
 public:
  explicit ContentDigest(const CohortInfo& info);
  void add(StayTable table, const StayRow& row);
  /// Ends the digest.
  std::string finish(const std::map<std::string, std::int64_t>& importCounts);

 private:
  void tag(char name) { m_pending += name; }
  void integer(long long value);
  void real(double value);
  void text(std::string_view value);
  void flush();

  Sha256 m_sha;
  std::string m_pending;  ///< gathered, since rows are small
};

}  // namespace fusemoe
