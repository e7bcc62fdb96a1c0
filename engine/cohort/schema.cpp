#include "cohort/schema.h"

#include <algorithm>

namespace fusemoe {
namespace {

constexpr std::array<std::string_view, 3> kModalityKinds = {"series", "vectors", "static"};
constexpr std::array<std::string_view, 3> kTaskKinds = {"binary", "multiclass", "multilabel"};
constexpr std::array<std::string_view, 3> kDocumentKinds = {"text", "waveform", "image"};

template <class Kind>
std::optional<Kind> kindFrom(const std::array<std::string_view, 3>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Kind>(found - names.begin());
}

}  // namespace

const std::vector<CohortTable>& cohortTables() {
  // Keys begin with stay_id so that one stay is one short range and all stays are one ordered scan, without a sort.
  static const std::vector<CohortTable> kTables = {
      {"meta", "CREATE TABLE meta(key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"},
      {"modality",
       "CREATE TABLE modality(modality_id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT "
       "NULL, "
       "kind TEXT NOT NULL, width INTEGER NOT NULL) STRICT, WITHOUT ROWID"},
      {"variable",
       "CREATE TABLE variable(variable_id INTEGER NOT NULL PRIMARY KEY, modality_id INTEGER NOT NULL, name TEXT NOT "
       "NULL, "
       "title TEXT NOT NULL, unit TEXT NOT NULL, reference_low REAL, reference_high REAL, UNIQUE(modality_id, name)) "
       "STRICT, WITHOUT ROWID"},
      {"task",
       "CREATE TABLE task(task_id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, "
       "kind TEXT NOT NULL) STRICT, WITHOUT ROWID"},
      {"task_label",
       "CREATE TABLE task_label(task_id INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, "
       "PRIMARY KEY(task_id, position)) STRICT, WITHOUT ROWID"},
      {"stay",
       "CREATE TABLE stay(stay_id INTEGER NOT NULL PRIMARY KEY, present INTEGER NOT NULL) STRICT, WITHOUT ROWID"},
      {"split", "CREATE TABLE split(stay_id INTEGER NOT NULL PRIMARY KEY, part TEXT NOT NULL) STRICT, WITHOUT ROWID"},
      {"label",
       "CREATE TABLE label(stay_id INTEGER NOT NULL, task_id INTEGER NOT NULL, position INTEGER NOT NULL, "
       "value REAL NOT NULL, PRIMARY KEY(stay_id, task_id, position)) STRICT, WITHOUT ROWID"},
      {"observation",
       "CREATE TABLE observation(stay_id INTEGER NOT NULL, variable_id INTEGER NOT NULL, hour REAL NOT NULL, "
       "value REAL NOT NULL, PRIMARY KEY(stay_id, variable_id, hour)) STRICT, WITHOUT ROWID"},
      {"event",
       "CREATE TABLE event(stay_id INTEGER NOT NULL, modality_id INTEGER NOT NULL, position INTEGER NOT NULL, "
       "hour REAL NOT NULL, code TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY(stay_id, modality_id, position)) "
       "STRICT, WITHOUT ROWID"},
      {"static_value",
       "CREATE TABLE static_value(stay_id INTEGER NOT NULL, variable_id INTEGER NOT NULL, value REAL NOT NULL, "
       "PRIMARY KEY(stay_id, variable_id)) STRICT, WITHOUT ROWID"},
      {"document",
       "CREATE TABLE document(stay_id INTEGER NOT NULL, modality_id INTEGER NOT NULL, position INTEGER NOT NULL, "
       "hour REAL NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, content BLOB NOT NULL, "
       "PRIMARY KEY(stay_id, modality_id, position)) STRICT, WITHOUT ROWID"},
  };
  return kTables;
}

bool isSplitPart(std::string_view part) {
  return std::find(kSplitParts.begin(), kSplitParts.end(), part) != kSplitParts.end();
}

std::string_view storedName(ModalityKind kind) {
  return kModalityKinds.at(static_cast<std::size_t>(kind));
}
std::string_view storedName(TaskKind kind) {
  return kTaskKinds.at(static_cast<std::size_t>(kind));
}
std::string_view storedName(DocumentKind kind) {
  return kDocumentKinds.at(static_cast<std::size_t>(kind));
}

std::optional<ModalityKind> modalityKindFromStored(std::string_view name) {
  return kindFrom<ModalityKind>(kModalityKinds, name);
}
std::optional<TaskKind> taskKindFromStored(std::string_view name) {
  return kindFrom<TaskKind>(kTaskKinds, name);
}
std::optional<DocumentKind> documentKindFromStored(std::string_view name) {
  return kindFrom<DocumentKind>(kDocumentKinds, name);
}

}  // namespace fusemoe
