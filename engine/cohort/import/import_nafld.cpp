#include "cohort/import/import_nafld.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <span>

#include "cohort/cohort_writer.h"
#include "cohort/import/csv_preview.h"
#include "cohort/import/nafld_cohort.h"
#include "cohort/import/nafld_source.h"
#include "cohort/import/person_split.h"
#include "cohort/import/variable_mapping.h"
#include "cohort/import/write_staged.h"

namespace fusemoe {
namespace {

constexpr std::size_t kPeopleBetweenReports = 512;
constexpr double kFib4Cut = 2.67;  ///< published cut-off for advanced fibrosis

using Counts = std::map<std::string, std::int64_t>;

bool diedInTime(const NafldPerson& person) {
  return person.died && person.followUpDays <= kNafldWindowDays;
}
/// Whether it is known if the person lived five years.
bool isIncluded(const NafldPerson& person) {
  return diedInTime(person) || person.followUpDays >= kNafldWindowDays;
}
float hourOf(double day) {
  return static_cast<float>((day + kNafldWindowDays) * 24);
}

/// Why a row at `day` cannot be input, or empty.
std::string timeReason(double day) {
  if (day > 0) return ".after_index";
  return day < -kNafldWindowDays ? ".before_window" : "";
}

/// The rows of one person from a list sorted by person. Rows of people that do not exist are counted on the way.
template <class Row>
std::span<const Row> rowsOf(const std::vector<Row>& rows, std::size_t& next, std::int64_t person,
                            std::int64_t& unknownPerson) {
  while (next < rows.size() && rows[next].person < person) {
    ++unknownPerson;
    ++next;
  }
  const std::size_t first = next;
  while (next < rows.size() && rows[next].person == person) ++next;
  return std::span(rows).subspan(first, next - first);
}

/// Turns the source into samples, person by person in ascending id, and counts what becomes of each row.
class NafldSamples {
 public:
  NafldSamples(const NafldSource& source, const CohortInfo& info, Counts& counts)
      : m_source(source), m_info(info), m_counts(counts) {}

  /// The sample of the next person of the source, whether included or not.
  Sample of(const NafldPerson& person);
  /// Counts the rows that are left after the last person.
  void finish();

 private:
  void addBody(const NafldPerson& person, ModalityData& body);
  void addBodyValue(const std::string& name, std::optional<double> value, VariableData& variable);
  void addMeasurements(std::size_t test, std::span<const NafldMeasurement> rows, bool included, VariableData& variable);
  void addEvents(std::span<const NafldEvent> rows, bool included, ModalityData& comorbidity);

