#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "api/model_config.h"
#include "cohort/cohort_document.h"

namespace fusemoe {

/// Version of the tables below. Any change to them, an added column included, takes a new number.
inline constexpr int kCohortSchemaVersion = 1;

/// One table of the schema. SCHEMA.md says what each column means and which types PostgreSQL takes instead.
struct CohortTable {
  std::string_view name;
  std::string_view create;  ///< the CREATE TABLE statement, exactly as SQLite keeps it
};

/// All tables, in the order they are created.
const std::vector<CohortTable>& cohortTables();

/// Names of the parts of a cohort, in the order they are shown.
inline constexpr std::array<std::string_view, 3> kSplitParts = {"train", "validation", "test"};
bool isSplitPart(std::string_view part);

// The names of kinds in the database. They are part of the file format, not of what is shown.
std::string_view storedName(ModalityKind kind);
std::string_view storedName(TaskKind kind);
std::string_view storedName(DocumentKind kind);
std::optional<ModalityKind> modalityKindFromStored(std::string_view name);
std::optional<TaskKind> taskKindFromStored(std::string_view name);
std::optional<DocumentKind> documentKindFromStored(std::string_view name);

}  // namespace fusemoe
