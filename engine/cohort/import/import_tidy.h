#pragma once

#include "cohort/import/importer.h"

namespace fusemoe {

/// Tables anyone writes, among the importers; the options `dir` (the folder) and `repeats` (which of two values of a
/// variable at one hour stands).
const ImporterInfo& tidyImporter();
Result<ImportPreview> previewTidy(const ImportRequest& request, const std::stop_token& stop);

/// Converts a folder of stays.csv, observations.csv, static.csv, events.csv and labels.csv; the format and its rules
/// are in engine/cohort/IMPORTERS.md. Counts beside those of writeStaged: rows.total and the reasons .unknown_stay,
/// .unknown_variable, .empty, .no_hour, .before_window, .after_window, .too_large; static.total (cells) and
/// .unknown_stay, .empty, .too_large; events.total and .unknown_stay, .no_hour, .before_window, .after_window,
/// .no_vector, .not_finite; labels.total (cells), .kept, .empty, .unknown_stay; people.in_several_parts. Errors, which
/// name file and line: those of readTidyLayout and CsvReader; a stay twice in stays, static or labels; a split that is
/// no part; a label that is not 0 or 1; a row beyond the file of vectors; a vector of another width.
Result<ImportReport> importTidy(const ImportRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop);

}  // namespace fusemoe
