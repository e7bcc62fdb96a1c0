#include "cohort/bytes_column.h"

#include "cohort/database.h"

namespace fusemoe {
namespace {

int digitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

BytesColumn::BytesColumn(soci::session& session) {
  if (!isPostgres(session)) m_blob.emplace(session);
}

void BytesColumn::bind(soci::statement& statement) {
  if (m_blob)
    statement.exchange(soci::into(*m_blob));
  else
    statement.exchange(soci::into(m_text));
}

const std::string& BytesColumn::bytes() {
  if (m_blob) {
    m_bytes.resize(m_blob->get_len());
    // SOCI 4.0 lacks read_from_start for SQLite; its offsets count from 0.
    if (!m_bytes.empty()) m_blob->read(0, m_bytes.data(), m_bytes.size());
    return m_bytes;
  }
  const auto fail = [] { throw soci::soci_error("bytes are not in hexadecimal"); };
  if (!m_text.starts_with("\\x") || m_text.size() % 2 != 0) fail();
  m_bytes.resize(m_text.size() / 2 - 1);
  for (std::size_t i = 0; i < m_bytes.size(); ++i) {
    const int high = digitOf(m_text[2 * i + 2]), low = digitOf(m_text[2 * i + 3]);
    if (high < 0 || low < 0) fail();
    m_bytes[i] = static_cast<char>(high << 4 | low);
  }
  return m_bytes;
}

}  // namespace fusemoe
