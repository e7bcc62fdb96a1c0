#pragma once

#include <soci/soci.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "cohort/stay_rows.h"

// Inside engine/cohort only.
namespace fusemoe {

/// Where a new cohort is written: its tables exist and are empty, and nobody sees them until `finish`. Destroyed before
/// that, it leaves nothing behind. All functions throw soci::soci_error.
class CohortTarget {
 public:
  virtual ~CohortTarget() = default;
  virtual soci::session& session() = 0;
  virtual StayRows& rows() = 0;
  /// Makes what was written durable and puts it in the place of what was there before.
  virtual Result<void> finish() = 0;
};

/// A temporary SQLite file beside `path`.
std::unique_ptr<CohortTarget> createSqliteTarget(const std::string& path);
/// A new schema of the database, seen by no other connection.
std::unique_ptr<CohortTarget> createPostgresTarget(const std::string& url);

}  // namespace fusemoe
