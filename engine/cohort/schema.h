#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/model_config.h"
#include "cohort/cohort_document.h"

namespace fusemoe {

/// Version of the tables below. Any change to them, an added column included, takes a new number.
inline constexpr int kCohortSchemaVersion = 1;

enum class ColumnType { Integer, Real, Text, Blob };

struct CohortColumn {
  std::string_view name;
  ColumnType type;
  std::string_view constraint = "";  ///< "PRIMARY KEY" or "UNIQUE" of this column alone
  bool nullable = false;
};

/// One table of the schema. SCHEMA.md says what each column means.
struct CohortTable {
  std::string_view name;
  std::vector<CohortColumn> columns;
  std::string_view primaryKey = "";  ///< of several columns: "stay_id, part"
  std::string_view unique = "";      ///< of several columns
};

/// All tables, in the order they are created.
const std::vector<CohortTable>& cohortTables();

/// The CREATE TABLE statement, exactly as SQLite keeps it.
std::string sqliteCreate(const CohortTable& table);
/// The same table for PostgreSQL, without its primary key, which comes after the rows.
std::string postgresCreate(const CohortTable& table);
std::string postgresPrimaryKey(const CohortTable& table);
/// The table's columns as PostgreSQL's catalogue describes them: "stay_id bigint NOT NULL, …".
std::string postgresColumns(const CohortTable& table);

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
