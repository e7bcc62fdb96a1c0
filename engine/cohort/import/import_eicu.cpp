#include "cohort/import/import_eicu.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <unordered_map>

#include "cohort/import/csv_preview.h"
#include "cohort/import/csv_reader.h"
#include "cohort/import/eicu_cohort.h"
#include "cohort/import/variable_mapping.h"
#include "cohort/import/write_staged.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kRowsBetweenReports = 1024;

using Counts = std::map<std::string, std::int64_t>;
using Patients = std::unordered_map<std::int64_t, std::int64_t>;  ///< stay -> person

/// The extract's three files.
struct Files {
  std::string hourly, statics, outcomes;
};

/// The one file of a folder whose name ends in KIND.csv or KIND.csv.gz.
Result<std::string> fileOf(const std::string& directory, const std::string& kind) {
  std::vector<std::string> found;
  std::error_code code;
  for (auto file = std::filesystem::directory_iterator(directory, code); !code && file != std::filesystem::end(file);
       file.increment(code)) {
    const std::string name = file->path().filename().string();
    if (name.ends_with(kind + ".csv") || name.ends_with(kind + ".csv.gz")) found.push_back(file->path().string());
  }
  if (code) return failure("Cannot read the folder " + directory + ".", "Check the path.", code.message());
  if (found.size() != 1)
    return failure("The folder " + directory + (found.empty() ? " has no file" : " has several files") +
                       " with a name that ends in " + kind + ".csv or " + kind + ".csv.gz.",
                   "Give the folder of one extract.");
  return found.front();
}

Result<Files> filesOf(const std::string& directory) {
  Files files;
  for (const auto& [kind, path] :
       {std::pair{"dyn", &files.hourly}, {"sta", &files.statics}, {"outc", &files.outcomes}}) {
    Result<std::string> file = fileOf(directory, kind);
    if (!file) return failure(file.error());
    *path = std::move(*file);
  }
  return files;
}

/// Reads the extract into a stage and counts what becomes of each cell.
class EicuReader {
 public:
  EicuReader(ImportStage& stage, Counts& counts, const ProgressSink& progress, const std::stop_token& stop)
      : m_stage(stage), m_counts(counts), m_progress(progress), m_stop(stop) {}

  Result<void> read(const Files& files, const std::string& patients);

 private:
  /// Calls `row` for every row, with progress from `from` to `to`.
  template <class Row>
  Result<void> eachRow(const std::string& path, const std::vector<std::string>& columns, double from, double to,
                       const Row& row);
  Result<void> takePatient(const CsvReader& csv);
  Result<void> takeOutcome(const CsvReader& csv);
  Result<void> takeStatics(const CsvReader& csv);
  Result<void> takeHour(const CsvReader& csv);
  Result<void> add(std::int64_t stay, std::size_t variable, float hour, double value, const char* table);

  ImportStage& m_stage;
  Counts& m_counts;
  const ProgressSink& m_progress;
  const std::stop_token& m_stop;
  Patients m_patients;
  std::vector<const Parameter*> m_parameters;  ///< by position over all modalities
  std::size_t m_firstStatic = 0;
};

template <class Row>
Result<void> EicuReader::eachRow(const std::string& path, const std::vector<std::string>& columns, double from,
                                 double to, const Row& row) {
  Result<CsvReader> csv = CsvReader::open(path, columns);
  if (!csv) return failure(csv.error());
  const std::string text = "reading " + std::filesystem::path(path).filename().string();
  for (std::int64_t rows = 0;; ++rows) {
    if (rows % kRowsBetweenReports == 0) {
      if (m_stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
      if (m_progress) m_progress({from + (to - from) * csv->fraction(), text, -1});
    }
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) return {};
    if (auto taken = row(*csv); !taken) return taken;
  }
}