  const NafldSource& m_source;
  const CohortInfo& m_info;
  Counts& m_counts;
  std::array<std::size_t, kNafldTests.size()> m_nextMeasurement{};
  std::size_t m_nextEvent = 0;
};

Sample NafldSamples::of(const NafldPerson& person) {
  const bool included = isIncluded(person);
  Sample sample;
  sample.stayId = person.id;
  for (const CohortModality& modality : m_info.modalities) {
    ModalityData& data = sample.modalities.emplace_back(ModalityData{modality.name, modality.kind, {}, {}});
    for (const CohortVariable& variable : modality.variables) data.variables.push_back({variable.name, {}});
  }
  for (std::size_t test = 0; test < kNafldTests.size(); ++test) {
    const auto rows = rowsOf(m_source.measurements[test], m_nextMeasurement[test], person.id,
                             m_counts["measurements.unknown_person"]);
    // Two tests a series, in the order of kNafldTests.
    addMeasurements(test, rows, included, sample.modalities[test / 2].variables[test % 2]);
  }
  const auto events = rowsOf(m_source.events, m_nextEvent, person.id, m_counts["events.unknown_person"]);
  addEvents(events, included, sample.modalities[3]);
  if (included) addBody(person, sample.modalities[4]);
  sample.labels[m_info.tasks.front().name] = {diedInTime(person) ? 1.0F : 0.0F};
  return sample;
}

void NafldSamples::finish() {
  for (std::size_t test = 0; test < kNafldTests.size(); ++test)
    m_counts["measurements.unknown_person"] +=
        static_cast<std::int64_t>(m_source.measurements[test].size() - m_nextMeasurement[test]);
  m_counts["events.unknown_person"] += static_cast<std::int64_t>(m_source.events.size() - m_nextEvent);
}

void NafldSamples::addBody(const NafldPerson& person, ModalityData& body) {
  addBodyValue("age", person.age, body.variables[0]);
  addBodyValue("sex", person.male ? 1.0 : 0.0, body.variables[1]);
  addBodyValue("weight", person.weight, body.variables[2]);
  addBodyValue("height", person.height, body.variables[3]);
  addBodyValue("bmi", person.bmi, body.variables[4]);
}

void NafldSamples::addBodyValue(const std::string& name, std::optional<double> value, VariableData& variable) {
  if (!value) {
    ++m_counts["body.empty." + name];
  } else if (!nafldRange(name).contains(*value)) {
    ++m_counts["body.implausible." + name];
  } else {
    ++m_counts["body.kept"];
    variable.observations.push_back({0, static_cast<float>(*value)});
  }
}

void NafldSamples::addMeasurements(std::size_t test, std::span<const NafldMeasurement> rows, bool included,
                                   VariableData& variable) {
  const PlausibleRange& range = nafldRange(kNafldTests[test]);
  for (const NafldMeasurement& row : rows) {
    const std::string reason = included ? timeReason(row.day) : ".person_left_out";
    const float hour = hourOf(row.day);
    const auto value = static_cast<float>(row.value);
    auto& kept = variable.observations;
    if (!reason.empty()) {
      ++m_counts["measurements" + reason];
    } else if (!range.contains(row.value)) {
      ++m_counts["measurements.implausible." + std::string(kNafldTests[test])];
    } else if (!kept.empty() && kept.back().hour == hour) {
      // The first plausible row of the file for a person, test and day stands.
      ++m_counts[kept.back().value == value ? "measurements.duplicate.same_value"
                                            : "measurements.duplicate.other_value"];
    } else {
      kept.push_back({hour, value});
      ++m_counts["measurements.kept"];
    }
  }
}

void NafldSamples::addEvents(std::span<const NafldEvent> rows, bool included, ModalityData& comorbidity) {
  const NafldEvent* last = nullptr;
  for (const NafldEvent& row : rows) {
    const std::string reason = included ? timeReason(row.day) : ".person_left_out";
    if (!reason.empty()) {
      ++m_counts["events" + reason];
    } else if (last && last->day == row.day && last->type == row.type) {
      ++m_counts["events.duplicate"];
    } else {
      Event event{hourOf(row.day), std::string(kNafldEvents[row.type]), std::vector<float>(kNafldEvents.size(), 0.0F)};
      event.vector[row.type] = 1;
      comorbidity.events.push_back(std::move(event));
      ++m_counts["events.kept"];
      last = &row;
    }
  }
}

/// Counts that need no sample, the faults of the source among them.
void countSource(const NafldSource& source, Counts& counts) {
  counts["people.total"] = static_cast<std::int64_t>(source.people.size());
  std::int64_t& measurements = counts["measurements.total"];
  measurements = source.unknownTests + source.emptyValues;
  for (const auto& rows : source.measurements) measurements += static_cast<std::int64_t>(rows.size());
  counts["measurements.unknown_test"] = source.unknownTests;
  counts["measurements.empty_value"] = source.emptyValues;
  counts["events.total"] = static_cast<std::int64_t>(source.events.size()) + source.unknownEvents;
  counts["events.unknown_event"] = source.unknownEvents;
  const RepeatedValues lipids = countRepeated(source.measurements[0], source.measurements[1]);
  counts["source.hdl_chol.pairs"] = lipids.pairs;
  counts["source.hdl_chol.equal"] = lipids.equal;
  const RepeatedValues pressures = countRepeated(source.measurements[2], source.measurements[3]);
  counts["source.sbp_dbp.pairs"] = pressures.pairs;
  counts["source.sbp_dbp.equal"] = pressures.equal;
  const auto& fib4 = source.measurements[4];
  counts["source.fib4.values"] = static_cast<std::int64_t>(fib4.size());
  counts["source.fib4.up_to_2_67"] =
      std::count_if(fib4.begin(), fib4.end(), [](const NafldMeasurement& row) { return row.value <= kFib4Cut; });
}

std::vector<std::string> faultNotes(const Counts& counts) {
  std::vector<std::string> notes;
  const auto repeated = [&](const std::string& pair, const std::string& first, const std::string& second) {
    const std::int64_t pairs = counts.at("source." + pair + ".pairs"), equal = counts.at("source." + pair + ".equal");
    if (pairs > 0 && equal * 2 > pairs)
      notes.push_back("Fault of this source: " + second + " repeats " + first + " in " + std::to_string(equal) +
                      " of " + std::to_string(pairs) + " cases in which both are given for a person and day, so " +
                      second + " carries no information of its own.");
  };
  repeated("hdl_chol", "hdl", "chol");
  repeated("sbp_dbp", "sbp", "dbp");
  if (counts.at("source.fib4.values") > 0 && counts.at("source.fib4.up_to_2_67") == 0)
    notes.push_back(
        "Peculiarity of this source: all " + std::to_string(counts.at("source.fib4.values")) +
        " values of fib4 are above 2.67, the cut-off for advanced fibrosis, so that fib4 was given at all is "
        "itself a finding.");
  return notes;
}

std::map<std::int64_t, std::string_view> partsOf(const std::vector<NafldPerson>& people, std::uint64_t seed) {
  std::vector<SplitPerson> included;
  for (const NafldPerson& person : people)
    if (isIncluded(person)) included.push_back({person.id, diedInTime(person) ? 1 : 0});
  const std::vector<std::string_view> parts = splitPeople(included, seed);
  std::map<std::int64_t, std::string_view> byId;
  for (std::size_t i = 0; i < included.size(); ++i) byId[included[i].id] = parts[i];
  return byId;
}

void countPerson(const Sample& sample, const std::string& part, Counts& counts) {
  const bool positive = sample.labels.begin()->second.front() > 0;
  ++counts["people.included"];
  ++counts[positive ? "label.death_5y.positive" : "label.death_5y.negative"];
  ++counts["split." + part];
  if (positive) ++counts["split." + part + ".positive"];
  for (const ModalityData& modality : sample.modalities)
    if (modality.present()) ++counts["present." + modality.name];
}

/// The sample in the layout asked for; values of variables left out are no longer counted as kept.
Sample mapped(const VariableMapping& mapping, Sample sample, Counts& counts) {
  LeftOut leftOut;
  Sample result = mapping.apply(std::move(sample), leftOut);
  const auto move = [&](const std::string& table, std::int64_t values) {
    if (values == 0) return;
    counts[table + ".kept"] -= values;
    counts[table + ".variable_left_out"] += values;
  };
  move("measurements", leftOut.series);
  move("body", leftOut.statics);
  return result;
}

Result<void> writePeople(const NafldSource& source, const CohortInfo& info, const VariableMapping& mapping,
                         std::uint64_t seed, CohortWriter& writer, Counts& counts, const ProgressSink& progress,
                         const std::stop_token& stop) {
  const auto parts = partsOf(source.people, seed);
  NafldSamples samples(source, info, counts);
  for (std::size_t i = 0; i < source.people.size(); ++i) {
    if (i % kPeopleBetweenReports == 0) {
      if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
      const double done = static_cast<double>(i) / static_cast<double>(source.people.size());
      if (progress) progress({kReadingShare + (1 - kReadingShare) * done, "writing people", -1});
    }
    Sample whole = samples.of(source.people[i]);
    const auto part = parts.find(whole.stayId);
    if (part == parts.end()) {
      ++counts["people.left_out_alive_under_5y"];
      continue;
    }
    const Sample sample = mapped(mapping, std::move(whole), counts);
    countPerson(sample, std::string(part->second), counts);
    if (auto added = writer.add(sample, std::string(part->second)); !added) return added;
  }
  samples.finish();
  return {};
}

}  // namespace

const ImporterInfo& nafldImporter() {
  static const ImporterInfo kInfo{
      "nafld",
      "NAFLD cohort (R package survival)",
      "Five modalities of the five years before the index date, and death in the five years after it.",
      {{"dir", "Folder", "Folder with nafld1.csv.gz, nafld2.csv.gz and nafld3.csv.gz.", ImportOption::Kind::Folder}}};
  return kInfo;
}

Result<ImportPreview> previewNafld(const ImportRequest& request, const std::stop_token&) {
  const Result<VariableMapping> mapping = VariableMapping::of(nafldInfo({}), request.modalityOf);
  if (!mapping) return failure(mapping.error());
  ImportPreview preview{mapping->info(), {}, {}};
  for (const auto& [title, name] : {std::pair{"People", "nafld1"}, {"Measurements", "nafld2"}, {"Events", "nafld3"}}) {
    Result<PreviewTable> table = previewCsv(title, nafldPath(request.options.at("dir"), name));
    if (!table) return failure(table.error());
    preview.tables.push_back(std::move(*table));
  }
  return preview;
}

Result<ImportReport> importNafld(const ImportRequest& request, const ProgressSink& progress,
                                 const std::stop_token& stop) {
  const Result<NafldSource> source = readNafld(request.options.at("dir"), progress, stop);
  if (!source) return failure(source.error());
  ImportReport report;
  report.output = request.output;
  report.counts["seed"] = static_cast<std::int64_t>(request.seed);
  countSource(*source, report.counts);
  report.notes = faultNotes(report.counts);
  const CohortInfo info = nafldInfo(report.notes);
  const Result<VariableMapping> mapping = VariableMapping::of(info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  Result<CohortWriter> writer = CohortWriter::create(request.output, mapping->info());
  if (!writer) return failure(writer.error());
  if (auto written = writePeople(*source, info, *mapping, request.seed, *writer, report.counts, progress, stop);
      !written)
    return failure(written.error());
  if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
  if (auto committed = writer->commit(report.counts); !committed) return failure(committed.error());
  std::error_code code;
  report.bytes = static_cast<std::int64_t>(std::filesystem::file_size(request.output, code));
  if (progress) progress({1, "done", 0});
  return report;
}

}  // namespace fusemoe
