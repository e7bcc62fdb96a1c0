#include "cohort/import/csv_reader.h"

#include <charconv>
#include <cmath>

#include "cohort/import/csv_parser.h"

namespace fusemoe {
namespace {

template <class Number>
bool parseWhole(std::string_view text, Number& value) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size();
}

}  // namespace

CsvReader::CsvReader(std::unique_ptr<Parser> parser, std::vector<std::string> columns)
    : m_parser(std::move(parser)), m_columns(std::move(columns)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader> CsvReader::open(const std::string& path, const std::vector<std::string>& columns,
                                  const CsvLimits& limits) {
  CsvReader reader(std::make_unique<Parser>(path, limits), columns);
  if (auto opened = reader.m_parser->open().and_then([&] { return reader.findColumns(); }); !opened)
    return failure(opened.error());
  return reader;
}

Result<void> CsvReader::findColumns() {
  const Result<bool> header = m_parser->next();
  if (!header) return failure(header.error());
  if (!*header) return failure(m_parser->path() + " is empty.", "Export the file again.");
  m_width = m_parser->fieldCount();
  std::string present;
  for (std::size_t f = 0; f < m_width; ++f) present.append(f ? ", " : "").append(m_parser->field(f));
  for (const std::string& column : m_columns) {
    std::size_t matches = 0;
    for (std::size_t f = 0; f < m_width; ++f) {
      if (m_parser->field(f) != column) continue;
      if (matches++ == 0) m_fields.push_back(f);
    }
    if (matches != 1)
      return m_parser->errorAt(m_parser->line(),
                               "the column \"" + column + (matches ? "\" is there twice" : "\" is missing"),
                               "columns: " + present);
  }
  return {};
}

Result<bool> CsvReader::next() {
  Result<bool> row = m_parser->next();
  if (row && *row && m_parser->fieldCount() != m_width)
    return rowError("the row has " + std::to_string(m_parser->fieldCount()) + " fields where the header has " +
                    std::to_string(m_width));
  return row;
}

std::string_view CsvReader::text(std::size_t column) const {
  return m_parser->field(m_fields.at(column));
}

Result<std::optional<double>> CsvReader::number(std::size_t column) const {
  const std::string_view field = text(column);
  if (field.empty() || field == "NA") return std::nullopt;
  double value = 0;
  if (!parseWhole(field, value) || !std::isfinite(value)) return fieldError(column, "is no number");
  return value;
}

Result<std::int64_t> CsvReader::integer(std::size_t column) const {
  const std::string_view field = text(column);
  std::int64_t value = 0;
  if (!parseWhole(field, value)) return fieldError(column, "is no whole number");
  return value;
}

tl::unexpected<Error> CsvReader::fieldError(std::size_t column, const std::string& what) const {
  const std::string shown(text(column).substr(0, 40));
  return rowError("in the column " + m_columns[column] + ", \"" + shown + "\" " + what);
}

std::int64_t CsvReader::line() const {
  return m_parser->line();
}
double CsvReader::fraction() const {
  return m_parser->fraction();
}
tl::unexpected<Error> CsvReader::rowError(const std::string& what) const {
  return m_parser->errorAt(m_parser->line(), what);
}

}  // namespace fusemoe
