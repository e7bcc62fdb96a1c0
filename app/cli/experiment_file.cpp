#include "experiment_file.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "cohort/complete_config.h"

namespace fusemoe::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxConfigBytes = 4 << 20;

/// Sets what `path` (names between dots) leads to; false where it leads to nothing that could be set.
bool set(json& place, const std::string& path, const json& value) {
  const std::size_t dot = path.find('.');
  const std::string name = path.substr(0, dot), rest = dot == std::string::npos ? "" : path.substr(dot + 1);
  if (place.is_array()) {
    if (name != "*" || rest.empty() || place.empty()) return false;
    bool all = true;
    for (json& element : place) all = set(element, rest, value) && all;
    return all;
  }
  if (!place.is_object() || name.empty()) return false;
  if (dot != std::string::npos) return place.contains(name) && set(place[name], rest, value);
  place[name] = value;
  return true;
}

Result<std::string> changed(const std::string& text, const std::string& path, const std::vector<std::string>& changes) {
  json experiment = json::parse(text, nullptr, false);
  if (experiment.is_discarded()) return text;  // the reader says where it is wrong
  for (const std::string& change : changes) {
    const std::size_t equals = change.find('=');
    const std::string value = equals == std::string::npos ? "" : change.substr(equals + 1);
    json parsed = json::parse(value, nullptr, false);
    if (parsed.is_discarded()) parsed = value;
    if (equals == std::string::npos || !set(experiment, change.substr(0, equals), parsed))
      return failure("'" + change + "' changes nothing in " + path + ".",
                     "Write PATH=VALUE, as in model.gate=softmax or training.epochs=3.");
  }
  return experiment.dump();
}

}  // namespace

Result<Experiment> readExperiment(const std::string& path, const CohortInfo& cohort,
                                  const std::vector<std::string>& changes) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("Cannot open " + path + ".", "See resources/configs for an example.");
  std::string text(kMaxConfigBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxConfigBytes)
    return failure(path + " is too large for a configuration.", "Give a JSON file of at most 4 MB.");
  if (!changes.empty()) {
    auto edited = changed(text, path, changes);
    if (!edited) return failure(edited.error());
    text = std::move(*edited);
  }
  auto experiment = experimentFromJson(text);
  if (!experiment)
    return failure(path + ": " + experiment.error().what, experiment.error().hint, experiment.error().detail);
  if (auto completed = completeConfig(experiment->model, cohort); !completed)
    return failure(path + ": " + completed.error().what, completed.error().hint);
  return experiment;
}

}  // namespace fusemoe::cli
