#include "cohort/import/import_physionet.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>

#include "cohort/import/csv_preview.h"
#include "cohort/import/csv_reader.h"
#include "cohort/import/physionet_cohort.h"
#include "cohort/import/physionet_records.h"
#include "cohort/import/variable_mapping.h"
#include "cohort/import/write_staged.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kRecordsBetweenReports = 64;
constexpr std::string_view kUnits[] = {"CoronaryCare", "CardiacSurgery", "MedicalICU", "SurgicalICU"};
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

using Counts = std::map<std::string, std::int64_t>;
using Outcomes = std::unordered_map<std::int64_t, float>;

/// A line of a record: time, parameter and value as text.
struct Line {
  std::string_view time, parameter, value;
};

/// Takes the next line off `text`; none at its end. A line without exactly three fields has an empty time.
std::optional<Line> nextLine(std::string_view& text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::size_t first = line.find(','), second = line.find(',', first + 1);
    if (first == line.npos || second == line.npos || line.find(',', second + 1) != line.npos) return Line{};
    return Line{line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)};
  }
  return std::nullopt;
}

template <class Number>
std::optional<Number> parsed(std::string_view text) {
  Number value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Hours of "HH:MM".
std::optional<double> hoursOf(std::string_view time) {
  const std::size_t colon = time.find(':');
  if (colon == time.npos) return std::nullopt;
  const auto hours = parsed<int>(time.substr(0, colon)), minutes = parsed<int>(time.substr(colon + 1));
  if (!hours || !minutes || *hours < 0 || *minutes < 0 || *minutes > 59) return std::nullopt;
  return *hours + *minutes / 60.0;
}

/// Reads the outcomes; -1 or empty is unknown.
Result<Outcomes> readOutcomes(const std::string& path, Counts& counts, const std::stop_token& stop) {
  Result<CsvReader> csv = CsvReader::open(path, {"RecordID", "In-hospital_death"});
  if (!csv) return failure(csv.error());
  Outcomes outcomes;
  counts["outcomes.unknown"] = 0;
  while (true) {
    if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) break;
    const auto id = csv->integer(0);
    if (!id) return failure(id.error());
    const auto death = csv->number(1);
    if (!death) return failure(death.error());
    const double value = death->value_or(-1);
    if (value != 0 && value != 1 && value != -1) return csv->rowError("In-hospital_death must be 0, 1 or -1");
    if (value == -1) ++counts["outcomes.unknown"];
    if (!outcomes.emplace(*id, value == -1 ? kUnknown : static_cast<float>(value)).second)
      return csv->rowError("the record " + std::to_string(*id) + " is there twice");
  }
  counts["outcomes.total"] = static_cast<std::int64_t>(outcomes.size());
  return outcomes;
}

/// Puts the records' lines into a stage and counts what becomes of each.
class Converter {
 public:
  Converter(const CohortInfo& info, ImportStage& stage, Counts& counts) : m_stage(stage), m_counts(counts) {
    std::size_t index = 0;
    for (const CohortModality& modality : info.modalities)
      for (const CohortVariable& variable : modality.variables) {
        m_variables.emplace(variable.name, Variable{index, modality.kind, variable.name});
        // Urine of two catheters at one minute adds up; of two readings of anything else the mean is taken, so that
        // the order of the lines has no say.
        stage.setRepeatPolicy(index, variable.name == "Urine"                ? RepeatPolicy::Sum
                                     : modality.kind == ModalityKind::Series ? RepeatPolicy::Mean
                                                                             : RepeatPolicy::First);
        ++index;
      }
  }

  /// Error: the record was there before.
  Result<void> take(std::string_view text, const Outcomes& outcomes);

 private:
  struct Variable {
    std::size_t index;
    ModalityKind kind;
    std::string name;
  };
  Result<void> takeLine(std::int64_t record, const Line& line, bool& weighed);
  Result<void> takeDescriptor(std::int64_t record, std::string_view name, std::string_view value);
  Result<void> takeUnit(std::int64_t record, double type);
  Result<void> add(std::int64_t record, const Variable& variable, float hour, double value, const char* table);

  ImportStage& m_stage;
  Counts& m_counts;
  std::map<std::string, Variable, std::less<>> m_variables;
};

/// The number on the record's line RecordID, and how many lines there are beside it.
std::pair<std::optional<std::int64_t>, std::int64_t> recordId(std::string_view text) {
  std::optional<std::int64_t> id;
  std::int64_t others = 0;
  while (const auto line = nextLine(text)) {
    if (!id && line->parameter == "RecordID")
      id = parsed<std::int64_t>(line->value);
    else
      ++others;
  }
  return {id, others};
}

