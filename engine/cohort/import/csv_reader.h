#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fusemoe {

/// What a CSV file may hold at most, so that a broken one cannot fill the memory.
struct CsvLimits {
  std::size_t fieldBytes = 1 << 20;
  std::size_t rowBytes = 4 << 20;
  std::size_t fields = 4096;
};

/// Reads a CSV file (RFC 4180, UTF-8, first row = column names), plain or gzip, row by row in constant memory. Spaces
/// belong to fields; empty lines and a byte order mark are skipped. Errors name file and line. One thread.
class CsvReader {
 public:
  /// Opens the file and finds the wanted columns by name. Errors: no such file, unreadable, empty, a wanted column
  /// missing or there twice.
  static Result<CsvReader> open(const std::string& path, const std::vector<std::string>& columns,
                                const CsvLimits& limits = {});

  /// The same with columns that may be missing; their positions follow those of `columns`, their fields are empty.
  static Result<CsvReader> open(const std::string& path, const std::vector<std::string>& columns,
                                const std::vector<std::string>& optional, const CsvLimits& limits = {});

  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) noexcept;
  ~CsvReader();

  /// Names of all columns of the file.
  const std::vector<std::string>& header() const { return m_header; }
  /// Whether a wanted column is there, by position.
  bool has(std::size_t column) const { return m_fields.at(column).has_value(); }
  /// Wants these columns from here on, in the place of those before. Errors as of `open`.
  Result<void> select(const std::vector<std::string>& columns, const std::vector<std::string>& optional = {});

  /// Goes to the next row; false after the last. Errors: a row with another number of fields than the header, a quote
  /// out of place or never closed, text that is not UTF-8, a field or row beyond the limits, a damaged or cut off gzip
  /// stream.
  Result<bool> next();

  /// A field of the current row, by position in `columns`. Valid until the next call of `next`.
  std::string_view text(std::size_t column) const;
  /// The field as a finite number; empty or NA = none. Error: anything else.
  Result<std::optional<double>> number(std::size_t column) const;
  /// The field as a whole number. Error: anything else, empty and NA too.
  Result<std::int64_t> integer(std::size_t column) const;

  /// Line the current row begins on; the header is on line 1.
  std::int64_t line() const;
  /// Share of the file's bytes read so far, 0 … 1.
  double fraction() const;
  /// An error about the current row.
  tl::unexpected<Error> rowError(const std::string& what) const;

 private:
  class Parser;
  explicit CsvReader(std::unique_ptr<Parser> parser);
  Result<void> readHeader();
  tl::unexpected<Error> fieldError(std::size_t column, const std::string& what) const;

  std::unique_ptr<Parser> m_parser;
  std::vector<std::string> m_columns;
  std::vector<std::optional<std::size_t>> m_fields;  ///< for each of m_columns, its field
  std::vector<std::string> m_header;
};

}  // namespace fusemoe
