#include "cohort/cohort_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/database_url.h"
#include "cohort/cohort_target.h"
#include "cohort/content_digest.h"
#include "cohort/database.h"
#include "cohort/info_tables.h"
#include "cohort/schema.h"

namespace fusemoe {

static_assert(std::endian::native == std::endian::little, "vectors are stored little-endian, as they lie in memory");

namespace {

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
  State(std::string location, CohortInfo description, std::unique_ptr<CohortTarget> opened)
      : shown(std::move(location)), info(std::move(description)), target(std::move(opened)), digest(info) {}

  void write(StayTable table) {
    digest.add(table, row);
    target->rows().write(table, row);
  }
  void writeStay(const Sample& sample, const std::string& part);
  void writeModality(const ModalityData& data, long long modalityId, long long firstVariable);
  void writeDocument(const StayDocument& document);

  std::string shown;  ///< the location as messages name it
  CohortInfo info;
  std::unique_ptr<CohortTarget> target;
  ContentDigest digest;
  long long lastStay = std::numeric_limits<long long>::min();
  StayRow row;  ///< being written
};

CohortWriter::CohortWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
CohortWriter::CohortWriter(CohortWriter&&) noexcept = default;
CohortWriter& CohortWriter::operator=(CohortWriter&&) noexcept = default;
CohortWriter::~CohortWriter() = default;

Result<CohortWriter> CohortWriter::create(const std::string& location, const CohortInfo& info) {
  const std::string shown = withoutPassword(location);
  if (auto checked = checkInfo(info, shown); !checked) return failure(checked.error());
  return guarded(shown, [&]() -> Result<CohortWriter> {
    auto target = isDatabaseUrl(location) ? createPostgresTarget(location) : createSqliteTarget(location);
    writeInfo(target->session(), info);
    return CohortWriter(std::make_unique<State>(shown, info, std::move(target)));
  });
}

Result<void> CohortWriter::add(const Sample& sample, const std::string& part, std::span<const StayDocument> documents) {
  if (!part.empty() && !isSplitPart(part)) return refused(sample, "there is no part \"" + part + "\"");
  if (sample.stayId <= m_state->lastStay) return refused(sample, "ids must ascend");
  if (const std::string fault = faultOf(sample, m_state->info); !fault.empty()) return refused(sample, fault);
  if (const std::string fault = faultOf(documents, m_state->info); !fault.empty()) return refused(sample, fault);
  return guarded(m_state->shown, [&]() -> Result<void> {
    m_state->writeStay(sample, part);
    for (const StayDocument& document : documents) m_state->writeDocument(document);
    return {};
  });
}

void CohortWriter::State::writeStay(const Sample& sample, const std::string& part) {
  lastStay = sample.stayId;
  row = {};
  row.stayId = sample.stayId;
  for (std::size_t m = 0; m < sample.modalities.size(); ++m)
    if (sample.modalities[m].present()) row.key |= 1LL << m;
  write(StayTable::Stay);
  if (!part.empty()) {
    row.text = part;
    write(StayTable::Split);
  }
  for (std::size_t task = 0; task < info.tasks.size(); ++task) {
    const auto labels = sample.labels.find(info.tasks[task].name);
    if (labels == sample.labels.end()) continue;
    row.key = static_cast<long long>(task);
    for (row.position = 0; row.position < static_cast<long long>(labels->second.size()); ++row.position) {
      row.value = labels->second[static_cast<std::size_t>(row.position)];
      if (!std::isnan(row.value)) write(StayTable::Label);
    }
  }
  long long firstVariable = 0;
  for (std::size_t m = 0; m < sample.modalities.size(); ++m) {
    writeModality(sample.modalities[m], static_cast<long long>(m), firstVariable);
    firstVariable += static_cast<long long>(sample.modalities[m].variables.size());
  }
}

void CohortWriter::State::writeModality(const ModalityData& data, long long modalityId, long long firstVariable) {
  for (std::size_t v = 0; v < data.variables.size(); ++v) {
    row.key = firstVariable + static_cast<long long>(v);
    for (const Observation& observation : data.variables[v].observations) {
      row.hour = observation.hour;
      row.value = observation.value;
      write(data.kind == ModalityKind::Static ? StayTable::StaticValue : StayTable::Observation);
    }
  }
  row.key = modalityId;
  row.position = 0;
  for (const Event& event : data.events) {
    row.hour = event.hour;
    row.text = event.code;
    row.bytes = {reinterpret_cast<const char*>(event.vector.data()), event.vector.size() * sizeof(float)};
    write(StayTable::Event);
    ++row.position;
  }
}

void CohortWriter::State::writeDocument(const StayDocument& document) {
  row.key = static_cast<long long>(modalityOf(info, document.entry.modality));
  row.position = document.entry.position;
  row.hour = document.entry.hour;
  row.kind = storedName(document.entry.kind);
  row.text = document.entry.title;
  row.bytes = document.content;
  write(StayTable::Document);
}

Result<void> CohortWriter::commit(const std::map<std::string, std::int64_t>& importCounts,
                                  const std::string& expectedDigest) {
  return guarded(m_state->shown, [&]() -> Result<void> {
    const std::string digest = m_state->digest.finish(importCounts);
    if (!expectedDigest.empty() && digest != expectedDigest)
      return failure("The cohort was changed after it was written: its content is not what its digest says.",
                     "Nothing was written. Import it again.", digest + ", not " + expectedDigest);
    writeCounts(m_state->target->session(), importCounts, digest);
    return m_state->target->finish();
  });
}

}  // namespace fusemoe
