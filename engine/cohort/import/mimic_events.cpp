#include "cohort/import/mimic_events.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cohort/import/variable_mapping.h"

namespace fusemoe {
namespace {

constexpr double kSecondsPerHour = 3600;

/// Columns of every table, in this order.
enum Column : std::size_t { kItem, kOwner, kTime, kValue, kUnit };

const MimicVariable& variableNamed(std::string_view name) {
  return *std::ranges::find(mimicVariables(), name, &MimicVariable::name);
}

std::string_view modalityOf(const MimicVariable& variable, MimicGrouping grouping) {
  return grouping == MimicGrouping::Paper ? variable.paper : variable.clinical;
}

constexpr std::pair<MimicTable, const char*> kTables[] = {{MimicTable::ChartEvents, "icu/chartevents"},
                                                          {MimicTable::LabEvents, "hosp/labevents"},
                                                          {MimicTable::OutputEvents, "icu/outputevents"}};

}  // namespace

MimicEvents::MimicEvents(const MimicStays& stays, const CohortInfo& info, const std::string& firstTask,
                         ImportStage& stage, std::map<std::string, std::int64_t>& counts)
    : m_stays(stays),
      m_info(info),
      m_firstTask(firstTask),
      m_stage(stage),
      m_counts(counts),
      m_staged(stays.kept.size(), false) {
  for (const MimicItem& item : mimicItems()) {
    const auto index = variableIndex(info, item.variable);
    if (!index) continue;
    const auto number = static_cast<std::size_t>(item.id);
    if (number >= m_places.size()) m_places.resize(number + 1);
    const MimicVariable& variable = variableNamed(item.variable);
    m_places[number] = {&item, &variable, *index, variable.clinical == "body"};
    // Readings: the first of the file stands. Urine from several outlets adds up.
    if (item.table == MimicTable::OutputEvents) stage.setRepeatPolicy(*index, RepeatPolicy::Sum);
  }
}

std::vector<std::string> MimicEvents::tables(MimicGrouping grouping) {
  std::vector<std::string> names;
  for (const auto& [table, name] : kTables)
    if (std::ranges::any_of(mimicItems(), [&](const MimicItem& item) {
          return item.table == table && !modalityOf(variableNamed(item.variable), grouping).empty();
        }))
      names.emplace_back(name);
  return names;
}

Result<void> MimicEvents::read(MimicSource& source, MimicGrouping grouping) {
  for (const std::string& path : tables(grouping)) {
    Table table;
    table.path = path;
    table.name = path.substr(path.find('/') + 1);
    table.byPerson = table.name == "labevents";
    table.value = table.name == "outputevents" ? "value" : "valuenum";
    if (auto done = readTable(source, table); !done) return done;
  }
  return {};
}

Result<void> MimicEvents::readTable(MimicSource& source, Table& table) {
  const std::string owner = table.byPerson ? "subject_id" : "stay_id";
  const auto rows = source.eachRow(table.path, {"itemid", owner, "charttime", table.value, "valueuom"},
                                   [&](const CsvReader& csv) { return takeRow(csv, table); });
  if (!rows) return failure(rows.error());
  const std::string prefix = "rows." + table.name + ".";
  const std::pair<const char*, std::int64_t> counts[] = {
      {"other_item", table.otherItem},  {table.byPerson ? "no_stay" : "unknown_stay", table.unknownStay},
      {"stay_left_out", table.leftOut}, {"outside_window", table.outside},
      {"empty", table.empty},           {"no_number", table.noNumber},
      {"no_time", table.noTime}};
  m_counts[prefix + "total"] = *rows;
  for (const auto& [name, count] : counts)
    if (count > 0) m_counts[prefix + name] = count;
  return {};
}

Result<void> MimicEvents::takeRow(const CsvReader& csv, Table& table) {
  const std::string_view text = csv.text(kItem);
  std::size_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size() || number >= m_places.size() || !m_places[number].item) {
    ++table.otherItem;
    return {};
  }
  const Place& place = m_places[number];
  const Result<std::int64_t> owner = csv.integer(kOwner);
  if (!owner) return failure(owner.error());
  std::optional<std::size_t> stay;
  if (!table.byPerson) {
    const auto found = m_stays.byId.find(*owner);
    if (found == m_stays.byId.end()) {
      ++(m_stays.leftOut.contains(*owner) ? table.leftOut : table.unknownStay);
      return {};
    }
    stay = found->second;
  } else if (!m_stays.bySubject.contains(*owner)) {
    ++table.unknownStay;
    return {};
  }
  const auto time = mimicTime(csv.text(kTime));
  if (!time) {
    ++table.noTime;
    return {};
  }
  if (table.byPerson) stay = stayOfPerson(*owner, *time);
  if (!stay || *time < m_stays.kept[*stay].in || *time > m_stays.kept[*stay].windowEnd) {
    ++table.outside;
    return {};
  }
  return takeValue(csv, table, place, *stay, *time);
}

std::optional<std::size_t> MimicEvents::stayOfPerson(std::int64_t subject, std::int64_t time) const {
  for (const std::size_t position : m_stays.bySubject.at(subject)) {
    const MimicStay& stay = m_stays.kept[position];
    if (time >= stay.in && time <= stay.windowEnd) return position;
  }
  return std::nullopt;
}

Result<void> MimicEvents::takeValue(const CsvReader& csv, Table& table, const Place& place, std::size_t stay,
                                    std::int64_t time) {
  if (csv.text(kValue).empty()) {
    ++table.empty;
    return {};
  }
  const Result<std::optional<double>> number = csv.number(kValue);
  if (!number || !*number) {
    ++table.noNumber;
    return {};
  }
  const auto value = inVariableUnit(*place.variable, *place.item, **number, csv.text(kUnit));
  if (!value) {
    ++m_counts["rows.unit." + std::string(place.variable->name)];
    return {};
  }
  if (!(*value >= place.variable->low && *value <= place.variable->high)) {
    ++m_counts["rows.implausible." + std::string(place.variable->name)];
    return {};
  }
  if (auto announced = announce(stay); !announced) return announced;
  const MimicStay& owner = m_stays.kept[stay];
  const auto hour = place.isStatic ? 0.0F : static_cast<float>(static_cast<double>(time - owner.in) / kSecondsPerHour);
  return m_stage.addObservation(owner.id, place.index, hour, static_cast<float>(*value));
}

Result<void> MimicEvents::announce(std::size_t stay) {
  if (m_staged[stay]) return {};
  m_staged[stay] = true;
  const MimicStay& known = m_stays.kept[stay];
  return m_stage.addStay(stagedStay(known, m_firstTask))
      .and_then([&] { return addStatic(known, "age", known.age); })
      .and_then([&] { return addStatic(known, "sex", known.male ? 1 : 0); });
}

Result<void> MimicEvents::addStatic(const MimicStay& stay, std::string_view variable, double value) {
  const auto index = variableIndex(m_info, variable);
  if (!index) return {};
  ++m_counts["rows.patients.values"];
  return m_stage.addObservation(stay.id, *index, 0, static_cast<float>(value));
}

}  // namespace fusemoe