Result<void> Converter::take(std::string_view text, const Outcomes& outcomes) {
  text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  const auto [id, lines] = recordId(text);
  if (!id) {
    ++m_counts["records.without_id"];
    m_counts["rows.total"] += lines;
    m_counts["rows.record_without_id"] += lines;
    return {};
  }
  const auto outcome = outcomes.find(*id);
  const float label = outcome == outcomes.end() ? kUnknown : outcome->second;
  if (outcome == outcomes.end()) ++m_counts["records.without_outcome"];
  ++m_counts["records.read"];
  StagedStay stay{*id, *id, std::isnan(label) ? -1 : static_cast<int>(label), {}, {}};
  stay.labels[std::string(kPhysionetTask)] = {label};
  if (auto added = m_stage.addStay(std::move(stay)); !added) return added;
  bool named = false, weighed = false;
  while (const auto line = nextLine(text)) {
    if (!named && line->parameter == "RecordID") {
      named = true;
      continue;
    }
    if (auto taken = takeLine(*id, *line, weighed); !taken) return taken;
  }
  return {};
}

Result<void> Converter::takeLine(std::int64_t record, const Line& line, bool& weighed) {
  // The weight at 00:00 is one of the descriptors; the later ones are measurements.
  const bool admissionWeight = line.parameter == "Weight" && line.time == "00:00" && !weighed;
  if (admissionWeight) weighed = true;
  const std::string_view name = admissionWeight ? "AdmissionWeight" : line.parameter;
  const auto variable = m_variables.find(name);
  const bool known = variable != m_variables.end();
  if (name == "ICUType" || (known && variable->second.kind == ModalityKind::Static))
    return takeDescriptor(record, name, line.value);
  ++m_counts["rows.total"];
  const auto hour = hoursOf(line.time);
  const auto value = parsed<double>(line.value);
  if (line.time.empty())
    ++m_counts["rows.malformed"];
  else if (!hour)
    ++m_counts["rows.bad_time"];
  else if (*hour > kPhysionetWindowHours)
    ++m_counts["rows.after_window"];
  else if (!known)
    ++m_counts["rows.unknown_parameter"];
  else if (!value || !std::isfinite(*value))
    ++m_counts["rows.not_a_number"];
  else
    return add(record, variable->second, static_cast<float>(*hour), *value, "rows");
  return {};
}

Result<void> Converter::takeDescriptor(std::int64_t record, std::string_view name, std::string_view text) {
  // An ICU type becomes four values, and is counted as four.
  const std::int64_t values = name == "ICUType" ? std::ssize(kUnits) : 1;
  m_counts["static.total"] += values;
  const auto value = parsed<double>(text);
  if (!value || !std::isfinite(*value)) {
    m_counts["static.not_a_number"] += values;
  } else if (*value == -1) {
    m_counts["static.missing." + std::string(name)] += values;
  } else if (name == "ICUType") {
    return takeUnit(record, *value);
  } else {
    return add(record, m_variables.find(name)->second, 0, *value, "static");
  }
  return {};
}

Result<void> Converter::takeUnit(std::int64_t record, double type) {
  if (type != 1 && type != 2 && type != 3 && type != 4) {
    m_counts["static.implausible.ICUType"] += std::ssize(kUnits);
    return {};
  }
  for (int unit = 0; unit < std::ssize(kUnits); ++unit)
    if (auto added = add(record, m_variables.find(kUnits[unit])->second, 0, type == unit + 1 ? 1 : 0, "static"); !added)
      return added;
  return {};
}

Result<void> Converter::add(std::int64_t record, const Variable& variable, float hour, double value,
                            const char* table) {
  const CheckedValue checked = physionetValue(variable.name, value);
  if (!checked.value) {
    ++m_counts[table + (".implausible." + variable.name)];
    return {};
  }
  if (!checked.rule.empty()) ++m_counts["converted." + variable.name + "." + std::string(checked.rule)];
  return m_stage.addObservation(record, variable.index, hour, static_cast<float>(*checked.value));
}

std::vector<std::string> notesOf(const Counts& counts) {
  std::vector<std::string> notes;
  const auto say = [&](const char* count, const std::string& what) {
    const auto found = counts.find(count);
    if (found != counts.end() && found->second > 0) notes.push_back(std::to_string(found->second) + what);
  };
  say("records.without_outcome", " records have no line in the outcomes: their label is unknown.");
  say("outcomes.without_record", " outcomes have no record and were left out.");
  say("outcomes.unknown", " outcomes are -1 or empty: their label is unknown.");
  say("records.without_id", " records have no number (RecordID) and were left out.");
  say("records.not_files", " members are links or devices and were not read.");
  say("records.bad_names", " members have names no record has and were not read.");
  say("records.too_large", " records are larger than a record can be and were not read.");
  return notes;
}

