#include "cohort/info_tables.h"

#include <soci/soci.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <type_traits>

#include "cohort/database.h"
#include "cohort/schema.h"

namespace fusemoe {
namespace {

using Meta = std::map<std::string, std::string>;

constexpr std::string_view kCountPrefix = "import.";
const std::string kDigestKey = "content_sha256";
constexpr int kMaxWidth = 1 << 20;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

tl::unexpected<Error> contradiction(const std::string& path, const std::string& what) {
  return failure(path + ": " + what, "Import the cohort again.");
}

template <class Number>
std::optional<Number> parse(const std::string& text) {
  Number value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string shortest(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

Meta readMeta(soci::session& session) {
  Meta meta;
  const soci::rowset<soci::row> rows = (session.prepare << "SELECT key, value FROM meta ORDER BY key");
  for (const soci::row& row : rows) meta[row.get<std::string>(0)] = row.get<std::string>(1);
  return meta;
}

/// The tables there are, by name: the CREATE statements of a file, the columns on a server.
std::map<std::string, std::string> existingTables(soci::session& session) {
  static const std::string kFile = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL";
  static const std::string kServer =
      "SELECT CAST(c.relname AS text), string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE "
      "WHEN "
      "a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum) FROM pg_class c JOIN pg_namespace n ON n.oid "
      "= c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid WHERE n.nspname = current_schema() AND c.relkind = "
      "'r' AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname";
  std::map<std::string, std::string> tables;
  std::string name, description;
  soci::statement rows =
      (session.prepare << (isPostgres(session) ? kServer : kFile), soci::into(name), soci::into(description));
  rows.execute();
  while (rows.fetch()) tables[name] = description;
  return tables;
}

Result<void> checkVersion(const Meta& meta, const std::string& path) {
  const auto entry = meta.find("schema_version");
  if (entry == meta.end()) return contradiction(path, "it does not say which schema version it has.");
  const std::optional<int> version = parse<int>(entry->second);
  if (!version || *version < 1)
    return contradiction(path, "its schema version \"" + entry->second + "\" is no number.");
  if (*version > kCohortSchemaVersion)
    return failure(path + " has schema version " + entry->second + "; this program reads up to " +
                       std::to_string(kCohortSchemaVersion) + ".",
                   "Update FuseMoE Explorer, or import the cohort with this version.");
  return {};
}

Result<void> checkTables(soci::session& session, const std::string& path) {
  const auto existing = existingTables(session);
  if (!existing.contains("meta"))
    return failure(path + " is a database, but not a cohort: it has no table meta.",
                   "Choose one written by `fusemoe import`.");
  if (auto version = checkVersion(readMeta(session), path); !version) return version;
  for (const CohortTable& table : cohortTables()) {
    const auto found = existing.find(std::string(table.name));
    if (found == existing.end()) return contradiction(path, "the table " + std::string(table.name) + " is missing.");
    if (found->second != (isPostgres(session) ? postgresColumns(table) : sqliteCreate(table)))
      return failure(path + ": the table " + std::string(table.name) + " has other columns than schema version " +
                         std::to_string(kCohortSchemaVersion) + ".",
                     "Import the cohort again.", found->second);
  }
  return {};
}

Result<void> fillFromMeta(const Meta& meta, const std::string& path, CohortInfo& info) {
  const auto text = [&meta](const std::string& key) {
    const auto found = meta.find(key);
    return found == meta.end() ? std::string() : found->second;
  };
  info.name = text("name");
  info.title = text("title");
  info.description = text("description");
  info.attribution = text("attribution");
  info.timeUnit = text("time_unit");
  info.timeOrigin = text("time_origin");
  info.schemaVersion = *parse<int>(text("schema_version"));
  const std::optional<double> window = parse<double>(text("window_hours"));
  if (!window) return contradiction(path, "its window_hours \"" + text("window_hours") + "\" is no number.");
  info.windowHours = *window;
  info.digest = text(kDigestKey);
  if (!info.digest.empty() &&
      (info.digest.size() != 64 || info.digest.find_first_not_of("0123456789abcdef") != std::string::npos))
    return contradiction(path, "its " + kDigestKey + " is no SHA-256.");
  for (const auto& [key, value] : meta) {
    if (!key.starts_with(kCountPrefix)) continue;
    const std::optional<std::int64_t> count = parse<std::int64_t>(value);
    if (!count) return contradiction(path, "the count " + key + " is no number.");
    info.importCounts[key.substr(kCountPrefix.size())] = *count;
  }
  return {};
}

Result<void> readModalities(soci::session& session, const std::string& path, CohortInfo& info) {
  long long id = 0, width = 0;
  std::string name, title, kind;
  soci::statement rows =
      (session.prepare << "SELECT modality_id, name, title, kind, width FROM modality ORDER BY modality_id",
       soci::into(id), soci::into(name), soci::into(title), soci::into(kind), soci::into(width));
  rows.execute();
  while (rows.fetch()) {
    if (id != static_cast<long long>(info.modalities.size()))
      return contradiction(path, "the modalities are not numbered from 0 without a gap.");
    const auto known = modalityKindFromStored(kind);
    if (!known) return contradiction(path, "the modality " + name + " has the unknown kind \"" + kind + "\".");
    if (width < 0 || width > kMaxWidth) return contradiction(path, "the modality " + name + " has an absurd width.");
    info.modalities.push_back({name, title, *known, static_cast<int>(width), {}});
  }
  return {};
}

Result<void> readVariables(soci::session& session, const std::string& path, CohortInfo& info) {
  long long id = 0, modality = 0, expected = 0, last = 0;
  double low = 0, high = 0;
  soci::indicator hasLow = soci::i_null, hasHigh = soci::i_null;
  std::string name, title, unit;
  soci::statement rows = (session.prepare << "SELECT variable_id, modality_id, name, title, unit, reference_low, "
                                             "reference_high FROM variable ORDER BY variable_id",
                          soci::into(id), soci::into(modality), soci::into(name), soci::into(title), soci::into(unit),
                          soci::into(low, hasLow), soci::into(high, hasHigh));
  rows.execute();
  while (rows.fetch()) {
    if (id != expected++ || modality < last || modality >= static_cast<long long>(info.modalities.size()))
      return contradiction(path, "the variable " + name + " is out of order or belongs to no modality.");
    last = modality;
    info.modalities[static_cast<std::size_t>(modality)].variables.push_back(
        {name, title, unit, hasLow == soci::i_ok ? low : kNone, hasHigh == soci::i_ok ? high : kNone});
  }
  return {};
}

Result<void> readTasks(soci::session& session, const std::string& path, CohortInfo& info) {
  long long id = 0, position = 0;
  std::string name, title, kind;
  soci::statement tasks = (session.prepare << "SELECT task_id, name, title, kind FROM task ORDER BY task_id",
                           soci::into(id), soci::into(name), soci::into(title), soci::into(kind));
  tasks.execute();
  while (tasks.fetch()) {
    const auto known = taskKindFromStored(kind);
    if (!known || id != static_cast<long long>(info.tasks.size()))
      return contradiction(path, "the task " + name + " is of unknown kind or out of order.");
    info.tasks.push_back({name, title, *known, {}});
  }
  soci::statement labels =
      (session.prepare << "SELECT task_id, position, name FROM task_label ORDER BY task_id, position", soci::into(id),
       soci::into(position), soci::into(name));
  labels.execute();
  while (labels.fetch()) {
    if (id < 0 || id >= static_cast<long long>(info.tasks.size()))
      return contradiction(path, "the label " + name + " belongs to no task.");
    auto& names = info.tasks[static_cast<std::size_t>(id)].labels;
    if (position != static_cast<long long>(names.size()))
      return contradiction(path, "the labels of " + info.tasks[static_cast<std::size_t>(id)].name + " have a gap.");
    names.push_back(name);
  }
  return {};
}

void put(soci::session& session, const std::string& key, const std::string& value) {
  session << "INSERT INTO meta(key, value) VALUES(:key, :value)", soci::use(key), soci::use(value);
}

void writeModality(soci::session& session, const CohortModality& modality, int id, int& variableId) {
  const std::string kind(storedName(modality.kind));
  session << "INSERT INTO modality(modality_id, name, title, kind, width) VALUES(:id, :name, :title, :kind, :width)",
      soci::use(id), soci::use(modality.name), soci::use(modality.title), soci::use(kind), soci::use(modality.width);
  for (const CohortVariable& variable : modality.variables) {
    soci::indicator hasLow = std::isnan(variable.referenceLow) ? soci::i_null : soci::i_ok;
    soci::indicator hasHigh = std::isnan(variable.referenceHigh) ? soci::i_null : soci::i_ok;
    session << "INSERT INTO variable(variable_id, modality_id, name, title, unit, reference_low, reference_high) "
               "VALUES(:id, :modality, :name, :title, :unit, :low, :high)",
        soci::use(variableId), soci::use(id), soci::use(variable.name), soci::use(variable.title),
        soci::use(variable.unit), soci::use(variable.referenceLow, hasLow), soci::use(variable.referenceHigh, hasHigh);
    ++variableId;
  }
}

void writeTask(soci::session& session, const CohortTask& task, int id) {
  const std::string kind(storedName(task.kind));
  session << "INSERT INTO task(task_id, name, title, kind) VALUES(:id, :name, :title, :kind)", soci::use(id),
      soci::use(task.name), soci::use(task.title), soci::use(kind);
  for (int position = 0; position < static_cast<int>(task.labels.size()); ++position)
    session << "INSERT INTO task_label(task_id, position, name) VALUES(:id, :position, :name)", soci::use(id),
        soci::use(position), soci::use(task.labels[static_cast<std::size_t>(position)]);
}

Result<void> checkModality(const CohortModality& modality, const std::string& path) {
  const bool vectors = modality.kind == ModalityKind::Vectors;
  if (vectors ? modality.width < 1 || modality.width > kMaxWidth : modality.width != 0)
    return contradiction(path,
                         "the modality " + modality.name + " has the width " + std::to_string(modality.width) + ".");
  if (vectors != modality.variables.empty())
    return contradiction(path,
                         "the modality " + modality.name + (vectors ? " must have no" : " needs a") + " variable.");
  std::set<std::string> names;
  for (const CohortVariable& variable : modality.variables)
    if (variable.name.empty() || !names.insert(variable.name).second)
      return contradiction(path, "two variables of " + modality.name + " have the name \"" + variable.name + "\".");
  return {};
}

}  // namespace

Result<CohortInfo> readInfo(soci::session& session, const std::string& path) {
  CohortInfo info;
  return checkTables(session, path)
      .and_then([&] { return fillFromMeta(readMeta(session), path, info); })
      .and_then([&] { return readModalities(session, path, info); })
      .and_then([&] { return readVariables(session, path, info); })
      .and_then([&] { return readTasks(session, path, info); })
      .and_then([&] { return checkInfo(info, path); })
      .map([&] { return std::move(info); });
}

Result<void> checkInfo(const CohortInfo& info, const std::string& path) {
  if (!std::isfinite(info.windowHours) || info.windowHours <= 0)
    return contradiction(path, "its window is not a positive number of hours.");
  if (info.modalities.empty() || info.modalities.size() > kMaxModalities)
    return contradiction(path, "it has " + std::to_string(info.modalities.size()) + " modalities; 1 to " +
                                   std::to_string(kMaxModalities) + " are possible.");
  std::set<std::string> names;
  for (const CohortModality& modality : info.modalities) {
    if (modality.name.empty() || !names.insert(modality.name).second)
      return contradiction(path, "two modalities have the name \"" + modality.name + "\".");
    if (auto checked = checkModality(modality, path); !checked) return checked;
  }
  names.clear();
  for (const CohortTask& task : info.tasks)
    if (task.name.empty() || task.labels.empty() || !names.insert(task.name).second)
      return contradiction(path, "the task \"" + task.name + "\" is there twice or has no label.");
  return {};
}

void writeInfo(soci::session& session, const CohortInfo& info) {
  put(session, "schema_version", std::to_string(kCohortSchemaVersion));
  put(session, "name", info.name);
  put(session, "title", info.title);
  put(session, "description", info.description);
  put(session, "attribution", info.attribution);
  put(session, "window_hours", shortest(info.windowHours));
  put(session, "time_unit", info.timeUnit);
  put(session, "time_origin", info.timeOrigin);
  int variableId = 0;
  for (int id = 0; id < static_cast<int>(info.modalities.size()); ++id)
    writeModality(session, info.modalities[static_cast<std::size_t>(id)], id, variableId);
  for (int id = 0; id < static_cast<int>(info.tasks.size()); ++id)
    writeTask(session, info.tasks[static_cast<std::size_t>(id)], id);
}

void writeCounts(soci::session& session, const std::map<std::string, std::int64_t>& counts, const std::string& digest) {
  put(session, kDigestKey, digest);
  for (const auto& [reason, count] : counts) put(session, std::string(kCountPrefix) + reason, std::to_string(count));
}

}  // namespace fusemoe
