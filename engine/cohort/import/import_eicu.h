#pragma once

#include "cohort/import/importer.h"

namespace fusemoe {

/// YAIB's eICU task among the importers; the options `dir` (the folder with the files …dyn, …sta and …outc, .csv or
/// .csv.gz) and `patients` (patient.csv.gz of eICU, so that stays of one patient share a part).
const ImporterInfo& eicuImporter();
Result<ImportPreview> previewEicu(const ImportRequest& request, const std::stop_token& stop);

/// Converts YAIB's mortality24 extract: hours 0 to 24 in five modalities, and death after that. The rules are in
/// engine/cohort/IMPORTERS.md. Counts beside those of writeStaged: rows.total (cells of the hourly table) and the
/// reasons .empty, .unknown_stay, .after_window, .implausible.VARIABLE; static.total and the reasons .empty.VARIABLE,
/// .unknown_stay, .implausible.VARIABLE, .unknown_sex; converted.VARIABLE.RULE; patients.known, .unknown: stays with
/// and without a patient. Errors: a file or column missing, two files of a kind, a field that is no number, a stay
/// twice.
Result<ImportReport> importEicu(const ImportRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop);

}  // namespace fusemoe
