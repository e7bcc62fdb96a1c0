#include "cohort/complete_config.h"

#include <algorithm>

namespace fusemoe {
namespace {

template <class T>
const T* named(const std::vector<T>& list, const std::string& name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

template <class T>
tl::unexpected<Error> notInCohort(const char* what, const std::string& name, const std::vector<T>& list) {
  std::string known;
  for (const T& item : list) known += (known.empty() ? "" : ", ") + item.name;
  return failure(std::string("The cohort has no ") + what + " named '" + name + "'.", "It has: " + known + ".");
}

Result<void> completeModality(ModalityConfig& modality, const CohortModality& source) {
  modality.kind = source.kind;
  if (modality.title.empty()) modality.title = source.title;
  if (modality.kind == ModalityKind::Vectors) {
    modality.width = source.width;
    return {};
  }
  if (modality.variables.empty())
    for (const CohortVariable& variable : source.variables) modality.variables.push_back({variable.name, "", "", 0, 1});
  for (VariableConfig& variable : modality.variables) {
    const CohortVariable* found = named(source.variables, variable.name);
    if (!found) return notInCohort("variable", variable.name, source.variables);
    if (variable.title.empty()) variable.title = found->title;
    if (variable.unit.empty()) variable.unit = found->unit;
  }
  return {};
}

}  // namespace

Result<void> completeConfig(ModelConfig& config, const CohortInfo& cohort) {
  if (cohort.tasks.empty()) return failure("The cohort has no task to train for.", "Import it with labels.");
  if (config.task.name.empty()) config.task.name = cohort.tasks.front().name;
  const CohortTask* task = named(cohort.tasks, config.task.name);
  if (!task) return notInCohort("task", config.task.name, cohort.tasks);
  config.task.kind = task->kind;
  config.task.labels = task->labels;
  if (config.task.title.empty()) config.task.title = task->title;
  config.windowHours = cohort.windowHours;
  if (config.modalities.empty())
    for (const CohortModality& modality : cohort.modalities) {
      config.modalities.emplace_back();
      config.modalities.back().name = modality.name;
    }
  for (ModalityConfig& modality : config.modalities) {
    const CohortModality* source = named(cohort.modalities, modality.name);
    if (!source) return notInCohort("modality", modality.name, cohort.modalities);
    if (auto completed = completeModality(modality, *source); !completed) return completed;
  }
  return validate(config);
}

}  // namespace fusemoe
