#include "state/experiment_choice.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>

#include "cohort/complete_config.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr qint64 kMaxConfigBytes = 4 << 20;
constexpr int kManyVariables = 16;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::ExperimentChoice)
};

int variablesOf(const CohortInfo& cohort) {
  int count = 0;
  for (const CohortModality& modality : cohort.modalities) count += static_cast<int>(modality.variables.size());
  return count;
}

}  // namespace

Result<Experiment> suggestedExperiment(const CohortInfo& cohort) {
  const bool many = variablesOf(cohort) >= kManyVariables;
  Experiment experiment;
  ModelConfig& model = experiment.model;
  model.name = cohort.title.empty() ? cohort.name : cohort.title;
  model.bins = 24;
  model.width = many ? 64 : 32;
  model.heads = 4;
  model.timeWidth = 16;
  model.layers = 2;
  model.experts = 12;
  model.topK = 2;
  model.expertHidden = many ? 64 : 32;
  model.loss = {0.01, 0.01};
  experiment.training.learningRate = 1e-3;
  experiment.training.weightDecay = 1e-5;
  if (auto completed = completeConfig(model, cohort); !completed) return failure(completed.error());
  if (!model.task.title.empty()) model.name += ", " + model.task.title;
  return experiment;
}

Result<Experiment> readExperiment(const QString& path, const CohortInfo& cohort) {
  QFile file(path);
  const std::string name = path.toStdString();
  if (!file.open(QIODevice::ReadOnly)) return failure("Cannot open " + name + ".", "Choose another file.");
  const QByteArray text = file.read(kMaxConfigBytes + 1);
  if (text.size() > kMaxConfigBytes)
    return failure(name + " is too large for a configuration.", "Choose a JSON file of at most 4 MB.");
  auto experiment = experimentFromJson({text.constData(), static_cast<std::size_t>(text.size())});
  if (!experiment)
    return failure(name + ": " + experiment.error().what, experiment.error().hint, experiment.error().detail);
  if (auto completed = completeConfig(experiment->model, cohort); !completed)
    return failure(name + ": " + completed.error().what, completed.error().hint);
  return experiment;
}

std::vector<ExperimentChoice> experimentChoices(const CohortInfo& cohort, const QStringList& files) {
  std::vector<ExperimentChoice> choices;
  if (auto suggested = suggestedExperiment(cohort))
    choices.push_back({Text::tr("Suggested for this cohort"), {}, std::move(*suggested)});
  for (const QString& path : files)
    if (auto read = readExperiment(path, cohort))
      choices.push_back({fileName(path.toStdString()), path, std::move(*read)});
  return choices;
}

Result<void> setTask(ModelConfig& config, const CohortInfo& cohort, const std::string& task) {
  ModelConfig changed = config;
  changed.task = {};
  changed.task.name = task;
  if (auto completed = completeConfig(changed, cohort); !completed && changed.task.labels.empty())
    return failure(completed.error());
  config.task = changed.task;
  return {};
}

Result<void> validateExperiment(const Experiment& experiment) {
  if (experiment.model.modalities.empty())
    return failure(Text::tr("There is no modality to train on.").toStdString(),
                   Text::tr("Tick at least one.").toStdString());
  return validate(experiment.model);
}

}  // namespace fusemoe::ui
