#include "cohort/import/tidy_layout.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>

#include "cohort/import/csv_reader.h"
#include "cohort/import/tidy_description.h"
#include "cohort/import/variable_mapping.h"
#include "cohort/import/vector_file.h"

namespace fusemoe {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMaxVariables = 10'000;
constexpr std::size_t kMaxModalities = 32;
constexpr std::int64_t kRowsBetweenStops = 4096;
constexpr std::string_view kVectorEndings[] = {".npy", ".npz", ".safetensors"};

/// The table NAME.csv or NAME.csv.gz; empty where there is none.
Result<std::string> tableOf(const std::filesystem::path& directory, const std::string& name) {
  const auto plain = directory / (name + ".csv"), compressed = directory / (name + ".csv.gz");
  std::error_code code;
  const bool isPlain = std::filesystem::exists(plain, code), isCompressed = std::filesystem::exists(compressed, code);
  if (isPlain && isCompressed)
    return failure("The folder has both " + plain.string() + " and " + compressed.string() + ".", "Remove one.");
  return isPlain ? plain.string() : isCompressed ? compressed.string() : std::string();
}

/// Builds a layout step by step.
class LayoutReader {
 public:
  LayoutReader(std::string directory, std::int64_t scanRows, const std::stop_token& stop)
      : m_directory(std::move(directory)), m_scanRows(scanRows), m_stop(stop) {}

  Result<TidyLayout> read();

 private:
  Result<void> findTables();
  Result<void> describe();
  Result<void> readStaticHeader();
  Result<void> readVariables();
  Result<void> takeVariable(const CsvReader& csv);
  Result<void> findVariables();
  Result<void> addStatics();
  Result<void> readLabelHeader();
  Result<void> findVectorModalities();
  Result<void> readEventHeader();
  Result<void> addVectors(const std::string& modality);
  Result<void> addInlineVectors(const std::string& modality);
  Result<std::set<std::string>> distinct(const std::string& path, const std::string& column, std::size_t limit);
  Result<void> add(const std::string& modality, ModalityKind kind, CohortVariable variable);
  CohortModality& modalityFor(const std::string& name, ModalityKind kind, int width = 0);

  std::string m_directory;
  std::int64_t m_scanRows;
  const std::stop_token& m_stop;
  TidyDescription m_description;
  TidyLayout m_layout;
  std::vector<std::string> m_found;  ///< names in their order of appearance, of the last `distinct`
};

Result<TidyLayout> LayoutReader::read() {
  return findTables()
      .and_then([this] { return describe(); })
      .and_then([this] { return readStaticHeader(); })
      .and_then([this] { return readVariables(); })
      .and_then([this] { return addStatics(); })
      .and_then([this] { return readLabelHeader(); })
      .and_then([this] { return findVectorModalities(); })
      .and_then([this]() -> Result<TidyLayout> {
        if (m_layout.info.modalities.empty())
          return failure("The folder " + m_directory + " has stays but no values.",
                         "Add observations.csv, static.csv or events.csv.");
        return std::move(m_layout);
      });
}

Result<void> LayoutReader::findTables() {
  std::error_code code;
  if (!std::filesystem::is_directory(m_directory, code))
    return failure("There is no folder " + m_directory + ".", "Check the path.", code ? code.message() : "");
  for (const auto& [name, path] : {std::pair{"stays", &m_layout.stays},
                                   {"observations", &m_layout.observations},
                                   {"events", &m_layout.events},
                                   {"static", &m_layout.statics},
                                   {"labels", &m_layout.labels}}) {
    Result<std::string> table = tableOf(m_directory, name);
    if (!table) return failure(table.error());
    *path = std::move(*table);
  }
  if (m_layout.stays.empty())
    return failure("The folder " + m_directory + " has no stays.csv.", "It lists the stays, one stay_id a row.");
  return {};
}

Result<void> LayoutReader::describe() {
  const std::filesystem::path folder = std::filesystem::absolute(m_directory).lexically_normal();
  std::string name = folder.filename().empty() ? folder.parent_path().filename().string() : folder.filename().string();
  auto described = readTidyDescription((folder / "cohort.json").string(), name.empty() ? "cohort" : name);
  if (!described) return failure(described.error());
  m_description = std::move(*described);
  CohortInfo& info = m_layout.info;
  info.name = m_description.name;
  info.title = m_description.title;
  info.description = m_description.description;
  info.attribution = m_description.attribution;
  info.windowHours = m_description.windowHours;
  info.timeUnit = m_description.timeUnit;
  info.timeOrigin = m_description.timeOrigin;
  return {};
}

Result<void> LayoutReader::readStaticHeader() {
  if (m_layout.statics.empty()) return {};
  const Result<CsvReader> csv = CsvReader::open(m_layout.statics, {"stay_id"});
  if (!csv) return failure(csv.error());
  for (const std::string& column : csv->header())
    if (column != "stay_id") m_layout.staticColumns.push_back(column);
  return {};
}

CohortModality& LayoutReader::modalityFor(const std::string& name, ModalityKind kind, int width) {
  auto& modalities = m_layout.info.modalities;
  if (const auto known = modalityIndex(m_layout.info, name)) return modalities[*known];
  const auto title = m_description.modalityTitles.find(name);
  return modalities.emplace_back(
      CohortModality{name, title == m_description.modalityTitles.end() ? name : title->second, kind, width, {}});
}

Result<void> LayoutReader::add(const std::string& modality, ModalityKind kind, CohortVariable variable) {
  if (variable.name.empty()) return failure("A variable has no name.", "Name every variable and every column.");
  if (variableIndex(m_layout.info, variable.name))
    return failure("The variable '" + variable.name + "' is there twice.", "Give each variable one name.");
  CohortModality& target = modalityFor(modality, kind);
  if (target.kind != kind)
    return failure("The modality '" + modality + "' has variables of observations.csv and of static.csv.",
                   "Give the static ones a modality of their own.");
  if (target.variables.size() == kMaxVariables)
    return failure("There are more than " + std::to_string(kMaxVariables) + " variables.",
                   "The column variable holds names, not values.");
  if (variable.title.empty()) variable.title = variable.name;
  target.variables.push_back(std::move(variable));
  return {};
}

Result<void> LayoutReader::readVariables() {
  const Result<std::string> path = tableOf(m_directory, "variables");
  if (!path) return failure(path.error());
  if (path->empty()) return findVariables();
  Result<CsvReader> csv =
      CsvReader::open(*path, {"name", "modality"}, std::vector<std::string>{"unit", "title", "low", "high"});
  if (!csv) return failure(csv.error());
  while (true) {
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) return {};
    if (auto taken = takeVariable(*csv); !taken) return taken;
  }
}

