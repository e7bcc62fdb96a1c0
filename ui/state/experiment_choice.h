#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "api/training.h"
#include "cohort/cohort_store.h"

namespace fusemoe::ui {

/// An experiment that can be trained on the open cohort, to choose from.
struct ExperimentChoice {
  QString title;
  QString path;  ///< of its file; empty for what is suggested
  Experiment experiment;
};

/// A beginning that trains in minutes on any cohort: all modalities, the paper's gate and routers, sizes that grow with
/// the number of variables. Complete and valid. Error: a cohort without a task, or that no model fits.
Result<Experiment> suggestedExperiment(const CohortInfo& cohort);

/// An experiment's file, completed from the cohort. Errors: no file, more than 4 MB, no experiment, or one that names
/// what the cohort does not have.
Result<Experiment> readExperiment(const QString& path, const CohortInfo& cohort);

/// What is suggested, then those of `files` that fit the cohort.
std::vector<ExperimentChoice> experimentChoices(const CohortInfo& cohort, const QStringList& files);

/// Takes over another task of the cohort, with its labels.
Result<void> setTask(ModelConfig& config, const CohortInfo& cohort, const std::string& task);

/// The rules of validate(), and those of training.
Result<void> validateExperiment(const Experiment& experiment);

}  // namespace fusemoe::ui
