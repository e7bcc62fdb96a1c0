#pragma once

#include "cohort/import/importer.h"

namespace fusemoe {

/// MIMIC-IV's entry among the importers. Options: dir (holds hosp/ and icu/), task (which task is the cohort's first),
/// group (how series are put into modalities), notes, cxr, ecg (vectors by stay). The rules are in
/// engine/cohort/IMPORTERS_MIMIC.md.
const ImporterInfo& mimicImporter();
Result<ImportPreview> previewMimic(const ImportRequest& request, const std::stop_token& stop);
/// Counts beside those of writeStaged: those of readMimicStays, MimicEvents and readMimicVectors;
/// stays.left_out.no_measurement.
Result<ImportReport> importMimic(const ImportRequest& request, const ProgressSink& progress,
                                 const std::stop_token& stop);

}  // namespace fusemoe
