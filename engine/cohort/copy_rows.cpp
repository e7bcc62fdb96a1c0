#include "cohort/copy_rows.h"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>

#include <bit>
#include <cstdint>
#include <memory>

namespace fusemoe {
namespace {

constexpr std::size_t kGatheredBytes = 1 << 18;
constexpr std::string_view kHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view kTrailer("\xff\xff", 2);

/// In the order of StayTable, from 1.
constexpr const char* kColumns[] = {"stay(stay_id, present)",
                                    "split(stay_id, part)",
                                    "label(stay_id, task_id, position, value)",
                                    "observation(stay_id, variable_id, hour, value)",
                                    "static_value(stay_id, variable_id, value)",
                                    "event(stay_id, modality_id, position, hour, code, vector)",
                                    "document(stay_id, modality_id, position, hour, kind, title, content)"};

/// Appends one row in COPY's binary format: big-endian, each field behind its length.
class Tuple {
 public:
  Tuple(std::string& out, int fields) : m_out(out) { number(static_cast<std::uint16_t>(fields)); }
  Tuple& integer(long long value) { return sized(static_cast<std::uint64_t>(value)); }
  // SQLite keeps no sign of zero; neither do we.
  Tuple& real(double value) { return sized(std::bit_cast<std::uint64_t>(value + 0.0)); }
  Tuple& bytes(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    m_out += value;
    return *this;
  }

 private:
  template <class Unsigned>
  void number(Unsigned value) {
    for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
      m_out += static_cast<char>(value >> shift & 0xff);
  }
  Tuple& sized(std::uint64_t value) {
    number(std::uint32_t{8});
    number(value);
    return *this;
  }
  std::string& m_out;
};

[[noreturn]] void fail(const PGresult* result) {
  // The message's other lines quote the row.
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  throw soci::postgresql_soci_error(message ? message : "the connection was lost", state ? state : "     ");
}

}  // namespace

void CopyRows::write(StayTable table, const StayRow& row) {
  const std::size_t index = static_cast<std::size_t>(table) - 1;
  std::string& out = m_gathered[index];
  if (out.empty()) out = kHeader;
  switch (table) {
    case StayTable::Stay:
      Tuple(out, 2).integer(row.stayId).integer(row.key);
      break;
    case StayTable::Split:
      Tuple(out, 2).integer(row.stayId).bytes(row.text);
      break;
    case StayTable::Label:
      Tuple(out, 4).integer(row.stayId).integer(row.key).integer(row.position).real(row.value);
      break;
    case StayTable::Observation:
      Tuple(out, 4).integer(row.stayId).integer(row.key).real(row.hour).real(row.value);
      break;
    case StayTable::StaticValue:
      Tuple(out, 3).integer(row.stayId).integer(row.key).real(row.value);
      break;
    case StayTable::Event:
      Tuple(out, 6)
          .integer(row.stayId)
          .integer(row.key)
          .integer(row.position)
          .real(row.hour)
          .bytes(row.text)
          .bytes(row.bytes);
      break;
    case StayTable::Document:
      Tuple(out, 7)
          .integer(row.stayId)
          .integer(row.key)
          .integer(row.position)
          .real(row.hour)
          .bytes(row.kind)
          .bytes(row.text)
          .bytes(row.bytes);
      break;
  }
  if (out.size() >= kGatheredBytes) send(index);
}

void CopyRows::flush() {
  for (std::size_t table = 0; table < kTables; ++table)
    if (!m_gathered[table].empty()) send(table);
}

void CopyRows::send(std::size_t table) {
  using ResultPtr = std::unique_ptr<PGresult, decltype(&PQclear)>;
  std::string& rows = m_gathered[table];
  rows += kTrailer;
  const std::string copy = std::string("COPY ") + kColumns[table] + " FROM STDIN (FORMAT binary, FREEZE)";
  const ResultPtr begun(PQexec(m_connection, copy.c_str()), &PQclear);
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) fail(begun.get());
  // A failure to send is told by the result of the end.
  PQputCopyData(m_connection, rows.data(), static_cast<int>(rows.size()));
  PQputCopyEnd(m_connection, nullptr);
  rows.clear();
  bool copied = false;
  while (const ResultPtr result{PQgetResult(m_connection), &PQclear}) {
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(result.get());
    copied = true;
  }
  if (!copied) fail(nullptr);
}

}  // namespace fusemoe
