#include "cohort/cohort_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>

#include "base/atomic_file.h"
#include "cohort/database.h"
#include "cohort/info_tables.h"
#include "cohort/schema.h"

namespace fusemoe {

static_assert(std::endian::native == std::endian::little, "vectors are stored little-endian, as they lie in memory");

namespace {

/// The values of the row being inserted, and the statements that take them from here.
struct Inserter {
  explicit Inserter(soci::session& session)
      : bytes(session),
        stay((session.prepare << "INSERT INTO stay(stay_id, present) VALUES(:stay, :present)", soci::use(stayId),
              soci::use(key))),
        split((session.prepare << "INSERT INTO split(stay_id, part) VALUES(:stay, :part)", soci::use(stayId),
               soci::use(text))),
        label(
            (session.prepare << "INSERT INTO label(stay_id, task_id, position, value) VALUES(:stay, :task, :position, "
                                ":value)",
             soci::use(stayId), soci::use(key), soci::use(position), soci::use(value))),
        observation((session.prepare << "INSERT INTO observation(stay_id, variable_id, hour, value) VALUES(:stay, "
                                        ":variable, :hour, :value)",
                     soci::use(stayId), soci::use(key), soci::use(hour), soci::use(value))),
        staticValue(
            (session.prepare << "INSERT INTO static_value(stay_id, variable_id, value) VALUES(:stay, :variable, "
                                ":value)",
             soci::use(stayId), soci::use(key), soci::use(value))),
        event((session.prepare << "INSERT INTO event(stay_id, modality_id, position, hour, code, vector) VALUES(:stay, "
                                  ":modality, :position, :hour, :code, :vector)",
               soci::use(stayId), soci::use(key), soci::use(position), soci::use(hour), soci::use(text),
               soci::use(bytes))),
        document((session.prepare << "INSERT INTO document(stay_id, modality_id, position, hour, kind, title, content) "
                                     "VALUES(:stay, :modality, :position, :hour, :kind, :title, :content)",
                  soci::use(stayId), soci::use(key), soci::use(position), soci::use(hour), soci::use(kind),
                  soci::use(text), soci::use(bytes))) {}

  long long stayId = std::numeric_limits<long long>::min();
  long long key = 0, position = 0;
  double hour = 0, value = 0;
  std::string text, kind;
  soci::blob bytes;
  soci::statement stay, split, label, observation, staticValue, event, document;
};

tl::unexpected<Error> refused(const Sample& sample, const std::string& what) {
  return failure("Stay " + std::to_string(sample.stayId) + " cannot be written: " + what + ".",
                 "This is a fault of the importer or of its source.");
}

/// Why a modality's data cannot be written, or nothing.
std::string faultOf(const ModalityData& data, const CohortModality& modality, double windowHours) {
  if (data.name != modality.name || data.kind != modality.kind || data.variables.size() != modality.variables.size())
    return "its modality " + data.name + " is not the description's " + modality.name;
  const auto inside = [windowHours](float hour) { return hour >= 0 && hour <= windowHours; };
  for (std::size_t v = 0; v < data.variables.size(); ++v) {
    const VariableData& variable = data.variables[v];
    if (variable.name != modality.variables[v].name) return "its variable " + variable.name + " is out of place";
    if (data.kind == ModalityKind::Static && variable.observations.size() > 1)
      return "the static variable " + variable.name + " has more than one value";
    float last = -1;
    for (const Observation& observation : variable.observations) {
      if (!inside(observation.hour) || !std::isfinite(observation.value))
        return "a value of " + variable.name + " is not finite or outside the window";
      if (observation.hour <= last) return "the times of " + variable.name + " are not strictly ascending";
      last = observation.hour;
    }
  }
  float last = 0;
  for (const Event& event : data.events) {
    if (event.vector.size() != static_cast<std::size_t>(modality.width)) return "an event has another width";
    if (!inside(event.hour) || event.hour < last) return "an event is outside the window or out of order";
    for (const float number : event.vector)
      if (!std::isfinite(number)) return "an event holds a number that is not finite";
    last = event.hour;
  }
  return {};
}

std::string faultOf(const Sample& sample, const CohortInfo& info) {
  if (sample.modalities.size() != info.modalities.size()) return "it has another number of modalities";
  for (std::size_t m = 0; m < info.modalities.size(); ++m)
    if (std::string fault = faultOf(sample.modalities[m], info.modalities[m], info.windowHours); !fault.empty())
      return fault;
  std::size_t known = 0;
  for (const CohortTask& task : info.tasks) {
    const auto labels = sample.labels.find(task.name);
    if (labels == sample.labels.end()) continue;
    ++known;
    if (labels->second.size() != task.labels.size()) return "its task " + task.name + " has another number of labels";
    for (const float label : labels->second)
      if (std::isinf(label)) return "a label of " + task.name + " is not finite";
  }
  return known == sample.labels.size() ? std::string() : "it has a task that the description lacks";
}

std::size_t modalityOf(const CohortInfo& info, const std::string& name) {
  const auto found = std::ranges::find(info.modalities, name, &CohortModality::name);
  return static_cast<std::size_t>(found - info.modalities.begin());
}

std::string faultOf(std::span<const StayDocument> documents, const CohortInfo& info) {
  std::size_t modality = 0;
  int position = 0;
  float hour = 0;
  for (const StayDocument& document : documents) {
    const DocumentEntry& entry = document.entry;
    const std::size_t own = modalityOf(info, entry.modality);
    if (own == info.modalities.size()) return "a document belongs to no modality";
    if (own > modality) {
      position = 0;
      hour = 0;
    }
    if (own < modality || entry.position != position || !(entry.hour >= hour && entry.hour <= info.windowHours))
      return "its documents are outside the window or out of order";
    if (auto checked = checkDocument(entry.kind, document.content); !checked) return checked.error().what;
    modality = own;
    hour = entry.hour;
    ++position;
  }
  return {};
}

}  // namespace

struct CohortWriter::State {
  State(std::string target, CohortInfo description)
      : path(std::move(target)), temporary(temporaryBeside(path)), info(std::move(description)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    insert.reset();
    session.reset();
    if (!temporary.empty()) std::remove(temporary.c_str());
  }

