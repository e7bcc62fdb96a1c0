#include "cohort/import/csv_parser.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace fusemoe {
namespace {

constexpr std::size_t kBlockBytes = 1 << 16;

/// Bytes the UTF-8 sequence that begins at `text[0]` has, or 0 if it is none (overlong, surrogate, too large, cut off).
std::size_t sequenceLength(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xc2 && lead < 0xe0 ? 2
                             : (lead & 0xf0) == 0xe0       ? 3
                             : lead >= 0xf0 && lead < 0xf5 ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  if (length > 2) {
    const unsigned char second = byte(1);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second >= 0xa0) || (lead == 0xf0 && second < 0x90) ||
        (lead == 0xf4 && second >= 0x90))
      return 0;
  }
  return length;
}

bool isUtf8Text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequenceLength(text);
    if (length == 0 || text[0] == '\0') return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

CsvReader::Parser::Parser(std::string path, const CsvLimits& limits)
    : m_path(std::move(path)), m_limits(limits), m_file(nullptr, &gzclose_r), m_block(kBlockBytes), m_starts{0} {
  csv_init(&m_csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
  // RFC 4180: spaces are part of a field. libcsv would trim them.
  csv_set_space_func(&m_csv, [](unsigned char) { return 0; });
}

CsvReader::Parser::~Parser() {
  csv_free(&m_csv);
}

tl::unexpected<Error> CsvReader::Parser::errorAt(std::int64_t line, const std::string& what,
                                                 const std::string& detail) const {
  return failure(m_path + ", line " + std::to_string(line) + ": " + what + ".", "Correct the file or export it again.",
                 detail);
}

Result<void> CsvReader::Parser::open() {
  std::error_code code;
  if (!std::filesystem::is_regular_file(m_path, code))
    return failure("There is no file " + m_path + ".", "Check the folder.", code ? code.message() : "");
  m_fileBytes = static_cast<std::int64_t>(std::filesystem::file_size(m_path, code));
  m_file.reset(gzopen(m_path.c_str(), "rb"));
  if (!m_file) return failure("Cannot open " + m_path + ".", "Check that you may read it.", std::strerror(errno));
  return {};
}

double CsvReader::Parser::fraction() const {
  return m_fileBytes > 0
             ? std::clamp(static_cast<double>(gzoffset(m_file.get())) / static_cast<double>(m_fileBytes), 0.0, 1.0)
             : 1.0;
}

std::string_view CsvReader::Parser::field(std::size_t index) const {
  const std::size_t at = m_current.firstField + index;
  return std::string_view(m_text).substr(m_starts[at], m_starts[at + 1] - m_starts[at]);
}

Result<bool> CsvReader::Parser::next() {
  while (m_nextRow == m_rows.size()) {
    if (m_atEnd) return false;
    if (auto filled = fill(); !filled) return failure(filled.error());
  }
  m_current = m_rows[m_nextRow++];
  return true;
}

Result<void> CsvReader::Parser::fill() {
  dropConsumed();
  return readBlock().and_then([this] { return parseBlock(); });
}

void CsvReader::Parser::dropConsumed() {
  const std::size_t bytes = m_starts[m_partialFirst];
  m_text.erase(0, bytes);
  m_starts.erase(m_starts.begin(), m_starts.begin() + static_cast<std::ptrdiff_t>(m_partialFirst));
  for (std::size_t& start : m_starts) start -= bytes;
  m_partialFirst = 0;
  m_rows.clear();
  m_nextRow = 0;
}

Result<void> CsvReader::Parser::readBlock() {
  const int bytes = gzread(m_file.get(), m_block.data(), static_cast<unsigned>(m_block.size()));
  m_blockBytes = static_cast<std::size_t>(std::max(bytes, 0));
  m_atEnd = m_blockBytes < m_block.size();
  int code = Z_OK;
  const char* message = gzerror(m_file.get(), &code);
  // A stream that is cut off reads as a short block with Z_BUF_ERROR, not as a failure.
  if (bytes < 0 || code == Z_BUF_ERROR)
    return failure(m_path + ": the compressed data is damaged or cut off after line " + std::to_string(m_line) + ".",
                   "Copy or export the file again.", message);
  return {};
}

Result<void> CsvReader::Parser::parseBlock() {
  std::string_view bytes(m_block.data(), m_blockBytes);
  if (m_first && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  m_first = false;
  bool parsed =
      csv_parse(&m_csv, bytes.data(), bytes.size(), &Parser::fieldEnds, &Parser::rowEnds, this) == bytes.size();
  if (parsed && m_atEnd) parsed = csv_fini(&m_csv, &Parser::fieldEnds, &Parser::rowEnds, this) == 0;
  if (!m_fault.empty()) return errorAt(m_line, m_fault);
  if (!parsed) {
    const int code = csv_error(&m_csv);
    return errorAt(m_line, code == CSV_EPARSE ? "a quote is out of place or never closed" : "it cannot be read",
                   csv_strerror(code));
  }
  // A quote that is never closed makes the field under way swallow the rest of the file.
  if (m_csv.entry_pos > m_limits.fieldBytes)
    return errorAt(m_line, "a field is too long, perhaps a quote is never closed");
  return {};
}

void CsvReader::Parser::fieldEnds(void* bytes, std::size_t count, void* self) {
  static_cast<Parser*>(self)->addField({static_cast<const char*>(bytes), count});
}

void CsvReader::Parser::rowEnds(int terminator, void* self) {
  static_cast<Parser*>(self)->addRow(terminator);
}

void CsvReader::Parser::addField(std::string_view text) {
  m_afterReturn = false;
  if (!m_fault.empty()) return;
  const std::size_t fields = m_starts.size() - m_partialFirst;
  if (text.size() > m_limits.fieldBytes)
    m_fault = "a field is longer than " + std::to_string(m_limits.fieldBytes) + " bytes";
  else if (m_text.size() + text.size() - m_starts[m_partialFirst] > m_limits.rowBytes)
    m_fault = "the row is longer than " + std::to_string(m_limits.rowBytes) + " bytes";
  else if (fields > m_limits.fields)
    m_fault = "the row has more than " + std::to_string(m_limits.fields) + " fields";
  else if (!isUtf8Text(text))
    m_fault = "the text is not UTF-8";
  if (!m_fault.empty()) return;
  m_newlines += std::count(text.begin(), text.end(), '\n');
  m_text += text;
  m_starts.push_back(m_text.size());
}

void CsvReader::Parser::addRow(int terminator) {
  if (!m_fault.empty()) return;
  const std::size_t fields = m_starts.size() - 1 - m_partialFirst;
  if (fields > 0) m_rows.push_back({m_partialFirst, fields, m_line});
  m_partialFirst = m_starts.size() - 1;
  const bool secondHalf = terminator == '\n' && m_afterReturn;
  m_line += m_newlines + (terminator >= 0 && !secondHalf ? 1 : 0);
  m_newlines = 0;
  m_afterReturn = terminator == '\r';
}

}  // namespace fusemoe
