#include <algorithm>
#include <chrono>
#include <cmath>

#include "cohort/cohort_copy.h"
#include "cohort/cohort_store.h"
#include "cohort/import/importer.h"
#include "commands.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

/// Counts over the stay list.
struct Tally {
  std::map<std::string, std::int64_t> splits, labels;
  std::map<std::uint32_t, std::int64_t> patterns;
  std::vector<std::int64_t> present;
};

std::string labelName(const CohortTask& task, const StaySummary& stay) {
  const float value = stay.labels.empty() ? NAN : stay.labels.front();
  if (!std::isfinite(value)) return "unknown";
  if (task.kind == TaskKind::Binary) return value > 0.5F ? task.labels.front() : "not " + task.labels.front();
  return std::to_string(static_cast<int>(value));
}

Tally tally(const CohortInfo& info, const std::vector<StaySummary>& stays) {
  Tally counts;
  counts.present.resize(info.modalities.size());
  for (const StaySummary& stay : stays) {
    ++counts.splits[stay.split.empty() ? "none" : stay.split];
    ++counts.patterns[stay.present];
    if (!info.tasks.empty()) ++counts.labels[labelName(info.tasks.front(), stay)];
    for (std::size_t m = 0; m < info.modalities.size(); ++m) counts.present[m] += stay.present >> m & 1U;
  }
  return counts;
}

std::vector<std::string> patternNames(const CohortInfo& info, std::uint32_t pattern) {
  std::vector<std::string> names;
  for (std::size_t m = 0; m < info.modalities.size(); ++m)
    if (pattern >> m & 1U) names.push_back(info.modalities[m].name);
  return names;
}

ordered_json cohortDocument(const CohortInfo& info, const std::vector<StaySummary>& stays, const Tally& counts) {
  ordered_json document{{"name", info.name},
                        {"title", info.title},
                        {"schema_version", info.schemaVersion},
                        {"digest", info.digest},
                        {"window_hours", info.windowHours},
                        {"time_origin", info.timeOrigin},
                        {"attribution", info.attribution},
                        {"stays", stays.size()},
                        {"splits", counts.splits}};
  document["modalities"] = ordered_json::array();
  for (std::size_t m = 0; m < info.modalities.size(); ++m)
    document["modalities"].push_back({{"name", info.modalities[m].name},
                                      {"title", info.modalities[m].title},
                                      {"kind", nameOf(info.modalities[m].kind)},
                                      {"variables", info.modalities[m].variables.size()},
                                      {"present", counts.present[m]}});
  document["tasks"] = ordered_json::array();
  for (const CohortTask& task : info.tasks)
    document["tasks"].push_back(
        {{"name", task.name}, {"title", task.title}, {"kind", nameOf(task.kind)}, {"labels", task.labels}});
  document["labels"] = counts.labels;
  document["patterns"] = ordered_json::array();
  for (const auto& [pattern, count] : counts.patterns)
    document["patterns"].push_back({{"present", patternNames(info, pattern)}, {"n", count}});
  document["import_counts"] = info.importCounts;
  return document;
}

std::string cohortText(const CohortInfo& info, const std::vector<StaySummary>& stays, const Tally& counts) {
  std::string text = info.title + "\n" + info.description + "\n\n" + std::to_string(stays.size()) + " stays\n";
  for (const auto& [split, count] : counts.splits) text += "  " + split + " " + std::to_string(count) + "\n";
  for (const auto& [label, count] : counts.labels) text += "  " + label + " " + std::to_string(count) + "\n";
  text += "modalities\n";
  for (std::size_t m = 0; m < info.modalities.size(); ++m)
    text += "  " + info.modalities[m].name + " (" + info.modalities[m].title +
            "): " + std::to_string(counts.present[m]) + " stays\n";
  text += std::to_string(counts.patterns.size()) + " patterns of present modalities\n\n" + info.attribution + "\n";
  return text;
}

}  // namespace

int cohort(Console& console, const std::string& file) {
  auto store = CohortStore::open(file);
  if (!store) return console.fail(store.error());
  auto stays = (*store)->stays();
  if (!stays) return console.fail(stays.error());
  const CohortInfo& info = (*store)->info();
  const Tally counts = tally(info, *stays);
  return console.answer(cohortDocument(info, *stays, counts), cohortText(info, *stays, counts));
}

int copyCohort(Console& console, const std::string& from, const std::string& to) {
  const auto begun = std::chrono::steady_clock::now();
  auto report = fusemoe::copyCohort(from, to, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return console.answer({{"output", report->output},
                         {"stays", report->stays},
                         {"values", report->values},
                         {"documents", report->documents},
                         {"seconds", seconds}},
                        report->output + ": " + std::to_string(report->stays) + " stays, " +
                            std::to_string(report->values) + " values, " + std::to_string(report->documents) +
                            " documents\n");
}

int import(Console& console, const std::string& importer, const ImportArguments& arguments) {
  ImportRequest request{importer, {}, {}, arguments.out, arguments.seed};
  for (const auto& [name, value] : arguments.options.at(importer))
    if (!value.empty()) request.options[name] = value;
  for (const std::string& pair : arguments.map) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      return console.fail({"--map takes VARIABLE=MODALITY, not '" + pair + "'.", "", ""});
    request.modalityOf[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  auto report = runImport(request, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  std::string text = report->output + ": " + std::to_string(report->bytes) + " bytes\n";
  for (const auto& [what, count] : report->counts) text += "  " + what + " " + std::to_string(count) + "\n";
  for (const std::string& note : report->notes) text += note + "\n";
  return console.answer(
      {{"output", report->output}, {"bytes", report->bytes}, {"counts", report->counts}, {"notes", report->notes}},
      text);
}

int generateIcu(Console& console, const GenerateArguments& arguments) {
  IcuRequest request = arguments.icu;
  if (arguments.full) {
    request.textWidth = 768;
    request.cxrWidth = 1024;
    request.ecgWidth = 256;
  }
  auto report = fusemoe::generateIcu(request, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  std::string text = report->output + ": a synthetic cohort\n";
  for (const auto& [what, count] : report->counts) text += "  " + what + " " + std::to_string(count) + "\n";
  return console.answer({{"output", report->output}, {"synthetic", true}, {"counts", report->counts}}, text);
}

}  // namespace fusemoe::cli