  void writeStay(const Sample& sample, const std::string& part);
  void writeModality(const ModalityData& data, long long modalityId, long long firstVariable);
  void writeDocument(const StayDocument& document);

  std::string path;
  std::string temporary;  ///< empty once it has become `path`
  CohortInfo info;
  std::unique_ptr<soci::session> session;
  std::unique_ptr<Inserter> insert;
};

CohortWriter::CohortWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
CohortWriter::CohortWriter(CohortWriter&&) noexcept = default;
CohortWriter& CohortWriter::operator=(CohortWriter&&) noexcept = default;
CohortWriter::~CohortWriter() = default;

Result<CohortWriter> CohortWriter::create(const std::string& path, const CohortInfo& info) {
  if (auto checked = checkInfo(info, path); !checked) return failure(checked.error());
  return guarded(path, [&]() -> Result<CohortWriter> {
    auto state = std::make_unique<State>(path, info);
    std::remove(state->temporary.c_str());
    state->session = createForWriting(state->temporary);
    state->session->begin();
    writeInfo(*state->session, state->info);
    state->insert = std::make_unique<Inserter>(*state->session);
    return CohortWriter(std::move(state));
  });
}

Result<void> CohortWriter::add(const Sample& sample, const std::string& part, std::span<const StayDocument> documents) {
  if (!part.empty() && !isSplitPart(part)) return refused(sample, "there is no part \"" + part + "\"");
  if (sample.stayId <= m_state->insert->stayId) return refused(sample, "ids must ascend");
  if (const std::string fault = faultOf(sample, m_state->info); !fault.empty()) return refused(sample, fault);
  if (const std::string fault = faultOf(documents, m_state->info); !fault.empty()) return refused(sample, fault);
  return guarded(m_state->path, [&]() -> Result<void> {
    m_state->writeStay(sample, part);
    for (const StayDocument& document : documents) m_state->writeDocument(document);
    return {};
  });
}

void CohortWriter::State::writeStay(const Sample& sample, const std::string& part) {
  Inserter& row = *insert;
  row.stayId = sample.stayId;
  row.key = 0;
  for (std::size_t m = 0; m < sample.modalities.size(); ++m)
    if (sample.modalities[m].present()) row.key |= 1LL << m;
  row.stay.execute(true);
  if (!part.empty()) {
    row.text = part;
    row.split.execute(true);
  }
  for (std::size_t task = 0; task < info.tasks.size(); ++task) {
    const auto labels = sample.labels.find(info.tasks[task].name);
    if (labels == sample.labels.end()) continue;
    row.key = static_cast<long long>(task);
    for (row.position = 0; row.position < static_cast<long long>(labels->second.size()); ++row.position) {
      row.value = labels->second[static_cast<std::size_t>(row.position)];
      if (!std::isnan(row.value)) row.label.execute(true);
    }
  }
  long long firstVariable = 0;
  for (std::size_t m = 0; m < sample.modalities.size(); ++m) {
    writeModality(sample.modalities[m], static_cast<long long>(m), firstVariable);
    firstVariable += static_cast<long long>(sample.modalities[m].variables.size());
  }
}

void CohortWriter::State::writeModality(const ModalityData& data, long long modalityId, long long firstVariable) {
  Inserter& row = *insert;
  for (std::size_t v = 0; v < data.variables.size(); ++v) {
    row.key = firstVariable + static_cast<long long>(v);
    for (const Observation& observation : data.variables[v].observations) {
      row.hour = observation.hour;
      row.value = observation.value;
      (data.kind == ModalityKind::Static ? row.staticValue : row.observation).execute(true);
    }
  }
  row.key = modalityId;
  row.position = 0;
  for (const Event& event : data.events) {
    row.hour = event.hour;
    row.text = event.code;
    row.bytes.trim(0);
    row.bytes.append(reinterpret_cast<const char*>(event.vector.data()), event.vector.size() * sizeof(float));
    row.event.execute(true);
    ++row.position;
  }
}

void CohortWriter::State::writeDocument(const StayDocument& document) {
  Inserter& row = *insert;
  row.key = static_cast<long long>(modalityOf(info, document.entry.modality));
  row.position = document.entry.position;
  row.hour = document.entry.hour;
  row.kind = storedName(document.entry.kind);
  row.text = document.entry.title;
  row.bytes.trim(0);
  row.bytes.append(document.content.data(), document.content.size());
  row.document.execute(true);
}

Result<void> CohortWriter::commit(const std::map<std::string, std::int64_t>& importCounts) {
  Result<void> written = guarded(m_state->path, [&]() -> Result<void> {
    m_state->insert.reset();
    writeImportCounts(*m_state->session, importCounts);
    m_state->session->commit();
    *m_state->session << "VACUUM";
    m_state->session.reset();
    return {};
  });
  if (!written) return written;
  return commitFile(std::exchange(m_state->temporary, {}), m_state->path);
}

}  // namespace fusemoe
