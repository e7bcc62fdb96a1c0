#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/sample.h"
#include "base/result.h"
#include "cohort/cohort_document.h"

namespace fusemoe {

/// A variable as the cohort describes it.
struct CohortVariable {
  std::string name, title, unit;
  double referenceLow = 0, referenceHigh = 0;  ///< usual range in `unit`; NaN = none given
};

struct CohortModality {
  std::string name, title;
  ModalityKind kind = ModalityKind::Series;
  int width = 0;  ///< vectors
  std::vector<CohortVariable> variables;
};

struct CohortTask {
  std::string name, title;
  TaskKind kind = TaskKind::Binary;
  std::vector<std::string> labels;
};

/// What a cohort says of itself.
struct CohortInfo {
  std::string path;  ///< or URL, without its password
  std::string name, title, description, attribution;
  int schemaVersion = 0;
  double windowHours = 48;
  std::string timeUnit;    ///< unit to show times in: "h", "d" or "y"
  std::string timeOrigin;  ///< what hour 0 is, e.g. "five years before the index date"
  /// SHA-256 of the content, the same wherever it is stored (SCHEMA.md); of the file where that was written before
  /// there were content digests, or changed by another program since.
  std::string digest;
  std::vector<CohortModality> modalities;
  std::vector<CohortTask> tasks;
  std::map<std::string, std::int64_t> importCounts;  ///< reasons and numbers the importer noted
};

/// One line of the stay list.
struct StaySummary {
  std::int64_t stayId = 0;
  std::uint32_t present = 0;  ///< bit i = modality i of CohortInfo::modalities
  std::string split;          ///< "train", "validation", "test" or empty
  std::vector<float> labels;  ///< of the first task; NaN = unknown
};

/// A cohort, opened read-only: a SQLite file, or a schema of a PostgreSQL database. Schema: engine/cohort/SCHEMA.md.
/// Any thread, calls queue. A connection that is lost fails one call; the next one connects again.
class CohortStore : public SampleSource {
 public:
  /// Opens a file by its path, or postgresql://user@host/database?cohort=NAME (base/database_url.h). Errors: no such
  /// file, not a database, another schema version, missing table or column; no server, database or cohort, wrong
  /// password, no right to read. No error and nothing in `info` has the password.
  static Result<std::shared_ptr<const CohortStore>> open(const std::string& location);

  virtual const CohortInfo& info() const = 0;
  /// All stays, ascending id.
  virtual Result<std::vector<StaySummary>> stays() const = 0;
  /// One stay, whole. Error: no such stay. ≤ 5 ms in a cohort of 20,000.
  virtual Result<SamplePtr> read(std::int64_t stayId) const = 0;
  /// The stay's documents without their content, modality by modality, in order of time. Error: a damaged entry.
  virtual Result<std::vector<DocumentEntry>> documents(std::int64_t stayId) const = 0;
  /// Ids of the stays that have any, ascending.
  virtual Result<std::vector<std::int64_t>> staysWithDocuments() const = 0;
  /// One document's content, checked. Errors: no such document, more than kMaxDocumentBytes, content that is not of its
  /// kind.
  virtual Result<StayDocument> document(std::int64_t stayId, const std::string& modality, int position) const = 0;
};
using CohortPtr = std::shared_ptr<const CohortStore>;

}  // namespace fusemoe
