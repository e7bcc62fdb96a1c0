#include <cstdio>
#include <optional>
#include <utility>

#include "base/atomic_file.h"
#include "cohort/cohort_target.h"
#include "cohort/file_seal.h"
#include "cohort/schema.h"
#include "cohort/sqlite_database.h"

namespace fusemoe {
namespace {

/// The values of the row being inserted, and the statements that take them from here.
class SqliteRows final : public StayRows {
 public:
  explicit SqliteRows(soci::session& session);
  void write(StayTable table, const StayRow& row) override;

 private:
  soci::statement& statementOf(StayTable table);

  long long m_stayId = 0, m_key = 0, m_position = 0;
  double m_hour = 0, m_value = 0;
  std::string m_text, m_kind;
  soci::blob m_bytes;
  soci::statement m_stay, m_split, m_label, m_observation, m_staticValue, m_event, m_document;
};

SqliteRows::SqliteRows(soci::session& session)
    : m_bytes(session),
      m_stay((session.prepare << "INSERT INTO stay(stay_id, present) VALUES(:stay, :present)", soci::use(m_stayId),
              soci::use(m_key))),
      m_split((session.prepare << "INSERT INTO split(stay_id, part) VALUES(:stay, :part)", soci::use(m_stayId),
               soci::use(m_text))),
      m_label((session.prepare << "INSERT INTO label(stay_id, task_id, position, value) VALUES(:stay, :task, "
                                  ":position, :value)",
               soci::use(m_stayId), soci::use(m_key), soci::use(m_position), soci::use(m_value))),
      m_observation((session.prepare << "INSERT INTO observation(stay_id, variable_id, hour, value) VALUES(:stay, "
                                        ":variable, :hour, :value)",
                     soci::use(m_stayId), soci::use(m_key), soci::use(m_hour), soci::use(m_value))),
      m_staticValue(
          (session.prepare << "INSERT INTO static_value(stay_id, variable_id, value) VALUES(:stay, :variable, :value)",
           soci::use(m_stayId), soci::use(m_key), soci::use(m_value))),
      m_event((session.prepare << "INSERT INTO event(stay_id, modality_id, position, hour, code, vector) VALUES(:stay, "
                                  ":modality, :position, :hour, :code, :vector)",
               soci::use(m_stayId), soci::use(m_key), soci::use(m_position), soci::use(m_hour), soci::use(m_text),
               soci::use(m_bytes))),
      m_document((session.prepare << "INSERT INTO document(stay_id, modality_id, position, hour, kind, title, content) "
                                     "VALUES(:stay, :modality, :position, :hour, :kind, :title, :content)",
                  soci::use(m_stayId), soci::use(m_key), soci::use(m_position), soci::use(m_hour), soci::use(m_kind),
                  soci::use(m_text), soci::use(m_bytes))) {}

soci::statement& SqliteRows::statementOf(StayTable table) {
  switch (table) {
    case StayTable::Stay:
      return m_stay;
    case StayTable::Split:
      return m_split;
    case StayTable::Label:
      return m_label;
    case StayTable::Observation:
      return m_observation;
    case StayTable::StaticValue:
      return m_staticValue;
    case StayTable::Event:
      return m_event;
    case StayTable::Document:
      break;
  }
  return m_document;
}

void SqliteRows::write(StayTable table, const StayRow& row) {
  m_stayId = row.stayId;
  m_key = row.key;
  m_position = row.position;
  m_hour = row.hour;
  m_value = row.value;
  m_text = row.text;
  m_kind = row.kind;
  if (table == StayTable::Event || table == StayTable::Document) {
    m_bytes.trim(0);
    m_bytes.append(row.bytes.data(), row.bytes.size());
  }
  statementOf(table).execute(true);
}

class SqliteTarget final : public CohortTarget {
 public:
  explicit SqliteTarget(std::string path) : m_path(std::move(path)), m_temporary(temporaryBeside(m_path)) {}
  /// Apart from the constructor, so that a failure is cleaned up by the destructor.
  void begin() {
    std::remove(m_temporary.c_str());
    m_session = createSqliteForWriting(m_temporary);
    m_session->begin();
    for (const CohortTable& table : cohortTables()) *m_session << sqliteCreate(table);
    m_rows.emplace(*m_session);
  }
  SqliteTarget(const SqliteTarget&) = delete;
  SqliteTarget& operator=(const SqliteTarget&) = delete;
  ~SqliteTarget() override {
    m_rows.reset();
    m_session.reset();
    if (!m_temporary.empty()) std::remove(m_temporary.c_str());
  }

  soci::session& session() override { return *m_session; }
  StayRows& rows() override { return *m_rows; }
  Result<void> finish() override {
    m_rows.reset();
    m_session->commit();
    *m_session << "VACUUM";
    m_session.reset();
    if (auto sealed = sealFile(m_temporary); !sealed) return sealed;
    return commitFile(std::exchange(m_temporary, {}), m_path);
  }

 private:
  std::string m_path;
  std::string m_temporary;  ///< empty once it has become `m_path`
  std::unique_ptr<soci::session> m_session;
  std::optional<SqliteRows> m_rows;
};

}  // namespace

std::unique_ptr<CohortTarget> createSqliteTarget(const std::string& path) {
  auto target = std::make_unique<SqliteTarget>(path);
  target->begin();
  return target;
}

}  // namespace fusemoe
