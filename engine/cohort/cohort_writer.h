#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

/// Writes a new cohort, a SQLite file or a schema of a PostgreSQL database, and puts it in place as a whole: until
/// `commit` returns, the target is as it was; a writer destroyed before that, or a program that ends, leaves nothing
/// behind. Equal input gives an equal digest, and in a file equal bytes (with the same SQLite). Used by every importer.
/// One thread.
class CohortWriter {
 public:
  /// Starts a file or, by its URL (CohortStore::open), a schema. `info` is the description alone: its path, digest,
  /// schemaVersion and importCounts are not read. Errors: cannot write there, or what is there is no cohort; a
  /// description that no reader would accept.
  static Result<CohortWriter> create(const std::string& location, const CohortInfo& info);

  CohortWriter(CohortWriter&&) noexcept;
  CohortWriter& operator=(CohortWriter&&) noexcept;
  ~CohortWriter();

  /// Adds a stay to a part ("train", "validation", "test", or empty for none). Its modalities, variables and tasks are
  /// those of the description in the same order; a task it does not name is unknown, and so is a NaN label.
  /// Errors, after which the writer is of no more use: ids not strictly ascending, another set of modalities, a vector
  /// of another width, a number that is not finite, an hour outside the window, two observations of a variable at one
  /// hour, times not ascending; documents whose content is not of their kind, outside the window, not in order of
  /// modality, position (from 0) and time.
  Result<void> add(const Sample& sample, const std::string& part, std::span<const StayDocument> documents = {});

  /// Notes `importCounts`, makes the cohort durable and puts it in the place of the one before.
  /// Error besides the database's: the content's digest is not `expectedDigest`, where one is given.
  Result<void> commit(const std::map<std::string, std::int64_t>& importCounts, const std::string& expectedDigest = {});

 private:
  struct State;
  explicit CohortWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace fusemoe
