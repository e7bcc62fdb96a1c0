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
  using enum ColumnType;
  // Keys begin with stay_id so that one stay is one short range and all stays are one ordered scan, without a sort.
  static const std::vector<CohortTable> kTables = {
      {"meta", {{"key", Text, "PRIMARY KEY"}, {"value", Text}}},
      {"modality",
       {{"modality_id", Integer, "PRIMARY KEY"},
        {"name", Text, "UNIQUE"},
        {"title", Text},
        {"kind", Text},
        {"width", Integer}}},
      {"variable",
       {{"variable_id", Integer, "PRIMARY KEY"},
        {"modality_id", Integer},
        {"name", Text},
        {"title", Text},
        {"unit", Text},
        {"reference_low", Real, "", true},
        {"reference_high", Real, "", true}},
       "",
       "modality_id, name"},
      {"task", {{"task_id", Integer, "PRIMARY KEY"}, {"name", Text, "UNIQUE"}, {"title", Text}, {"kind", Text}}},
      {"task_label", {{"task_id", Integer}, {"position", Integer}, {"name", Text}}, "task_id, position"},
      {"stay", {{"stay_id", Integer, "PRIMARY KEY"}, {"present", Integer}}},
      {"split", {{"stay_id", Integer, "PRIMARY KEY"}, {"part", Text}}},
      {"label",
       {{"stay_id", Integer}, {"task_id", Integer}, {"position", Integer}, {"value", Real}},
       "stay_id, task_id, position"},
      {"observation",
       {{"stay_id", Integer}, {"variable_id", Integer}, {"hour", Real}, {"value", Real}},
       "stay_id, variable_id, hour"},
      {"event",
       {{"stay_id", Integer},
        {"modality_id", Integer},
        {"position", Integer},
        {"hour", Real},
        {"code", Text},
        {"vector", Blob}},
       "stay_id, modality_id, position"},
      {"static_value", {{"stay_id", Integer}, {"variable_id", Integer}, {"value", Real}}, "stay_id, variable_id"},
      {"document",
       {{"stay_id", Integer},
        {"modality_id", Integer},
        {"position", Integer},
        {"hour", Real},
        {"kind", Text},
        {"title", Text},
        {"content", Blob}},
       "stay_id, modality_id, position"},
  };
  return kTables;
}

std::string sqliteCreate(const CohortTable& table) {
  static constexpr std::string_view kTypes[] = {"INTEGER", "REAL", "TEXT", "BLOB"};
  std::string sql = "CREATE TABLE " + std::string(table.name);
  char mark = '(';
  for (const CohortColumn& column : table.columns) {
    sql += mark == '(' ? "(" : ", ";
    mark = ',';
    sql.append(column.name).append(" ").append(kTypes[static_cast<std::size_t>(column.type)]);
    if (!column.nullable) sql += " NOT NULL";
    if (!column.constraint.empty()) sql.append(" ").append(column.constraint);
  }
  if (!table.primaryKey.empty()) sql.append(", PRIMARY KEY(").append(table.primaryKey).append(")");
  if (!table.unique.empty()) sql.append(", UNIQUE(").append(table.unique).append(")");
  return sql + ") STRICT, WITHOUT ROWID";
}

std::string postgresColumns(const CohortTable& table) {
  static constexpr std::string_view kTypes[] = {"bigint", "double precision", "text", "bytea"};
  std::string columns;
  for (const CohortColumn& column : table.columns) {
    if (!columns.empty()) columns += ", ";
    columns.append(column.name).append(" ").append(kTypes[static_cast<std::size_t>(column.type)]);
    if (!column.nullable) columns += " NOT NULL";
  }
  return columns;
}

std::string postgresCreate(const CohortTable& table) {
  std::string sql = "CREATE TABLE " + std::string(table.name) + "(" + postgresColumns(table);
  for (const CohortColumn& column : table.columns)
    if (column.constraint == "UNIQUE") sql.append(", UNIQUE(").append(column.name).append(")");
  if (!table.unique.empty()) sql.append(", UNIQUE(").append(table.unique).append(")");
  return sql + ")";
}

std::string postgresPrimaryKey(const CohortTable& table) {
  std::string_view key = table.primaryKey;
  for (const CohortColumn& column : table.columns)
    if (column.constraint == "PRIMARY KEY") key = column.name;
  return "ALTER TABLE " + std::string(table.name) + " ADD PRIMARY KEY(" + std::string(key) + ")";
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