Result<void> LayoutReader::takeVariable(const CsvReader& csv) {
  CohortVariable variable{std::string(csv.text(0)), std::string(csv.text(3)), std::string(csv.text(2)), kNone, kNone};
  if (csv.text(1).empty()) return csv.rowError("the variable has no modality");
  for (const auto& [column, limit] : {std::pair{4, &variable.referenceLow}, {5, &variable.referenceHigh}}) {
    const auto number = csv.number(static_cast<std::size_t>(column));
    if (!number) return failure(number.error());
    *limit = number->value_or(kNone);
  }
  const bool isStatic = std::ranges::count(m_layout.staticColumns, variable.name) > 0;
  const auto added = add(std::string(csv.text(1)), isStatic ? ModalityKind::Static : ModalityKind::Series, variable);
  if (added) return {};
  // rowError ends the sentence itself.
  return csv.rowError(added.error().what.substr(0, added.error().what.size() - 1));
}

Result<std::set<std::string>> LayoutReader::distinct(const std::string& path, const std::string& column,
                                                     std::size_t limit) {
  Result<CsvReader> csv = CsvReader::open(path, {column});
  if (!csv) return failure(csv.error());
  std::set<std::string> names;
  m_found.clear();
  for (std::int64_t rows = 0; rows < m_scanRows; ++rows) {
    if (rows % kRowsBetweenStops == 0 && m_stop.stop_requested())
      return failure("The import was stopped.", "Nothing was written.");
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) return names;
    if (csv->text(0).empty()) return csv->rowError("the column " + column + " is empty");
    if (!names.insert(std::string(csv->text(0))).second) continue;
    m_found.emplace_back(csv->text(0));
    if (names.size() > limit)
      return csv->rowError("the column " + column + " has more than " + std::to_string(limit) + " different names");
  }
  m_layout.notes.push_back("Only the first " + std::to_string(m_scanRows) + " rows of " +
                           std::filesystem::path(path).filename().string() + " were looked at to find what it holds.");
  return names;
}

Result<void> LayoutReader::findVariables() {
  if (m_layout.observations.empty()) return {};
  if (const auto names = distinct(m_layout.observations, "variable", kMaxVariables); !names)
    return failure(names.error());
  for (const std::string& name : m_found)
    if (auto added = add("measurements", ModalityKind::Series, {name, name, "", kNone, kNone}); !added) return added;
  return {};
}

Result<void> LayoutReader::addStatics() {
  for (const std::string& column : m_layout.staticColumns) {
    if (variableIndex(m_layout.info, column)) {
      const auto& modalities = m_layout.info.modalities;
      const bool described = std::ranges::any_of(modalities, [&](const CohortModality& modality) {
        return modality.kind == ModalityKind::Static &&
               std::ranges::count(modality.variables, column, &CohortVariable::name) > 0;
      });
      if (described) continue;
    }
    if (auto added = add("static", ModalityKind::Static, {column, column, "", kNone, kNone}); !added) return added;
  }
  return {};
}

