#include "cohort/stay_reader.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "cohort/database.h"

namespace fusemoe {
namespace {

// What one fetch from a server's cursor may take.
constexpr std::size_t kBatchRows = 4096;
constexpr std::size_t kBatchBytes = 8 << 20;
constexpr std::size_t kRowBytes = 128;  ///< of a row without its vector

}  // namespace

static_assert(std::endian::native == std::endian::little, "vectors are stored little-endian and read as they lie");

StayReader::StayReader(soci::session& session, const CohortInfo& info, StayScope scope, std::string part)
    : m_session(session),
      m_info(info),
      m_scope(scope),
      m_part(std::move(part)),
      m_vector(session),
      m_stays(session),
      m_observations(session),
      m_statics(session),
      m_events(session),
      m_labels(session) {
  for (std::size_t m = 0; m < info.modalities.size(); ++m)
    for (std::size_t v = 0; v < info.modalities[m].variables.size(); ++v)
      m_slots.push_back({m, v, info.modalities[m].kind});

  prepare(m_stays, "", "stay", "");
  finish(m_stays);

  prepare(m_observations, ", variable_id, hour, value", "observation", ", variable_id, hour");
  m_observations.statement.exchange(soci::into(m_observations.key));
  m_observations.statement.exchange(soci::into(m_observations.hour));
  m_observations.statement.exchange(soci::into(m_observations.value));
  finish(m_observations);

  prepare(m_statics, ", variable_id, value", "static_value", ", variable_id");
  m_statics.statement.exchange(soci::into(m_statics.key));
  m_statics.statement.exchange(soci::into(m_statics.value));
  finish(m_statics);

  prepare(m_events, ", modality_id, hour, code, vector", "event", ", modality_id, position");
  m_events.statement.exchange(soci::into(m_events.key));
  m_events.statement.exchange(soci::into(m_events.hour));
  m_events.statement.exchange(soci::into(m_events.code));
  m_vector.bind(m_events.statement);
  finish(m_events);

  prepare(m_labels, ", task_id, position, value", "label", ", task_id, position");
  m_labels.statement.exchange(soci::into(m_labels.key));
  m_labels.statement.exchange(soci::into(m_labels.position));
  m_labels.statement.exchange(soci::into(m_labels.value));
  finish(m_labels);
}

void StayReader::prepare(Cursor& cursor, const std::string& columns, const std::string& table,
                         const std::string& order) {
  std::string where;
  if (m_scope == StayScope::One) where = " WHERE stay_id = :stay";
  if (m_scope == StayScope::Part) where = " WHERE stay_id IN (SELECT stay_id FROM split WHERE part = :part)";
  std::string query = "SELECT stay_id" + columns + " FROM " + table + where + " ORDER BY stay_id" + order;
  cursor.inBatches = isPostgres(m_session) && m_scope != StayScope::One;
  cursor.statement.alloc();
  cursor.statement.prepare(cursor.inBatches ? declare(table, query) : query);
  cursor.statement.exchange(soci::into(cursor.stayId));
}

/// Declares a cursor on the server and gives the statement that fetches its next rows: as many as memory may hold.
std::string StayReader::declare(const std::string& table, const std::string& query) {
  std::size_t width = 0;
  if (table == "event")
    for (const CohortModality& modality : m_info.modalities)
      width = std::max(width, static_cast<std::size_t>(modality.width));
  const std::size_t rows =
      std::clamp<std::size_t>(kBatchBytes / (kRowBytes + 2 * sizeof(float) * width), 1, kBatchRows);
  soci::statement declaration(m_session);
  declaration.alloc();
  declaration.prepare("DECLARE " + table + "_rows NO SCROLL CURSOR FOR " + query, soci::details::st_one_time_query);
  if (m_scope == StayScope::Part) declaration.exchange(soci::use(m_part, "part"));
  declaration.define_and_bind();
  declaration.execute(true);
  return "FETCH FORWARD " + std::to_string(rows) + " FROM " + table + "_rows";
}

void StayReader::finish(Cursor& cursor) {
  if (m_scope == StayScope::One) cursor.statement.exchange(soci::use(m_stayId, "stay"));
  if (m_scope == StayScope::Part && !cursor.inBatches) cursor.statement.exchange(soci::use(m_part, "part"));
  cursor.statement.define_and_bind();
}

void StayReader::startOne(std::int64_t stayId) {
  m_stayId = stayId;
  start();
}

void StayReader::start() {
  for (Cursor* cursor : {&m_stays, &m_observations, &m_statics, &m_events, &m_labels}) cursor->start();
}

void StayReader::skipTo(Cursor& cursor, std::int64_t stayId) {
  while (cursor.valid && cursor.stayId < stayId) cursor.advance();
}

Result<SamplePtr> StayReader::next() {
  if (!m_stays.valid) return SamplePtr();
  Sample sample = blank(m_stays.stayId);
  for (Cursor* cursor : {&m_observations, &m_statics, &m_events, &m_labels}) skipTo(*cursor, sample.stayId);
  const Result<void> taken = takeObservations(sample)
                                 .and_then([&] { return takeStatics(sample); })
                                 .and_then([&] { return takeEvents(sample); })
                                 .and_then([&] { return takeLabels(sample); });
  if (!taken) return failure(taken.error());
  m_stays.advance();
  return std::make_shared<const Sample>(std::move(sample));
}

Sample StayReader::blank(std::int64_t stayId) const {
  Sample sample;
  sample.stayId = stayId;
  sample.digest = m_info.digest + ":" + std::to_string(stayId);
  sample.modalities.reserve(m_info.modalities.size());
  for (const CohortModality& modality : m_info.modalities) {
    ModalityData& data = sample.modalities.emplace_back();
    data.name = modality.name;
    data.kind = modality.kind;
    data.variables.reserve(modality.variables.size());
    for (const CohortVariable& variable : modality.variables) data.variables.push_back({variable.name, {}});
  }
  for (const CohortTask& task : m_info.tasks)
    sample.labels[task.name].assign(task.labels.size(), std::numeric_limits<float>::quiet_NaN());
  return sample;
}

const StayReader::Slot* StayReader::slotOf(long long variable, bool isStatic) const {
  if (variable < 0 || variable >= static_cast<long long>(m_slots.size())) return nullptr;
  const Slot& slot = m_slots[static_cast<std::size_t>(variable)];
  return (slot.kind == ModalityKind::Static) == isStatic ? &slot : nullptr;
}

tl::unexpected<Error> StayReader::damaged(std::int64_t stayId, const std::string& what) const {
  return failure("Stay " + std::to_string(stayId) + " of " + m_info.path + " is damaged: " + what + ".",
                 "Copy or import the cohort again.");
}

Result<void> StayReader::takeObservations(Sample& sample) {
  for (Cursor& row = m_observations; row.at(sample.stayId); row.advance()) {
    const Slot* slot = slotOf(row.key, false);
    if (!slot)
      return damaged(sample.stayId, "an observation of variable " + std::to_string(row.key) + ", which is no series");
    VariableData& variable = sample.modalities[slot->modality].variables[slot->variable];
    const auto value = static_cast<float>(row.value);
    if (!std::isfinite(value)) return damaged(sample.stayId, "a value of " + variable.name + " is not finite");
    if (!(row.hour >= 0 && row.hour <= m_info.windowHours))
      return damaged(sample.stayId, "an observation of " + variable.name + " lies outside the window");
    variable.observations.push_back({static_cast<float>(row.hour), value});
  }
  return {};
}

Result<void> StayReader::takeStatics(Sample& sample) {
  for (Cursor& row = m_statics; row.at(sample.stayId); row.advance()) {
    const Slot* slot = slotOf(row.key, true);
    if (!slot)
      return damaged(sample.stayId, "a static value of variable " + std::to_string(row.key) + ", which is not static");
    VariableData& variable = sample.modalities[slot->modality].variables[slot->variable];
    const auto value = static_cast<float>(row.value);
    if (!std::isfinite(value)) return damaged(sample.stayId, "the value of " + variable.name + " is not finite");
    variable.observations.push_back({0, value});
  }
  return {};
}

Result<Event> StayReader::eventHere(std::int64_t stayId, int width) {
  const std::size_t expected = static_cast<std::size_t>(width) * sizeof(float);
  const std::string& bytes = m_vector.bytes();
  if (bytes.size() != expected)
    return damaged(stayId, "an event's vector has " + std::to_string(bytes.size()) + " bytes where " +
                               std::to_string(expected) + " belong");
  Event event{static_cast<float>(m_events.hour), m_events.code, std::vector<float>(static_cast<std::size_t>(width))};
  std::memcpy(event.vector.data(), bytes.data(), expected);
  for (const float number : event.vector)
    if (!std::isfinite(number)) return damaged(stayId, "an event's vector holds a number that is not finite");
  return event;
}

Result<void> StayReader::takeEvents(Sample& sample) {
  for (Cursor& row = m_events; row.at(sample.stayId); row.advance()) {
    const bool known = row.key >= 0 && row.key < static_cast<long long>(m_info.modalities.size());
    const CohortModality* modality = known ? &m_info.modalities[static_cast<std::size_t>(row.key)] : nullptr;
    if (!modality || modality->kind != ModalityKind::Vectors)
      return damaged(sample.stayId, "an event of modality " + std::to_string(row.key) + ", which has no vectors");
    auto& events = sample.modalities[static_cast<std::size_t>(row.key)].events;
    if (!(row.hour >= 0 && row.hour <= m_info.windowHours))
      return damaged(sample.stayId, "an event of " + modality->name + " lies outside the window");
    Result<Event> event = eventHere(sample.stayId, modality->width);
    if (!event) return failure(event.error());
    if (!events.empty() && event->hour < events.back().hour)
      return damaged(sample.stayId, "the events of " + modality->name + " are not in order of time");
    events.push_back(std::move(*event));
  }
  return {};
}

Result<void> StayReader::takeLabels(Sample& sample) {
  for (Cursor& row = m_labels; row.at(sample.stayId); row.advance()) {
    const bool known = row.key >= 0 && row.key < static_cast<long long>(m_info.tasks.size());
    const CohortTask* task = known ? &m_info.tasks[static_cast<std::size_t>(row.key)] : nullptr;
    if (!task || row.position < 0 || row.position >= static_cast<long long>(task->labels.size()))
      return damaged(sample.stayId, "a label of task " + std::to_string(row.key) + ", which does not exist");
    const auto value = static_cast<float>(row.value);
    if (!std::isfinite(value)) return damaged(sample.stayId, "a label of " + task->name + " is not finite");
    sample.labels[task->name][static_cast<std::size_t>(row.position)] = value;
  }
  return {};
}

}  // namespace fusemoe
