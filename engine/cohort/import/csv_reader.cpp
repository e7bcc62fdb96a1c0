#include "cohort/import/csv_reader.h"

#include <algorithm>
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

CsvReader::CsvReader(std::unique_ptr<Parser> parser) : m_parser(std::move(parser)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader> CsvReader::open(const std::string& path, const std::vector<std::string>& columns,
                                  const CsvLimits& limits) {
  return open(path, columns, std::vector<std::string>(), limits);
}

Result<CsvReader> CsvReader::open(const std::string& path, const std::vector<std::string>& columns,
                                  const std::vector<std::string>& optional, const CsvLimits& limits) {
  CsvReader reader(std::make_unique<Parser>(path, limits));
  auto opened = reader.m_parser->open().and_then([&] { return reader.readHeader(); }).and_then([&] {
    return reader.select(columns, optional);
  });
  if (!opened) return failure(opened.error());
  return reader;
}

Result<void> CsvReader::readHeader() {
  const Result<bool> header = m_parser->next();
  if (!header) return failure(header.error());
  if (!*header) return failure(m_parser->path() + " is empty.", "Export the file again.");
  for (std::size_t f = 0; f < m_parser->fieldCount(); ++f) m_header.emplace_back(m_parser->field(f));
  return {};
}

Result<void> CsvReader::select(const std::vector<std::string>& columns, const std::vector<std::string>& optional) {
  m_columns = columns;
  m_columns.insert(m_columns.end(), optional.begin(), optional.end());
  m_fields.clear();
  for (std::size_t c = 0; c < m_columns.size(); ++c) {
    const auto first = std::ranges::find(m_header, m_columns[c]);
    const auto count = std::ranges::count(m_header, m_columns[c]);
    const bool missing = count == 0 && c < columns.size();
    if (missing || count > 1) {
      std::string present;
      for (const std::string& name : m_header) present += (present.empty() ? "" : ", ") + name;
      return m_parser->errorAt(1, "the column \"" + m_columns[c] + (missing ? "\" is missing" : "\" is there twice"),
                               "columns: " + present);
    }
    m_fields.push_back(count == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(first - m_header.begin())));
  }
  return {};
}

Result<bool> CsvReader::next() {
  Result<bool> row = m_parser->next();
  if (row && *row && m_parser->fieldCount() != m_header.size())
    return rowError("the row has " + std::to_string(m_parser->fieldCount()) + " fields where the header has " +
                    std::to_string(m_header.size()));
  return row;
}

std::string_view CsvReader::text(std::size_t column) const {
  const std::optional<std::size_t>& field = m_fields.at(column);
  return field ? m_parser->field(*field) : std::string_view();
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
