#include "cohort/content_digest.h"

#include <cmath>

#include "cohort/schema.h"

namespace fusemoe {
namespace {

constexpr std::size_t kPendingBytes = 1 << 16;

}  // namespace

ContentDigest::ContentDigest(const CohortInfo& info) {
  tag('C');
  integer(kCohortSchemaVersion);
  for (const std::string* field :
       {&info.name, &info.title, &info.description, &info.attribution, &info.timeUnit, &info.timeOrigin})
    text(*field);
  real(info.windowHours);
  for (const CohortModality& modality : info.modalities) {
    tag('M');
    text(modality.name);
    text(modality.title);
    text(storedName(modality.kind));
    integer(modality.width);
    for (const CohortVariable& variable : modality.variables) {
      tag('V');
      text(variable.name);
      text(variable.title);
      text(variable.unit);
      real(variable.referenceLow);
      real(variable.referenceHigh);
    }
  }
  for (const CohortTask& task : info.tasks) {
    tag('T');
    text(task.name);
    text(task.title);
    text(storedName(task.kind));
    for (const std::string& label : task.labels) {
      tag('L');
      text(label);
    }
  }
}

void ContentDigest::add(StayTable table, const StayRow& row) {
  tag(static_cast<char>(table));
  integer(row.stayId);
  if (table != StayTable::Split) integer(row.key);
  if (table == StayTable::Label || table == StayTable::Event || table == StayTable::Document) integer(row.position);
  if (table == StayTable::Observation || table == StayTable::Event || table == StayTable::Document) real(row.hour);
  if (table == StayTable::Label || table == StayTable::Observation || table == StayTable::StaticValue) real(row.value);
  if (table == StayTable::Document) text(row.kind);
  if (table == StayTable::Split || table == StayTable::Event || table == StayTable::Document) text(row.text);
  if (table == StayTable::Event || table == StayTable::Document) text(row.bytes);
  if (m_pending.size() >= kPendingBytes) flush();
}

std::string ContentDigest::finish(const std::map<std::string, std::int64_t>& importCounts) {
  for (const auto& [reason, count] : importCounts) {
    tag('N');
    text(reason);
    integer(count);
  }
  flush();
  return m_sha.hex();
}

void ContentDigest::integer(long long value) {
  m_pending.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void ContentDigest::real(double value) {
  // One NaN and one zero, whatever their bits: SQLite keeps neither NaN nor the sign of zero.
  const double kept = std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value + 0.0;
  m_pending.append(reinterpret_cast<const char*>(&kept), sizeof kept);
}

void ContentDigest::text(std::string_view value) {
  integer(static_cast<long long>(value.size()));
  if (value.size() < kPendingBytes) {
    m_pending += value;
    return;
  }
  flush();
  m_sha.add(value);
}

void ContentDigest::flush() {
  m_sha.add(m_pending);
  m_pending.clear();
}

}  // namespace fusemoe
