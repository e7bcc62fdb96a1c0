#include "cohort/import/mimic_source.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "cohort/import/write_staged.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kRowsBetweenReports = 8192;

std::string pathOf(const std::string& directory, const std::string& table) {
  std::error_code code;
  const auto compressed = std::filesystem::path(directory) / (table + ".csv.gz");
  const auto plain = std::filesystem::path(directory) / (table + ".csv");
  return (!std::filesystem::exists(compressed, code) && std::filesystem::exists(plain, code) ? plain : compressed)
      .string();
}

/// Digits only, all of them.
bool digits(std::string_view text, int& value) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size() && text.front() != '-';
}

}  // namespace

std::optional<std::int64_t> mimicTime(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool withTime = text.size() == 19;
  if ((!withTime && text.size() != 10) || text[4] != '-' || text[7] != '-' || !digits(text.substr(0, 4), year) ||
      !digits(text.substr(5, 2), month) || !digits(text.substr(8, 2), day))
    return std::nullopt;
  if (withTime && (text[10] != ' ' || text[13] != ':' || text[16] != ':' || !digits(text.substr(11, 2), hour) ||
                   !digits(text.substr(14, 2), minute) || !digits(text.substr(17, 2), second) || hour > 23 ||
                   minute > 59 || second > 59))
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * 86400 + hour * 3600 + minute * 60 + second;
}

std::int64_t mimicYear(std::int64_t time) {
  const std::chrono::sys_seconds point{std::chrono::seconds(time)};
  return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(point)).year());
}

Result<MimicSource> MimicSource::open(const std::string& directory, const std::vector<std::string>& tables,
                                      ProgressSink progress, std::stop_token stop) {
  MimicSource source;
  source.m_directory = directory;
  source.m_progress = std::move(progress);
  source.m_stop = std::move(stop);
  source.m_start = std::chrono::steady_clock::now();
  for (const std::string& table : tables) {
    std::error_code code;
    const std::string path = pathOf(directory, table);
    if (!std::filesystem::is_regular_file(path, code))
      return failure("There is no file " + table + ".csv.gz or " + table + ".csv in " + directory + ".",
                     "Give the folder that holds hosp/ and icu/ as PhysioNet ships MIMIC-IV 2.0 or later.");
    const auto bytes = std::filesystem::file_size(path, code);
    if (!code) source.m_totalBytes += static_cast<double>(bytes);
  }
  return source;
}

std::string MimicSource::path(const std::string& table) const {
  return pathOf(m_directory, table);
}

void MimicSource::report(const std::string& table, double bytes) {
  if (!m_progress || m_totalBytes <= 0) return;
  const double fraction = kReadingShare * std::min(1.0, (m_doneBytes + bytes) / m_totalBytes);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
  m_progress({fraction, "reading " + table, fraction > 0 ? seconds * (1 - fraction) / fraction : -1});
}

Result<std::int64_t> MimicSource::eachRow(const std::string& table, const std::vector<std::string>& columns,
                                          const std::function<Result<void>(const CsvReader&)>& row) {
  std::error_code code;
  const auto size = std::filesystem::file_size(path(table), code);
  const double bytes = code ? 0 : static_cast<double>(size);
  Result<CsvReader> csv = CsvReader::open(path(table), columns);
  if (!csv) return failure(csv.error());
  for (std::int64_t rows = 0;; ++rows) {
    if (rows % kRowsBetweenReports == 0) {
      if (m_stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
      report(table, bytes * csv->fraction());
    }
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) {
      m_doneBytes += bytes;
      return rows;
    }
    if (auto taken = row(*csv); !taken) return failure(taken.error());
  }
}

}  // namespace fusemoe
