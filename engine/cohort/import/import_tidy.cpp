#include "cohort/import/import_tidy.h"

#include <limits>

#include "cohort/import/csv_preview.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/tidy_layout.h"
#include "cohort/import/tidy_reader.h"
#include "cohort/import/variable_mapping.h"
#include "cohort/import/write_staged.h"

namespace fusemoe {
namespace {

RepeatPolicy policyNamed(const std::string& name) {
  return name == "last"   ? RepeatPolicy::Last
         : name == "mean" ? RepeatPolicy::Mean
         : name == "sum"  ? RepeatPolicy::Sum
                          : RepeatPolicy::First;
}

}  // namespace

const ImporterInfo& tidyImporter() {
  static const ImporterInfo kInfo{
      "tidy",
      "Tables of your own (CSV)",
      "stays.csv, observations.csv, static.csv, events.csv with vectors, and labels.csv, as pandas writes them.",
      {{"dir", "Folder", "Folder with stays.csv and at least one table of values (.csv or .csv.gz).",
        ImportOption::Kind::Folder},
       {"repeats",
        "Two values at one hour",
        "Which of several values of one variable at one hour stands.",
        ImportOption::Kind::Choice,
        false,
        {"first", "last", "mean", "sum"},
        "first"}}};
  return kInfo;
}

Result<ImportPreview> previewTidy(const ImportRequest& request, const std::stop_token& stop) {
  const auto layout = readTidyLayout(request.options.at("dir"), kTidyPreviewScan, stop);
  if (!layout) return failure(layout.error());
  const Result<VariableMapping> mapping = VariableMapping::of(layout->info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  ImportPreview preview{mapping->info(), {}, layout->notes};
  for (const auto& [name, path] : {std::pair{"stays", &layout->stays},
                                   {"observations", &layout->observations},
                                   {"static", &layout->statics},
                                   {"events", &layout->events},
                                   {"labels", &layout->labels}}) {
    if (path->empty()) continue;
    Result<PreviewTable> table = previewCsv(name, *path);
    if (!table) return failure(table.error());
    preview.tables.push_back(std::move(*table));
  }
  if (layout->labels.empty())
    preview.notes.emplace_back("There is no labels.csv: nothing can be trained on this cohort.");
  return preview;
}

Result<ImportReport> importTidy(const ImportRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop) {
  if (progress) progress({0, "looking at the tables", -1});
  const auto layout = readTidyLayout(request.options.at("dir"), std::numeric_limits<std::int64_t>::max(), stop);
  if (!layout) return failure(layout.error());
  const Result<VariableMapping> mapping = VariableMapping::of(layout->info, request.modalityOf);
  if (!mapping) return failure(mapping.error());
  Result<ImportStage> stage = ImportStage::create(request.output, layout->info);
  if (!stage) return failure(stage.error());
  std::size_t variable = 0;
  for (const CohortModality& modality : layout->info.modalities)
    for (std::size_t v = 0; v < modality.variables.size(); ++v, ++variable)
      if (modality.kind == ModalityKind::Series)
        stage->setRepeatPolicy(variable, policyNamed(request.options.at("repeats")));
  ImportReport report;
  TidyReader reader(*layout, *stage, report.counts, request.output, progress, stop);
  if (auto read = reader.read(); !read) return failure(read.error());
  report.notes = reader.notes();
  return writeStaged(*stage, *mapping, request, std::move(report), progress, stop);
}

}  // namespace fusemoe
