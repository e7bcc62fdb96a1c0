#include "cohort/import/tidy_reader.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "cohort/import/variable_mapping.h"
#include "cohort/import/write_staged.h"
#include "cohort/schema.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kRowsBetweenReports = 4096;
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kFirstInline = 5;  ///< position of v0 among the columns asked of events.csv

/// A number, or pandas' True and False.
Result<std::optional<double>> numberOf(const CsvReader& csv, std::size_t column) {
  if (csv.text(column) == "True") return 1.0;
  if (csv.text(column) == "False") return 0.0;
  return csv.number(column);
}

bool fitsFloat(double value) {
  return std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max());
}

Result<std::int64_t> stayOf(const CsvReader& csv) {
  return csv.integer(0).map_error([](Error error) {
    error.hint = "stay_id must be a whole number; pandas.factorize makes such numbers of names.";
    return error;
  });
}

}  // namespace

TidyReader::TidyReader(const TidyLayout& layout, ImportStage& stage, std::map<std::string, std::int64_t>& counts,
                       std::string output, const ProgressSink& progress, const std::stop_token& stop)
    : m_layout(layout),
      m_stage(stage),
      m_counts(counts),
      m_output(std::move(output)),
      m_progress(progress),
      m_stop(stop) {
  std::size_t index = 0;
  for (const CohortModality& modality : layout.info.modalities)
    for (const CohortVariable& variable : modality.variables) {
      if (modality.kind == ModalityKind::Series) m_series[variable.name] = index;
      ++index;
    }
  for (const std::string& column : layout.staticColumns) m_statics.push_back(*variableIndex(layout.info, column));
}

template <class Row>
Result<void> TidyReader::eachRow(const std::string& path, const std::vector<std::string>& columns,
                                 const std::vector<std::string>& optional, double from, double to, const Row& row) {
  if (path.empty()) return {};
  Result<CsvReader> csv = CsvReader::open(path, columns, optional);
  if (!csv) return failure(csv.error());
  const std::string text = "reading " + std::filesystem::path(path).filename().string();
  for (std::int64_t rows = 0;; ++rows) {
    if (rows % kRowsBetweenReports == 0) {
      if (m_stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
      if (m_progress) m_progress({kReadingShare * (from + (to - from) * csv->fraction()), text, -1});
    }
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) return {};
    if (auto taken = (this->*row)(*csv); !taken) return taken;
  }
}

Result<void> TidyReader::read() {
  std::vector<std::string> labels = {"stay_id"}, statics = {"stay_id"}, vectors = {"code", "row"};
  for (const TidyLabel& label : m_layout.labelColumns) labels.push_back(label.column);
  statics.insert(statics.end(), m_layout.staticColumns.begin(), m_layout.staticColumns.end());
  for (int i = 0; i < m_layout.inlineWidth; ++i) vectors.push_back("v" + std::to_string(i));
  return eachRow(m_layout.labels, labels, {}, 0, 0.05, &TidyReader::takeLabels)
      .and_then([&] {
        return eachRow(m_layout.stays, {"stay_id"}, {"person_id", "split"}, 0.05, 0.1, &TidyReader::takeStay);
      })
      .and_then([&] {
        countLeftovers();
        return eachRow(m_layout.statics, statics, {}, 0.1, 0.15, &TidyReader::takeStatics);
      })
      .and_then([&] {
        return eachRow(m_layout.observations, {"stay_id", "hour", "variable", "value"}, {}, 0.15, 0.7,
                       &TidyReader::takeObservation);
      })
      .and_then([&] { return openVectors(); })
      .and_then([&] {
        return eachRow(m_layout.events, {"stay_id", "hour", "modality"}, vectors, 0.7, 1, &TidyReader::takeEvent);
      });
}