Result<void> EicuReader::read(const Files& files, const std::string& patients) {
  std::vector<std::string> hourly = {"stay_id", "time"};
  const std::vector<std::string> statics = {"stay_id", "age", "sex", "height", "weight"};
  for (const ParameterGroup& group : eicuGroups()) {
    if (group.kind == ModalityKind::Static) m_firstStatic = m_parameters.size();
    for (const Parameter& parameter : group.parameters) {
      m_parameters.push_back(&parameter);
      if (group.kind == ModalityKind::Series) hourly.emplace_back(parameter.name);
    }
  }
  if (!patients.empty())
    if (auto read = eachRow(patients, {"patientunitstayid", "uniquepid"}, 0, 0.1,
                            [this](const CsvReader& csv) { return takePatient(csv); });
        !read)
      return read;
  return eachRow(files.outcomes, {"stay_id", "label"}, 0.1, 0.15,
                 [this](const CsvReader& csv) { return takeOutcome(csv); })
      .and_then([&] {
        return eachRow(files.statics, statics, 0.15, 0.2, [this](const CsvReader& csv) { return takeStatics(csv); });
      })
      .and_then([&] {
        return eachRow(files.hourly, hourly, 0.2, kReadingShare,
                       [this](const CsvReader& csv) { return takeHour(csv); });
      });
}

Result<void> EicuReader::takePatient(const CsvReader& csv) {
  const auto stay = csv.integer(0);
  if (!stay) return failure(stay.error());
  m_patients[*stay] = personIdOf(csv.text(1));
  return {};
}

Result<void> EicuReader::takeOutcome(const CsvReader& csv) {
  const auto id = csv.integer(0);
  if (!id) return failure(id.error());
  const auto label = csv.number(1);
  if (!label) return failure(label.error());
  if (*label && **label != 0 && **label != 1) return csv.rowError("the label must be 0 or 1");
  const auto patient = m_patients.find(*id);
  const bool known = patient != m_patients.end();
  ++m_counts[known ? "patients.known" : "patients.unknown"];
  // A stay of no known patient is a person of its own; the name keeps it apart from the patients' numbers.
  StagedStay stay{*id, known ? patient->second : personIdOf("stay " + std::to_string(*id)), -1, {}, {}};
  if (*label) {
    stay.stratum = static_cast<int>(**label);
    stay.labels[std::string(kEicuTask)] = {static_cast<float>(**label)};
  }
  if (m_stage.hasStay(*id)) return csv.rowError("the stay " + std::to_string(*id) + " is there twice");
  return m_stage.addStay(std::move(stay));
}

Result<void> EicuReader::takeStatics(const CsvReader& csv) {
  const auto stay = csv.integer(0);
  if (!stay) return failure(stay.error());
  const std::size_t count = m_parameters.size() - m_firstStatic;
  m_counts["static.total"] += static_cast<std::int64_t>(count);
  if (!m_stage.hasStay(*stay)) {
    m_counts["static.unknown_stay"] += static_cast<std::int64_t>(count);
    return {};
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name(m_parameters[m_firstStatic + i]->name);
    std::optional<double> value;
    if (name == "sex") {
      const std::string_view sex = csv.text(1 + i);
      if (sex == "Male" || sex == "Female") value = sex == "Male" ? 1 : 0;
      if (!value && !sex.empty()) {
        ++m_counts["static.unknown_sex"];
        continue;
      }
    } else {
      const auto number = csv.number(1 + i);
      if (!number) return failure(number.error());
      value = *number;
    }
    if (!value) {
      ++m_counts["static.empty." + name];
    } else if (auto added = add(*stay, m_firstStatic + i, 0, *value, "static"); !added) {
      return added;
    }
  }
  return {};
}