void countSkipped(const SkippedMembers& skipped, Counts& counts) {
  counts["records.not_files"] = skipped.notFiles;
  counts["records.bad_names"] = skipped.badNames;
  counts["records.other_files"] = skipped.otherFiles;
  counts["records.too_large"] = skipped.tooLarge;
}

Result<void> readRecords(const std::string& path, const Outcomes& outcomes, Converter& converter, ImportStage& stage,
                         Counts& counts, const ProgressSink& progress, const std::stop_token& stop) {
  Result<PhysionetRecords> records = PhysionetRecords::open(path);
  if (!records) return failure(records.error());
  for (std::int64_t read = 0;; ++read) {
    if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
    if (progress && read % kRecordsBetweenReports == 0)
      progress({kReadingShare * records->fraction(), "reading records", -1});
    const Result<bool> more = records->next();
    if (!more) return failure(more.error());
    if (!*more) break;
    if (records->text().empty()) continue;
    if (auto taken = converter.take(records->text(), outcomes); !taken) return taken;
  }
  countSkipped(records->skipped(), counts);
  for (const auto& [id, label] : outcomes)
    if (!stage.hasStay(id)) ++counts["outcomes.without_record"];
  return {};
}

/// The first lines of the first record.
Result<PreviewTable> previewRecord(const std::string& path, const std::stop_token& stop) {
  Result<PhysionetRecords> records = PhysionetRecords::open(path);
  if (!records) return failure(records.error());
  PreviewTable table{"First record", {"Time", "Parameter", "Value"}, {}};
  while (!stop.stop_requested()) {
    const Result<bool> more = records->next();
    if (!more) return failure(more.error());
    if (!*more) break;
    if (records->text().empty()) continue;
    std::string_view text = records->text();
    nextLine(text);
    while (table.rows.size() < kPreviewRows) {
      const auto line = nextLine(text);
      if (!line) break;
      table.rows.push_back({std::string(line->time), std::string(line->parameter), std::string(line->value)});
    }
    return table;
  }
  return failure(path + " holds no record of the Challenge.", "A record begins with the line Time,Parameter,Value.");
}

}  // namespace

const ImporterInfo& physionetImporter() {
  static const ImporterInfo kInfo{
      "physionet2012",
      "PhysioNet Challenge 2012",
      "The first 48 hours in intensive care and death in hospital, from physionet.org/content/challenge-2012.",
      {{"records", "Records", "The folder set-a, or the archive it comes in (.tar.gz, .tar.xz, .zip).",
        ImportOption::Kind::FileOrFolder},
       {"outcomes", "Outcomes", "The file Outcomes-a.txt.", ImportOption::Kind::File}}};
  return kInfo;
}

Result<ImportPreview> previewPhysionet(const ImportRequest& request, const std::stop_token& stop) {
  const Result<VariableMapping> mapping = VariableMapping::of(physionetInfo(), request.modalityOf);
  if (!mapping) return failure(mapping.error());
  Result<PreviewTable> record = previewRecord(request.options.at("records"), stop);
  if (!record) return failure(record.error());
  Result<PreviewTable> outcomes = previewCsv("Outcomes", request.options.at("outcomes"));
  if (!outcomes) return failure(outcomes.error());
  return ImportPreview{mapping->info(), {std::move(*record), std::move(*outcomes)}, {}};
}

Result<ImportReport> importPhysionet(const ImportRequest& request, const ProgressSink& progress,
                                     const std::stop_token& stop) {
  const CohortInfo info = physionetInfo();
  const Result<VariableMapping> mapping = VariableMapping::of(info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  ImportReport report;
  const Result<Outcomes> outcomes = readOutcomes(request.options.at("outcomes"), report.counts, stop);
  if (!outcomes) return failure(outcomes.error());
  Result<ImportStage> stage = ImportStage::create(request.output, info);
  if (!stage) return failure(stage.error());
  Converter converter(info, *stage, report.counts);
  const Result<void> read =
      readRecords(request.options.at("records"), *outcomes, converter, *stage, report.counts, progress, stop);
  if (!read) return failure(read.error());
  report.notes = notesOf(report.counts);
  return writeStaged(*stage, *mapping, request, std::move(report), progress, stop);
}

}  // namespace fusemoe
