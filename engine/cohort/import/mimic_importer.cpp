#include "cohort/import/mimic_importer.h"

#include <algorithm>

#include "cohort/import/csv_preview.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/mimic_cohort.h"
#include "cohort/import/mimic_events.h"
#include "cohort/import/mimic_source.h"
#include "cohort/import/mimic_stays.h"
#include "cohort/import/variable_mapping.h"
#include "cohort/import/write_staged.h"

namespace fusemoe {
namespace {

using Widths = std::array<int, kMimicVectors.size()>;

MimicGrouping groupingOf(const ImportRequest& request) {
  return request.options.at("group") == "clinical" ? MimicGrouping::Clinical : MimicGrouping::Paper;
}

Result<MimicSource> sourceOf(const ImportRequest& request, const ProgressSink& progress, const std::stop_token& stop) {
  std::vector<std::string> tables = mimicStayTables();
  const std::vector<std::string> events = MimicEvents::tables(groupingOf(request));
  tables.insert(tables.end(), events.begin(), events.end());
  return MimicSource::open(request.options.at("dir"), tables, progress, stop);
}

}  // namespace

const ImporterInfo& mimicImporter() {
  static const ImporterInfo kInfo{
      "mimic-iv",
      "MIMIC-IV",
      "The first 48 hours of ICU stays of at least 48 hours: death in hospital, discharge within the next 48 hours, 25 "
      "conditions.",
      {{"dir", "Folder", "Folder that holds hosp/ and icu/ as PhysioNet ships MIMIC-IV 2.0 or later.",
        ImportOption::Kind::Folder},
       {"task",
        "First task",
        "ihm: death in hospital; los: leaves the ICU alive in hours 48 to 96; pheno: 25 conditions. All three are "
        "written; this one comes first and the split is balanced by it.",
        ImportOption::Kind::Choice,
        true,
        {"ihm", "los", "pheno"},
        "ihm"},
       {"group",
        "Modalities",
        "paper: the paper's 30 vitals and labs as one modality; clinical: these and 15 more in eight modalities, and "
        "the body's measures.",
        ImportOption::Kind::Choice,
        true,
        {"paper", "clinical"},
        "paper"}}};
  return kInfo;
}

Result<ImportPreview> previewMimic(const ImportRequest& request, const std::stop_token& stop) {
  const Result<MimicSource> source = sourceOf(request, {}, stop);
  if (!source) return failure(source.error());
  const CohortInfo info = mimicInfo(groupingOf(request), Widths{}, request.options.at("task"));
  const Result<VariableMapping> mapping = VariableMapping::of(info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  ImportPreview preview{mapping->info(), {}, {}};
  for (const char* table : {"icu/icustays", "icu/chartevents", "hosp/labevents"}) {
    if (stop.stop_requested()) return failure("The preview was stopped.");
    Result<PreviewTable> rows = previewCsv(table, source->path(table));
    if (!rows) return failure(rows.error());
    preview.tables.push_back(std::move(*rows));
  }
  return preview;
}

Result<ImportReport> importMimic(const ImportRequest& request, const ProgressSink& progress,
                                 const std::stop_token& stop) {
  const std::string& task = request.options.at("task");
  const CohortInfo info = mimicInfo(groupingOf(request), Widths{}, task);
  const Result<VariableMapping> mapping = VariableMapping::of(info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  Result<MimicSource> source = sourceOf(request, progress, stop);
  if (!source) return failure(source.error());
  Result<ImportStage> stage = ImportStage::create(request.output, info);
  if (!stage) return failure(stage.error());
  ImportReport report;
  const Result<MimicStays> stays = readMimicStays(*source, report.counts);
  if (!stays) return failure(stays.error());
  MimicEvents events(*stays, info, task, *stage, report.counts);
  if (auto read = events.read(*source, groupingOf(request)); !read) return failure(read.error());
  report.counts["stays.left_out.no_measurement"] = static_cast<std::int64_t>(stays->kept.size() - stage->stayCount());
  return writeStaged(*stage, *mapping, request, std::move(report), progress, stop);
}

}  // namespace fusemoe
