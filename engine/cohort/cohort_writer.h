#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

/// Writes a new cohort database into a temporary file beside its target and puts it in place as a whole: until `commit`
/// returns, the target is as it was; a writer destroyed before that leaves nothing behind. Equal input gives equal
/// bytes (with the same SQLite). Used by every importer. One thread.
class CohortWriter {
 public:
  /// Starts the file. `info` is the description alone: its path, digest, schemaVersion and importCounts are not read.
  /// Errors: cannot write there; a description that no reader would accept.
  static Result<CohortWriter> create(const std::string& path, const CohortInfo& info);

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

  /// Notes `importCounts`, makes the file compact, flushes it and renames it over the target.
  Result<void> commit(const std::map<std::string, std::int64_t>& importCounts);

 private:
  struct State;
  explicit CohortWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace fusemoe
