#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "cohort/import/csv_reader.h"

// Inside engine/cohort only: the folder that PhysioNet ships MIMIC-IV in.
namespace fusemoe {

/// Seconds since 1970-01-01 of a time as MIMIC-IV writes it, "2180-07-23 12:36:00"; a day alone is its midnight.
/// None: anything else.
std::optional<std::int64_t> mimicTime(std::string_view text);
/// The year of such a time.
std::int64_t mimicYear(std::int64_t time);

/// MIMIC-IV's tables, read one after the other; each is DIR/NAME.csv.gz or DIR/NAME.csv. Reports progress by bytes with
/// an estimate, and asks `stop` every few milliseconds. One thread.
class MimicSource {
 public:
  /// `tables` ("icu/icustays"): those that will be read. Error: one is missing; the sentence names the first, and what
  /// the folder should hold.
  static Result<MimicSource> open(const std::string& directory, const std::vector<std::string>& tables,
                                  ProgressSink progress, std::stop_token stop);

  /// Calls `row` for every row; its fields are those of `columns`. Returns the number of rows. Errors: those of
  /// CsvReader and of `row`; stopped.
  Result<std::int64_t> eachRow(const std::string& table, const std::vector<std::string>& columns,
                               const std::function<Result<void>(const CsvReader&)>& row);
  std::string path(const std::string& table) const;

 private:
  MimicSource() = default;
  void report(const std::string& table, double bytes);

  std::string m_directory;
  ProgressSink m_progress;
  std::stop_token m_stop;
  double m_totalBytes = 0, m_doneBytes = 0;
  std::chrono::steady_clock::time_point m_start;
};

}  // namespace fusemoe
