#include "cohort/import/nafld_source.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <tuple>

#include "cohort/import/csv_reader.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kRowsBetweenReports = 4096;

/// One of the three files, and its share of the progress bar.
struct SourceFile {
  std::string name;
  std::vector<std::string> columns;
  double from = 0, to = 1;
};

/// Calls `row` for every row of a file.
Result<void> eachRow(const std::string& directory, const SourceFile& file, const ProgressSink& progress,
                     const std::stop_token& stop, const std::function<Result<void>(const CsvReader&)>& row) {
  Result<CsvReader> csv = CsvReader::open(nafldPath(directory, file.name), file.columns);
  if (!csv) return failure(csv.error());
  for (std::int64_t rows = 0;; ++rows) {
    if (rows % kRowsBetweenReports == 0) {
      if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
      if (progress) progress({file.from + (file.to - file.from) * csv->fraction(), "reading " + file.name, -1});
    }
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) return {};
    if (auto taken = row(*csv); !taken) return taken;
  }
}

/// A field that must be there and be 0 or 1.
Result<bool> flag(const CsvReader& csv, std::size_t column, const std::string& name) {
  const Result<std::int64_t> value = csv.integer(column);
  if (!value) return failure(value.error());
  if (*value != 0 && *value != 1) return csv.rowError("the column " + name + " must be 0 or 1");
  return *value == 1;
}

/// A number that must be there.
Result<double> required(const CsvReader& csv, std::size_t column, const std::string& name) {
  const Result<std::optional<double>> value = csv.number(column);
  if (!value) return failure(value.error());
  if (!*value) return csv.rowError("the column " + name + " is empty");
  return **value;
}

Result<NafldPerson> personOf(const CsvReader& csv) {
  NafldPerson person;
  const Result<std::int64_t> id = csv.integer(0);
  if (!id) return failure(id.error());
  person.id = *id;
  const std::array<std::optional<double>*, 4> numbers = {&person.age, &person.weight, &person.height, &person.bmi};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Result<std::optional<double>> number = csv.number(1 + i);
    if (!number) return failure(number.error());
    *numbers[i] = *number;
  }
  const Result<bool> male = flag(csv, 5, "male");
  if (!male) return failure(male.error());
  const Result<double> followUp = required(csv, 6, "futime");
  if (!followUp) return failure(followUp.error());
  if (*followUp < 0) return csv.rowError("futime is negative");
  const Result<bool> died = flag(csv, 7, "status");
  if (!died) return failure(died.error());
  person.male = *male;
  person.followUpDays = *followUp;
  person.died = *died;
  return person;
}

/// Position of `name` in a list of names, or its size.
template <std::size_t Size>
std::size_t positionOf(const std::array<std::string_view, Size>& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

Result<void> takeMeasurement(const CsvReader& csv, NafldSource& source) {
  const Result<std::int64_t> person = csv.integer(0);
  if (!person) return failure(person.error());
  const Result<double> day = required(csv, 1, "days");
  if (!day) return failure(day.error());
  const std::size_t test = positionOf(kNafldTests, csv.text(2));
  const Result<std::optional<double>> value = csv.number(3);
  if (!value) return failure(value.error());
  if (test == kNafldTests.size())
    ++source.unknownTests;
  else if (!*value)
    ++source.emptyValues;
  else
    source.measurements[test].push_back({*person, *day, **value});
  return {};
}

Result<void> takeEvent(const CsvReader& csv, NafldSource& source) {
  const Result<std::int64_t> person = csv.integer(0);
  if (!person) return failure(person.error());
  const Result<double> day = required(csv, 1, "days");
  if (!day) return failure(day.error());
  const std::size_t type = positionOf(kNafldEvents, csv.text(2));
  if (type == kNafldEvents.size())
    ++source.unknownEvents;
  else
    source.events.push_back({*person, *day, type});
  return {};
}

Result<void> sortAll(NafldSource& source) {
  std::sort(source.people.begin(), source.people.end(),
            [](const NafldPerson& a, const NafldPerson& b) { return a.id < b.id; });
  const auto twice = std::adjacent_find(source.people.begin(), source.people.end(),
                                        [](const NafldPerson& a, const NafldPerson& b) { return a.id == b.id; });
  if (twice != source.people.end())
    return failure("The person " + std::to_string(twice->id) + " is in nafld1 twice.", "Export the file again.");
  for (auto& rows : source.measurements)
    std::stable_sort(rows.begin(), rows.end(), [](const NafldMeasurement& a, const NafldMeasurement& b) {
      return std::tie(a.person, a.day) < std::tie(b.person, b.day);
    });
  std::stable_sort(source.events.begin(), source.events.end(), [](const NafldEvent& a, const NafldEvent& b) {
    return std::tie(a.person, a.day, a.type) < std::tie(b.person, b.day, b.type);
  });
  return {};
}

}  // namespace

std::string nafldPath(const std::string& directory, const std::string& name) {
  const auto compressed = std::filesystem::path(directory) / (name + ".csv.gz");
  const auto plain = std::filesystem::path(directory) / (name + ".csv");
  return (!std::filesystem::exists(compressed) && std::filesystem::exists(plain) ? plain : compressed).string();
}

Result<NafldSource> readNafld(const std::string& directory, const ProgressSink& progress, const std::stop_token& stop) {
  NafldSource source;
  const SourceFile people = {"nafld1", {"id", "age", "weight", "height", "bmi", "male", "futime", "status"}, 0, 0.1};
  const SourceFile measurements = {"nafld2", {"id", "days", "test", "value"}, 0.1, 0.5};
  const SourceFile events = {"nafld3", {"id", "days", "event"}, 0.5, 0.6};
  const auto takePerson = [&source](const CsvReader& csv) -> Result<void> {
    const Result<NafldPerson> person = personOf(csv);
    if (!person) return failure(person.error());
    source.people.push_back(*person);
    return {};
  };
  return eachRow(directory, people, progress, stop, takePerson)
      .and_then([&] {
        return eachRow(directory, measurements, progress, stop,
                       [&source](const CsvReader& csv) { return takeMeasurement(csv, source); });
      })
      .and_then([&] {
        return eachRow(directory, events, progress, stop,
                       [&source](const CsvReader& csv) { return takeEvent(csv, source); });
      })
      .and_then([&] { return sortAll(source); })
      .map([&] { return std::move(source); });
}

RepeatedValues countRepeated(const std::vector<NafldMeasurement>& first, const std::vector<NafldMeasurement>& second) {
  const auto place = [](const NafldMeasurement& row) { return std::tie(row.person, row.day); };
  RepeatedValues repeated;
  auto other = second.begin();
  for (auto row = first.begin(); row != first.end(); ++row) {
    if (row != first.begin() && place(*std::prev(row)) == place(*row)) continue;
    while (other != second.end() && place(*other) < place(*row)) ++other;
    if (other == second.end()) break;
    if (place(*other) != place(*row)) continue;
    ++repeated.pairs;
    if (other->value == row->value) ++repeated.equal;
  }
  return repeated;
}

}  // namespace fusemoe
