#pragma once

#include <stop_token>

#include "base/progress.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/importer.h"
#include "cohort/import/variable_mapping.h"

namespace fusemoe {

/// Share of the progress bar that an importer's reading has; writeStaged goes on from there to 1.
inline constexpr double kReadingShare = 0.6;

/// The end of every import by way of a stage: passes all stays through the mapping to the output, commits, and
/// completes `report` (whose counts and notes so far are the importer's own) by output, bytes and these counts: seed;
/// stays.kept; split.PART and split.PART.positive (binary first task); label.TASK.positive, .negative, .unknown for
/// binary tasks, label.TASK.LABEL for the others' positive ones; present.MODALITY: stays that have it; for the values
/// of series rows.kept and, where not 0, rows.repeated.same_value, .other_value, .merged, rows.variable_left_out (by
/// the mapping); the same for static ones as static.…; events.kept. Errors: those of stage and CohortWriter; no stay at
/// all; stopped. The output is then as it was.
Result<ImportReport> writeStaged(ImportStage& stage, const VariableMapping& mapping, const ImportRequest& request,
                                 ImportReport report, const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
