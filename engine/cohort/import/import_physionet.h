#pragma once

#include "cohort/import/importer.h"

namespace fusemoe {

/// PhysioNet Challenge 2012's entry among the importers; the options `records` (folder or archive of set-a, -b or -c)
/// and `outcomes` (Outcomes-a.txt).
const ImporterInfo& physionetImporter();
Result<ImportPreview> previewPhysionet(const ImportRequest& request, const std::stop_token& stop);

/// Converts the Challenge's records: 48 hours in five modalities, and death in hospital. The rules are in
/// engine/cohort/IMPORTERS.md. Counts beside those of writeStaged: records.read, records.without_outcome,
/// records.not_files, .bad_names, .other_files, .too_large, .without_id; outcomes.total, .unknown, .without_record;
/// rows.total and the reasons .malformed, .record_without_id, .bad_time, .after_window, .unknown_parameter,
/// .not_a_number, .implausible.VARIABLE; static.total and the reasons .missing.VARIABLE, .not_a_number,
/// .implausible.VARIABLE; converted.VARIABLE.RULE: values kept after a change of unit.
Result<ImportReport> importPhysionet(const ImportRequest& request, const ProgressSink& progress,
                                     const std::stop_token& stop);

}  // namespace fusemoe
