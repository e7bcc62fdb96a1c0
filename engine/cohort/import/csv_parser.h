#pragma once

#include <csv.h>
#include <zlib.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cohort/import/csv_reader.h"

// Inside engine/cohort only: the side of CsvReader that knows libcsv and zlib.
namespace fusemoe {

/// Turns bytes into rows: reads a block, has libcsv cut it into fields, hands the rows out one by one. All fields of a
/// block lie in one buffer, so nothing is allocated a row.
class CsvReader::Parser {
 public:
  Parser(std::string path, const CsvLimits& limits);
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  Result<void> open();
  /// False after the last row.
  Result<bool> next();
  std::size_t fieldCount() const { return m_current.fieldCount; }
  std::string_view field(std::size_t index) const;
  std::int64_t line() const { return m_current.line; }
  double fraction() const;
  const std::string& path() const { return m_path; }
  tl::unexpected<Error> errorAt(std::int64_t line, const std::string& what, const std::string& detail = {}) const;

 private:
  struct Row {
    std::size_t firstField = 0;
    std::size_t fieldCount = 0;
    std::int64_t line = 1;
  };

  static void fieldEnds(void* bytes, std::size_t count, void* self);
  static void rowEnds(int terminator, void* self);
  void addField(std::string_view text);
  void addRow(int terminator);
  Result<void> fill();
  Result<void> readBlock();
  Result<void> parseBlock();
  void dropConsumed();

  std::string m_path;
  CsvLimits m_limits;
  std::unique_ptr<gzFile_s, int (*)(gzFile)> m_file;
  std::int64_t m_fileBytes = 0;
  csv_parser m_csv{};
  std::vector<char> m_block;
  std::size_t m_blockBytes = 0;
  bool m_atEnd = false;
  bool m_first = true;  ///< no block parsed yet: a byte order mark may come

  std::string m_text;                 ///< fields one after the other
  std::vector<std::size_t> m_starts;  ///< where each field begins in m_text; one more than fields
  std::vector<Row> m_rows;            ///< complete rows of the block
  std::size_t m_nextRow = 0;
  std::size_t m_partialFirst = 0;  ///< first field of the row that is not complete yet
  Row m_current;
  std::int64_t m_line = 1;      ///< line the row being read begins on
  std::int64_t m_newlines = 0;  ///< inside quoted fields of that row
  bool m_afterReturn = false;   ///< the last terminator was \r, so a \n belongs to it
  std::string m_fault;          ///< found by a callback; empty = none
};

}  // namespace fusemoe
