#pragma once

#include "cohort/import/importer.h"

namespace fusemoe {

/// The NAFLD study's entry among the importers; the option `dir` is the folder with nafld1.csv.gz, nafld2.csv.gz and
/// nafld3.csv.gz (or .csv) of the R package `survival`.
const ImporterInfo& nafldImporter();
Result<ImportPreview> previewNafld(const ImportRequest& request, const std::stop_token& stop);

/// Converts the NAFLD study (Allen et al. 2018) into a cohort: five modalities of the five years up to and including
/// the index date, and death in the five years after it. The rules are in engine/cohort/IMPORTERS.md. Nothing after the
/// index date gets in, and no calendar date.
/// Counts: seed; people.total, .included, .left_out_alive_under_5y; label.death_5y.positive, .negative; split.PART,
/// split.PART.positive; present.MODALITY: people who have it; measurements.total, .kept and the reasons .unknown_test,
/// .empty_value, .unknown_person, .person_left_out, .after_index, .before_window, .implausible.TEST,
/// .duplicate.same_value, .duplicate.other_value, .variable_left_out (by the request's mapping); events.total, .kept
/// and .unknown_event, .unknown_person, .person_left_out, .after_index, .before_window, .duplicate; body.kept,
/// body.empty.VARIABLE, body.implausible.VARIABLE, body.variable_left_out; source.hdl_chol.pairs, .equal;
/// source.sbp_dbp.pairs, .equal; source.fib4.values, .up_to_2_67: faults, see the report's notes.
Result<ImportReport> importNafld(const ImportRequest& request, const ProgressSink& progress,
                                 const std::stop_token& stop);

}  // namespace fusemoe