Result<void> TidyReader::takeLabels(const CsvReader& csv) {
  const auto stay = stayOf(csv);
  if (!stay) return failure(stay.error());
  std::vector<float> values;
  for (std::size_t i = 0; i < m_layout.labelColumns.size(); ++i) {
    const auto value = numberOf(csv, i + 1);
    if (!value) return failure(value.error());
    if (*value && **value != 0 && **value != 1)
      return csv.rowError("the label " + m_layout.labelColumns[i].column + " must be 0, 1 or empty");
    values.push_back(*value ? static_cast<float>(**value) : kUnknown);
  }
  m_counts["labels.total"] += static_cast<std::int64_t>(values.size());
  if (!m_labels.emplace(*stay, std::move(values)).second)
    return csv.rowError("the stay " + std::to_string(*stay) + " is there twice");
  return {};
}

Result<void> TidyReader::takeStay(const CsvReader& csv) {
  const auto id = stayOf(csv);
  if (!id) return failure(id.error());
  if (m_stage.hasStay(*id)) return csv.rowError("the stay " + std::to_string(*id) + " is there twice");
  const bool hasPerson = csv.has(1) && !csv.text(1).empty();
  StagedStay stay{*id, hasPerson ? personIdOf(csv.text(1)) : personIdOf("stay " + std::to_string(*id)), -1, {}, {}};
  if (csv.has(2)) {
    stay.part = std::string(csv.text(2));
    if (!stay.part->empty() && !isSplitPart(*stay.part))
      return csv.rowError("the column split must be train, validation, test or empty");
    const auto known = m_partOf.emplace(stay.person, *stay.part);
    if (known.first->second != *stay.part) m_dividedPeople.insert(stay.person);
  }
  if (const auto values = m_labels.find(*id); values != m_labels.end()) {
    for (std::size_t i = 0; i < values->second.size(); ++i) {
      const TidyLabel& label = m_layout.labelColumns[i];
      const float value = values->second[i];
      ++m_counts[std::isnan(value) ? "labels.empty" : "labels.kept"];
      // The columns of a task come in the order of its labels.
      stay.labels[label.task].push_back(value);
      if (i == 0 && !std::isnan(value)) stay.stratum = static_cast<int>(value);
    }
    m_labels.erase(values);
  }
  return m_stage.addStay(std::move(stay));
}

void TidyReader::countLeftovers() {
  if (!m_dividedPeople.empty()) m_counts["people.in_several_parts"] = static_cast<std::int64_t>(m_dividedPeople.size());
  if (!m_labels.empty())
    m_counts["labels.unknown_stay"] = static_cast<std::int64_t>(m_labels.size() * m_layout.labelColumns.size());
  m_labels.clear();
}

Result<void> TidyReader::takeStatics(const CsvReader& csv) {
  const auto stay = stayOf(csv);
  if (!stay) return failure(stay.error());
  m_counts["static.total"] += static_cast<std::int64_t>(m_statics.size());
  if (!m_stage.hasStay(*stay)) {
    m_counts["static.unknown_stay"] += static_cast<std::int64_t>(m_statics.size());
    return {};
  }
  if (!m_staticStays.insert(*stay).second) return csv.rowError("the stay " + std::to_string(*stay) + " is there twice");
  for (std::size_t i = 0; i < m_statics.size(); ++i) {
    const auto value = numberOf(csv, i + 1);
    if (!value) return failure(value.error());
    if (!*value)
      ++m_counts["static.empty"];
    else if (!fitsFloat(**value))
      ++m_counts["static.too_large"];
    else if (auto added = m_stage.addObservation(*stay, m_statics[i], 0, static_cast<float>(**value)); !added)
      return added;
  }
  return {};
}

const char* TidyReader::timeReason(const std::optional<double>& hour) const {
  if (!hour) return ".no_hour";
  if (*hour < 0) return ".before_window";
  return *hour > m_layout.info.windowHours ? ".after_window" : nullptr;
}

Result<void> TidyReader::takeObservation(const CsvReader& csv) {
  ++m_counts["rows.total"];
  const auto stay = stayOf(csv);
  if (!stay) return failure(stay.error());
  const auto hour = csv.number(1);
  if (!hour) return failure(hour.error());
  const auto value = numberOf(csv, 3);
  if (!value) return failure(value.error());
  const auto variable = m_series.find(csv.text(2));
  const char* reason = !m_stage.hasStay(*stay)      ? ".unknown_stay"
                       : variable == m_series.end() ? ".unknown_variable"
                       : !*value                    ? ".empty"
                       : !fitsFloat(**value)        ? ".too_large"
                                                    : timeReason(*hour);
  if (reason) {
    ++m_counts[std::string("rows") + reason];
    return {};
  }
  return m_stage.addObservation(*stay, variable->second, static_cast<float>(**hour), static_cast<float>(**value));
}