Result<void> EicuReader::takeHour(const CsvReader& csv) {
  const auto stay = csv.integer(0);
  if (!stay) return failure(stay.error());
  const auto seconds = csv.number(1);
  if (!seconds) return failure(seconds.error());
  if (!*seconds || **seconds < 0) return csv.rowError("the column time must be a number of seconds from 0");
  m_counts["rows.total"] += static_cast<std::int64_t>(m_firstStatic);
  const double hour = **seconds / 3600;
  for (std::size_t i = 0; i < m_firstStatic; ++i) {
    if (csv.text(2 + i).empty()) {
      ++m_counts["rows.empty"];
      continue;
    }
    const auto value = csv.number(2 + i);
    if (!value) return failure(value.error());
    if (!*value)
      ++m_counts["rows.empty"];
    else if (!m_stage.hasStay(*stay))
      ++m_counts["rows.unknown_stay"];
    else if (hour > kEicuWindowHours)
      ++m_counts["rows.after_window"];
    else if (auto added = add(*stay, i, static_cast<float>(hour), **value, "rows"); !added)
      return added;
  }
  return {};
}

Result<void> EicuReader::add(std::int64_t stay, std::size_t variable, float hour, double value, const char* table) {
  const std::string name(m_parameters[variable]->name);
  const CheckedValue checked = checkedValue(*m_parameters[variable], eicuRules(), value);
  if (!checked.value) {
    ++m_counts[table + (".implausible." + name)];
    return {};
  }
  if (!checked.rule.empty()) ++m_counts["converted." + name + "." + std::string(checked.rule)];
  return m_stage.addObservation(stay, variable, hour, static_cast<float>(*checked.value));
}

}  // namespace

const ImporterInfo& eicuImporter() {
  static const ImporterInfo kInfo{
      "eicu-yaib",
      "eICU mortality24 (YAIB)",
      "Hourly vital signs and laboratory values of the first 24 hours and death after them, as YAIB's pipeline "
      "extracts "
      "them from eICU.",
      {{"dir", "Folder", "Folder with the extract's files …dyn, …sta and …outc (.csv or .csv.gz).",
        ImportOption::Kind::Folder},
       {"patients", "Patients", "patient.csv.gz of eICU: stays of one patient then share a part of the split.",
        ImportOption::Kind::File, false}}};
  return kInfo;
}

Result<ImportPreview> previewEicu(const ImportRequest& request, const std::stop_token&) {
  const Result<VariableMapping> mapping = VariableMapping::of(eicuInfo(), request.modalityOf);
  if (!mapping) return failure(mapping.error());
  const Result<Files> files = filesOf(request.options.at("dir"));
  if (!files) return failure(files.error());
  ImportPreview preview{mapping->info(), {}, {}};
  std::vector<std::pair<std::string, std::string>> tables = {
      {"Hourly values", files->hourly}, {"Static values", files->statics}, {"Outcomes", files->outcomes}};
  const std::string& patients = request.options.at("patients");
  if (!patients.empty()) tables.emplace_back("Patients", patients);
  for (const auto& [name, path] : tables) {
    Result<PreviewTable> table = previewCsv(name, path);
    if (!table) return failure(table.error());
    preview.tables.push_back(std::move(*table));
  }
  if (patients.empty())
    preview.notes.emplace_back(
        "Without the file of patients, stays of one patient may get into different parts of the split.");
  return preview;
}

Result<ImportReport> importEicu(const ImportRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop) {
  const CohortInfo info = eicuInfo();
  const Result<VariableMapping> mapping = VariableMapping::of(info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  const Result<Files> files = filesOf(request.options.at("dir"));
  if (!files) return failure(files.error());
  Result<ImportStage> stage = ImportStage::create(request.output, info);
  if (!stage) return failure(stage.error());
  ImportReport report;
  const std::string& patients = request.options.at("patients");
  EicuReader reader(*stage, report.counts, progress, stop);
  if (auto read = reader.read(*files, patients); !read) return failure(read.error());
  const std::int64_t unknown = report.counts["patients.unknown"];
  if (unknown > 0)
    report.notes.push_back(std::to_string(unknown) +
                           (patients.empty() ? " stays are split as if each were a person of its own: no file of "
                                               "patients was given."
                                             : " stays are not in the file of patients; each is split as a person of "
                                               "its own."));
  return writeStaged(*stage, *mapping, request, std::move(report), progress, stop);
}

}  // namespace fusemoe
