#include "cohort/import/importer.h"

#include <algorithm>

#include "cohort/import/import_eicu.h"
#include "cohort/import/import_nafld.h"
#include "cohort/import/import_physionet.h"
#include "cohort/import/import_tidy.h"
#include "cohort/import/mimic_importer.h"

namespace fusemoe {
namespace {

/// The importers' entries, in the order of `importers()`.
struct Entry {
  const ImporterInfo& (*info)();
  Result<ImportPreview> (*preview)(const ImportRequest&, const std::stop_token&);
  Result<ImportReport> (*run)(const ImportRequest&, const ProgressSink&, const std::stop_token&);
};

constexpr Entry kEntries[] = {
    {physionetImporter, previewPhysionet, importPhysionet},
    {mimicImporter, previewMimic, importMimic},
    {eicuImporter, previewEicu, importEicu},
    {nafldImporter, previewNafld, importNafld},
    {tidyImporter, previewTidy, importTidy},
};

const Entry* entryNamed(std::string_view name) {
  const auto found = std::ranges::find_if(kEntries, [&](const Entry& entry) { return entry.info().name == name; });
  return found == std::end(kEntries) ? nullptr : found;
}

Result<const Entry*> entryFor(const ImportRequest& request) {
  const Entry* entry = entryNamed(request.importer);
  if (!entry) {
    std::string known;
    for (const ImporterInfo& info : importers()) known += (known.empty() ? "" : ", ") + info.name;
    return failure("There is no importer '" + request.importer + "'.", "There are: " + known + ".");
  }
  const auto& options = entry->info().options;
  for (const auto& [name, value] : request.options) {
    const auto option = std::ranges::find(options, name, &ImportOption::name);
    if (option == options.end()) return failure("The importer " + request.importer + " has no option '" + name + "'.");
    if (option->kind == ImportOption::Kind::Choice && !value.empty() && !std::ranges::count(option->choices, value))
      return failure("'" + value + "' is no choice of " + option->title + ".", option->help);
  }
  for (const ImportOption& option : options) {
    const auto given = request.options.find(option.name);
    if (option.required && option.initial.empty() && (given == request.options.end() || given->second.empty()))
      return failure("'" + option.title + "' is missing.", option.help);
  }
  return entry;
}

/// The request with the initial values filled in.
ImportRequest completed(const ImportRequest& request, const ImporterInfo& info) {
  ImportRequest full = request;
  for (const ImportOption& option : info.options)
    if (std::string& value = full.options[option.name]; value.empty()) value = option.initial;
  return full;
}

}  // namespace

std::span<const ImporterInfo> importers() {
  static const std::vector<ImporterInfo> kInfos = [] {
    std::vector<ImporterInfo> infos;
    for (const Entry& entry : kEntries) infos.push_back(entry.info());
    return infos;
  }();
  return kInfos;
}

const ImporterInfo* importerNamed(std::string_view name) {
  const Entry* entry = entryNamed(name);
  return entry ? &entry->info() : nullptr;
}

Result<ImportPreview> previewImport(const ImportRequest& request, const std::stop_token& stop) {
  return entryFor(request).and_then(
      [&](const Entry* entry) { return entry->preview(completed(request, entry->info()), stop); });
}

Result<ImportReport> runImport(const ImportRequest& request, const ProgressSink& progress,
                               const std::stop_token& stop) {
  return entryFor(request).and_then(
      [&](const Entry* entry) { return entry->run(completed(request, entry->info()), progress, stop); });
}

}  // namespace fusemoe
