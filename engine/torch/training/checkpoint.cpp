#include "torch/training/checkpoint.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "api/json_reader.h"
#include "api/training_json.h"

namespace fusemoe {
namespace {

using nlohmann::ordered_json;

constexpr const char* kStateKey = "fusemoe_checkpoint";
constexpr int kVersion = 1;
constexpr const char* kTensors[] = {"values", "average", "first", "second", "best"};

tl::unexpected<Error> otherRun(const std::string& path, const std::string& what) {
  return failure(path + " belongs to a training with another " + what + ".",
                 "Give what that training was given, or leave out --resume to start anew.");
}
tl::unexpected<Error> damaged(const std::string& path, const std::string& detail = {}) {
  return failure(path + " is not a whole training checkpoint.", "Delete it, or leave out --resume to start anew.",
                 detail);
}

Checkpoint stateFrom(const nlohmann::json& state) {
  Checkpoint checkpoint;
  checkpoint.identity = {state.at("configuration"), state.at("data"), state.at("seed")};
  checkpoint.steps = state.at("steps");
  checkpoint.report.bestEpoch = state.at("best_epoch");
  checkpoint.report.seconds = state.at("seconds");
  for (const nlohmann::json& epoch : state.at("epochs")) checkpoint.report.epochs.push_back(epochFrom(epoch));
  return checkpoint;
}

}  // namespace

Result<void> writeCheckpoint(const std::string& path, const Checkpoint& checkpoint) {
  ordered_json state{{"version", kVersion},
                     {"configuration", checkpoint.identity.configuration},
                     {"data", checkpoint.identity.data},
                     {"seed", checkpoint.identity.seed},
                     {"steps", checkpoint.steps},
                     {"best_epoch", checkpoint.report.bestEpoch},
                     {"seconds", checkpoint.report.seconds},
                     {"epochs", ordered_json::array()}};
  for (const EpochReport& epoch : checkpoint.report.epochs) state["epochs"].push_back(toObject(epoch));
  return writeSafeTensors(path, {{{kStateKey, state.dump()}}, checkpoint.tensors});
}

Result<std::optional<Checkpoint>> readCheckpoint(const std::string& path, const RunIdentity& identity,
                                                 std::int64_t parameters) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::optional<Checkpoint>();
  auto content = readSafeTensors(path);
  if (!content) return failure(content.error());
  const auto text = content->metadata.find(kStateKey);
  if (text == content->metadata.end()) return damaged(path);
  auto state = parseJson(text->second, "The state in " + path);
  if (!state) return failure(state.error());
  Checkpoint checkpoint;
  try {
    if (state->at("version") != kVersion) return otherRun(path, "version of this program");
    checkpoint = stateFrom(*state);
  } catch (const nlohmann::json::exception& error) {
    return damaged(path, error.what());
  }
  if (checkpoint.identity.seed != identity.seed) return otherRun(path, "seed");
  if (checkpoint.identity.data != identity.data) return otherRun(path, "cohort");
  if (checkpoint.identity.configuration != identity.configuration) return otherRun(path, "configuration");
  for (const char* name : kTensors) {
    const auto found = content->tensors.find(name);
    if (found == content->tensors.end() || found->second.scalar_type() != at::kFloat ||
        found->second.sizes() != at::IntArrayRef({parameters}))
      return damaged(path, name);
    checkpoint.tensors[name] = found->second.clone();  // out of the mapped file, which the next epoch replaces
  }
  const auto epochs = static_cast<int>(checkpoint.report.epochs.size());
  if (epochs < 1 || checkpoint.report.bestEpoch < 1 || checkpoint.report.bestEpoch > epochs || checkpoint.steps < 0)
    return damaged(path);
  for (int epoch = 1; epoch <= epochs; ++epoch)
    if (checkpoint.report.epochs[static_cast<std::size_t>(epoch - 1)].epoch != epoch) return damaged(path);
  return std::optional<Checkpoint>(std::move(checkpoint));
}

}  // namespace fusemoe