Result<void> LayoutReader::readLabelHeader() {
  if (m_layout.labels.empty()) return {};
  const Result<CsvReader> csv = CsvReader::open(m_layout.labels, {"stay_id"});
  if (!csv) return failure(csv.error());
  auto& tasks = m_layout.info.tasks;
  for (const std::string& column : csv->header()) {
    if (column == "stay_id") continue;
    if (std::ranges::count(csv->header(), column) > 1 || column.empty())
      return failure(m_layout.labels + ", line 1: the column \"" + column + "\" is there twice or has no name.",
                     "Give each column one name.");
    // "pheno.sepsis" is the label sepsis of the task pheno; a column without a dot is a task of its own.
    const std::size_t dot = column.find('.');
    const std::string name = column.substr(0, dot), label = dot == column.npos ? name : column.substr(dot + 1);
    auto task = std::ranges::find(tasks, name, &CohortTask::name);
    if (task == tasks.end()) {
      const auto title = m_description.taskTitles.find(name);
      const TaskKind kind = dot == column.npos ? TaskKind::Binary : TaskKind::MultiLabel;
      tasks.push_back({name, title == m_description.taskTitles.end() ? name : title->second, kind, {}});
      task = std::prev(tasks.end());
    } else if (task->kind == TaskKind::Binary || dot == column.npos) {
      return failure(m_layout.labels + ", line 1: the task " + name + " is there with and without a label.",
                     "Write TASK or TASK.LABEL, not both.");
    }
    task->labels.push_back(label);
    m_layout.labelColumns.push_back({column, name, task->labels.size() - 1});
  }
  return {};
}

Result<void> LayoutReader::readEventHeader() {
  const Result<CsvReader> csv = CsvReader::open(m_layout.events, {"stay_id", "hour", "modality"});
  if (!csv) return failure(csv.error());
  const auto has = [&](const std::string& name) { return std::ranges::count(csv->header(), name) > 0; };
  while (has("v" + std::to_string(m_layout.inlineWidth))) ++m_layout.inlineWidth;
  if (m_layout.inlineWidth == 0 && !has("row"))
    return failure(m_layout.events + ", line 1: there is neither a column \"row\" nor columns \"v0\", \"v1\", ….",
                   "Give the row of MODALITY.npy that holds the vector, or the vector itself.");
  return {};
}

Result<void> LayoutReader::findVectorModalities() {
  if (m_layout.events.empty()) return {};
  if (auto header = readEventHeader(); !header) return header;
  const auto names = distinct(m_layout.events, "modality", kMaxModalities);
  if (!names) return failure(names.error());
  for (const std::string& name : m_found) {
    if (modalityIndex(m_layout.info, name))
      return failure("The modality '" + name + "' has both variables and vectors.", "Give each a name of its own.");
    if (auto added = addVectors(name); !added) return added;
  }
  return {};
}

Result<void> LayoutReader::addVectors(const std::string& modality) {
  std::vector<std::string> paths;
  std::error_code code;
  // Looked for by name among what is there: a name of the table never becomes part of a path.
  for (auto file = std::filesystem::directory_iterator(m_directory, code); !code && file != std::filesystem::end(file);
       file.increment(code))
    for (const std::string_view ending : kVectorEndings)
      if (file->path().filename().string() == modality + std::string(ending)) paths.push_back(file->path().string());
  if (paths.size() > 1) return failure("The folder has several files of vectors for '" + modality + "'.", "Keep one.");
  if (paths.empty()) return addInlineVectors(modality);
  const auto arrays = VectorFile::list(paths.front(), m_stop);
  if (!arrays) return failure(arrays.error());
  std::vector<VectorArray> usable;
  for (const VectorArray& array : *arrays)
    if (!array.isInteger && (arrays->size() == 1 || array.name == modality || array.name == "arr_0"))
      usable.push_back(array);
  if (usable.size() != 1)
    return failure(paths.front() + " does not say which of its arrays holds the vectors.",
                   "Keep one array of numbers in it, or name it '" + modality + "'.");
  modalityFor(modality, ModalityKind::Vectors, static_cast<int>(usable.front().width));
  m_layout.vectors[modality] = {m_layout.info.modalities.size() - 1, paths.front(), usable.front().name};
  return {};
}

Result<void> LayoutReader::addInlineVectors(const std::string& modality) {
  std::vector<std::string> columns = {"modality"};
  for (int i = 0; i < m_layout.inlineWidth; ++i) columns.push_back("v" + std::to_string(i));
  Result<CsvReader> csv = CsvReader::open(m_layout.events, columns);
  if (!csv) return failure(csv.error());
  // The first row that has a vector says how wide the modality is.
  for (std::int64_t rows = 0; rows < m_scanRows; ++rows) {
    if (rows % kRowsBetweenStops == 0 && m_stop.stop_requested())
      return failure("The import was stopped.", "Nothing was written.");
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) break;
    if (csv->text(0) != modality) continue;
    int width = 0;
    while (width < m_layout.inlineWidth && !csv->text(static_cast<std::size_t>(width) + 1).empty()) ++width;
    if (width == 0) continue;
    modalityFor(modality, ModalityKind::Vectors, width);
    m_layout.vectors[modality] = {m_layout.info.modalities.size() - 1, {}, {}};
    return {};
  }
  return failure("The modality '" + modality + "' of " + m_layout.events + " has no vectors.",
                 "Add " + modality + ".npy to the folder, or columns v0, v1, … to the table.");
}

}  // namespace

Result<TidyLayout> readTidyLayout(const std::string& directory, std::int64_t scanRows, const std::stop_token& stop) {
  return LayoutReader(directory, scanRows, stop).read();
}

}  // namespace fusemoe
