#include "cohort/import/mimic_importer.h"

#include <algorithm>

#include "cohort/import/csv_preview.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/mimic_cohort.h"
#include "cohort/import/mimic_events.h"
#include "cohort/import/mimic_source.h"
#include "cohort/import/mimic_stays.h"
#include "cohort/import/mimic_vectors.h"
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

ImportOption vectorsOption(std::size_t kind, const std::string& what) {
  return {kMimicVectors[kind].option, kMimicVectors[kind].title,
          what +
              " A .npz or .safetensors file with stay_id, hour and vector, or X.npy with X.stay_id.npy and X.hour.npy "
              "beside it.",
          ImportOption::Kind::File, false};
}

/// The files of vectors that are given, one place each of kMimicVectors.
using VectorFiles = std::array<std::optional<MimicVectors>, kMimicVectors.size()>;

Result<VectorFiles> vectorFiles(const ImportRequest& request, const std::stop_token& stop) {
  VectorFiles files;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto path = request.options.find(kMimicVectors[i].option);
    if (path == request.options.end() || path->second.empty()) continue;
    Result<MimicVectors> opened = MimicVectors::open(path->second, request.output, stop);
    if (!opened) return failure(opened.error());
    files[i] = std::move(*opened);
  }
  return files;
}

CohortInfo infoOf(const ImportRequest& request, const VectorFiles& files) {
  Widths widths{};
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i]) widths[i] = files[i]->width();
  return mimicInfo(groupingOf(request), widths, request.options.at("task"));
}

std::vector<std::string> widthNotes(const VectorFiles& files) {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i] && files[i]->width() != kMimicVectors[i].paperWidth)
      notes.push_back(std::string(kMimicVectors[i].title) + ": vectors of " + std::to_string(files[i]->width()) +
                      " numbers, where the paper has " + std::to_string(kMimicVectors[i].paperWidth) + ".");
  return notes;
}

/// Vectors come last: only now it is known which stays have a measurement at all.
Result<void> addVectors(VectorFiles& files, const CohortInfo& info, ImportStage& stage,
                        std::map<std::string, std::int64_t>& counts, const std::stop_token& stop) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!files[i]) continue;
    const std::string name = kMimicVectors[i].modality;
    const auto isKept = [&stage](std::int64_t stay) { return stage.hasStay(stay); };
    if (auto added = files[i]->addTo(stage, *modalityIndex(info, name), name, isKept, counts, stop); !added)
      return added;
  }
  return {};
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
        "paper"},
       vectorsOption(0, "Vectors of notes (the paper: BioClinicalBERT, 768 numbers)."),
       vectorsOption(1, "Vectors of chest X-rays (the paper: DenseNet-121, 1024 numbers)."),
       vectorsOption(2, "Vectors of ECGs (the paper: an autoencoder, 256 numbers).")}};
  return kInfo;
}

Result<ImportPreview> previewMimic(const ImportRequest& request, const std::stop_token& stop) {
  const Result<MimicSource> source = sourceOf(request, {}, stop);
  if (!source) return failure(source.error());
  const Result<VectorFiles> vectors = vectorFiles(request, stop);
  if (!vectors) return failure(vectors.error());
  const Result<VariableMapping> mapping = VariableMapping::of(infoOf(request, *vectors), request.modalityOf);
  if (!mapping) return failure(mapping.error());
  ImportPreview preview{mapping->info(), {}, widthNotes(*vectors)};
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
  Result<VectorFiles> vectors = vectorFiles(request, stop);
  if (!vectors) return failure(vectors.error());
  const CohortInfo info = infoOf(request, *vectors);
  const Result<VariableMapping> mapping = VariableMapping::of(info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  Result<MimicSource> source = sourceOf(request, progress, stop);
  if (!source) return failure(source.error());
  Result<ImportStage> stage = ImportStage::create(request.output, info);
  if (!stage) return failure(stage.error());
  ImportReport report;
  report.notes = widthNotes(*vectors);
  const Result<MimicStays> stays = readMimicStays(*source, report.counts);
  if (!stays) return failure(stays.error());
  MimicEvents events(*stays, info, request.options.at("task"), *stage, report.counts);
  if (auto read = events.read(*source, groupingOf(request)); !read) return failure(read.error());
  if (auto added = addVectors(*vectors, info, *stage, report.counts, stop); !added) return failure(added.error());
  report.counts["stays.left_out.no_measurement"] = static_cast<std::int64_t>(stays->kept.size() - stage->stayCount());
  return writeStaged(*stage, *mapping, request, std::move(report), progress, stop);
}

}  // namespace fusemoe
