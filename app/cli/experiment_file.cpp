#include "experiment_file.h"

#include <fstream>

#include "cohort/complete_config.h"

namespace fusemoe::cli {
namespace {

constexpr std::size_t kMaxConfigBytes = 4 << 20;

}  // namespace

Result<Experiment> readExperiment(const std::string& path, const CohortInfo& cohort) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("Cannot open " + path + ".", "See resources/configs for an example.");
  std::string text(kMaxConfigBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxConfigBytes)
    return failure(path + " is too large for a configuration.", "Give a JSON file of at most 4 MB.");
  auto experiment = experimentFromJson(text);
  if (!experiment)
    return failure(path + ": " + experiment.error().what, experiment.error().hint, experiment.error().detail);
  if (auto completed = completeConfig(experiment->model, cohort); !completed)
    return failure(path + ": " + completed.error().what, completed.error().hint);
  return experiment;
}

}  // namespace fusemoe::cli