Result<void> TidyReader::openVectors() {
  for (const auto& [name, source] : m_layout.vectors) {
    Vectors& vectors = m_vectors[name];
    vectors.modality = source.modality;
    vectors.width = static_cast<std::size_t>(m_layout.info.modalities[source.modality].width);
    if (source.path.empty()) continue;
    Result<VectorFile> file = VectorFile::open(source.path, m_output, m_stop);
    if (!file) return failure(file.error());
    vectors.array = file->arrayNamed(source.array).value_or(0);
    vectors.file = std::make_unique<VectorFile>(std::move(*file));
  }
  return {};
}

Result<void> TidyReader::takeEvent(const CsvReader& csv) {
  ++m_counts["events.total"];
  const auto stay = stayOf(csv);
  if (!stay) return failure(stay.error());
  const auto hour = csv.number(1);
  if (!hour) return failure(hour.error());
  const auto vectors = m_vectors.find(csv.text(2));
  if (vectors == m_vectors.end()) return csv.rowError("the column modality is empty");
  const Result<bool> has = readVector(csv, vectors->second);
  if (!has) return failure(has.error());
  const char* reason = !m_stage.hasStay(*stay) ? ".unknown_stay" : timeReason(*hour);
  if (!reason && !*has) reason = ".no_vector";
  if (!reason && !std::ranges::all_of(m_vector, [](float number) { return std::isfinite(number); }))
    reason = ".not_finite";
  if (reason) {
    ++m_counts[std::string("events") + reason];
    return {};
  }
  return m_stage.addEvent(*stay, vectors->second.modality, static_cast<float>(**hour), std::string(csv.text(3)),
                          m_vector);
}

Result<bool> TidyReader::readVector(const CsvReader& csv, Vectors& vectors) {
  if (!vectors.file) return readInlineVector(csv, vectors.width);
  if (csv.text(4).empty()) return false;
  const auto row = csv.integer(4);
  if (!row) return failure(row.error());
  const VectorArray& array = vectors.file->arrays()[vectors.array];
  if (*row < 0 || *row >= array.rows)
    return csv.rowError("the vectors have rows 0 to " + std::to_string(array.rows - 1) + ", not " +
                        std::to_string(*row));
  return vectors.file->readRow(vectors.array, *row, m_vector).map([] { return true; });
}

Result<bool> TidyReader::readInlineVector(const CsvReader& csv, std::size_t width) {
  m_vector.clear();
  const auto inlineWidth = static_cast<std::size_t>(m_layout.inlineWidth);
  while (m_vector.size() < inlineWidth && !csv.text(kFirstInline + m_vector.size()).empty()) {
    const auto value = csv.number(kFirstInline + m_vector.size());
    if (!value) return failure(value.error());
    m_vector.push_back(value->has_value() ? static_cast<float>(**value) : kUnknown);
  }
  if (m_vector.empty()) return false;
  if (m_vector.size() == width) return true;
  return csv.rowError("the vector has " + std::to_string(m_vector.size()) + " numbers, those before have " +
                      std::to_string(width));
}

std::vector<std::string> TidyReader::notes() const {
  std::vector<std::string> notes;
  if (!m_dividedPeople.empty())
    notes.push_back(std::to_string(m_dividedPeople.size()) +
                    " people have stays in different parts of the split: what a model learns of them in one part helps "
                    "it in the other.");
  for (const auto& [reason, count] : m_counts)
    if (reason.ends_with(".unknown_stay"))
      notes.push_back(std::to_string(count) + " entries of " + reason.substr(0, reason.find('.')) +
                      " belong to no stay of stays.csv and were left out.");
  return notes;
}

}  // namespace fusemoe
