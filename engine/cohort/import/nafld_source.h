#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

// Inside engine/cohort only: the three files of the NAFLD study as `survival` exports them, nothing left out yet.
namespace fusemoe {

/// Tests of nafld2, in the order their variables have in the cohort.
inline constexpr std::array<std::string_view, 6> kNafldTests = {"hdl", "chol", "sbp", "dbp", "fib4", "smoke"};
/// Event types of nafld3, in the order of the one-hot vector.
inline constexpr std::array<std::string_view, 10> kNafldEvents = {
    "nafld", "diabetes", "htn", "dyslipidemia", "ang/isc", "MI", "afib", "heart failure", "stroke", "cardiac arrest"};

/// A row of nafld1. Days count from the index date.
struct NafldPerson {
  std::int64_t id = 0;
  std::optional<double> age, weight, height, bmi;  ///< years, kg, cm, kg/m²
  bool male = false;
  double followUpDays = 0;  ///< until death or last contact
  bool died = false;        ///< at followUpDays
};

/// A row of nafld2. Day 0 is the index date, earlier days are negative.
struct NafldMeasurement {
  std::int64_t person = 0;
  double day = 0;
  double value = 0;
};

/// A row of nafld3.
struct NafldEvent {
  std::int64_t person = 0;
  double day = 0;
  std::size_t type = 0;  ///< index in kNafldEvents
};

struct NafldSource {
  std::vector<NafldPerson> people;  ///< ascending id
  /// One list a test; ascending person and day, rows of one person and day in the order of the file.
  std::array<std::vector<NafldMeasurement>, kNafldTests.size()> measurements;
  std::vector<NafldEvent> events;  ///< ascending person, day and type
  std::int64_t unknownTests = 0;   ///< rows of nafld2 with a test not listed above
  std::int64_t emptyValues = 0;    ///< rows of nafld2 without a value
  std::int64_t unknownEvents = 0;  ///< rows of nafld3 with an event not listed above
};

/// The file of a table ("nafld1"): NAME.csv.gz, or NAME.csv where only that is there.
std::string nafldPath(const std::string& directory, const std::string& name);

/// Reads nafld1.csv.gz, nafld2.csv.gz and nafld3.csv.gz (or the same names without .gz) from `directory`. Errors: a
/// file or column missing, a malformed row, a person twice; stopped.
Result<NafldSource> readNafld(const std::string& directory, const ProgressSink& progress, const std::stop_token& stop);

/// How often two tests were measured on the same day in the same person, and how often with the same number.
struct RepeatedValues {
  std::int64_t pairs = 0;
  std::int64_t equal = 0;
};
RepeatedValues countRepeated(const std::vector<NafldMeasurement>& first, const std::vector<NafldMeasurement>& second);

}  // namespace fusemoe
