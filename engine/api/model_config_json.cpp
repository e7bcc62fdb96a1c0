#include <array>
#include <nlohmann/json.hpp>

#include "api/json_reader.h"
#include "api/model_config.h"
#include "api/routing_result.h"
#include "api/training.h"
#include "api/training_json.h"

namespace fusemoe {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

VariableConfig readVariable(const json& object, const std::string& place, JsonReader& owner) {
  VariableConfig variable;
  JsonReader reader(object, place);
  reader.read("name", variable.name);
  reader.read("title", variable.title);
  reader.read("unit", variable.unit);
  reader.read("mean", variable.mean);
  reader.read("std", variable.std);
  reader.read("logarithm", variable.logarithm);
  if (auto done = reader.finish(); !done) owner.fail(done.error());
  return variable;
}

ModalityConfig readModality(const json& object, const std::string& place, JsonReader& owner) {
  ModalityConfig modality;
  JsonReader reader(object, place);
  reader.read("name", modality.name);
  reader.read("title", modality.title);
  reader.choose("kind", modality.kind, {ModalityKind::Series, ModalityKind::Vectors, ModalityKind::Static});
  reader.read("width", modality.width);
  reader.read("irregularity_encoder", modality.irregularityEncoder);
  reader.read("utde", modality.utde);
  reader.choose("utde_gate", modality.utdeGate, {UtdeGate::Batch, UtdeGate::BatchSeq, UtdeGate::BatchSeqFeature});
  reader.choose("grid", modality.grid, {GridChannels::Value, GridChannels::Summary});
  reader.read("log_skewed", modality.logSkewed);
  if (const json* variables = reader.child("variables")) {
    if (!variables->is_array())
      reader.fail("variables", "a list");
    else
      for (std::size_t i = 0; i < variables->size(); ++i)
        modality.variables.push_back(
            readVariable((*variables)[i], place + "variables[" + std::to_string(i) + "].", reader));
  }
  if (auto done = reader.finish(); !done) owner.fail(done.error());
  return modality;
}

void readTask(const json& object, TaskConfig& task, JsonReader& owner) {
  JsonReader reader(object, "task.");
  reader.read("name", task.name);
  reader.read("title", task.title);
  reader.choose("kind", task.kind, {TaskKind::Binary, TaskKind::MultiClass, TaskKind::MultiLabel});
  reader.read("labels", task.labels);
  if (auto done = reader.finish(); !done) owner.fail(done.error());
}

void readLoss(const json& object, LossConfig& loss, JsonReader& owner) {
  JsonReader reader(object, "loss.");
  reader.read("balance", loss.balance);
  reader.read("entropy", loss.entropy);
  if (auto done = reader.finish(); !done) owner.fail(done.error());
}

void readScalars(JsonReader& reader, ModelConfig& config) {
  reader.read("name", config.name);
  reader.read("window_hours", config.windowHours);
  reader.read("bins", config.bins);
  reader.read("width", config.width);
  reader.read("heads", config.heads);
  reader.read("time_width", config.timeWidth);
  reader.read("layers", config.layers);
  reader.read("experts", config.experts);
  reader.read("top_k", config.topK);
  reader.read("expert_hidden", config.expertHidden);
  reader.choose("gate", config.gate, {Gate::Softmax, Gate::Laplace, Gate::Gaussian});
  reader.choose("router", config.router, {Router::Joint, Router::PerModality, Router::Disjoint});
  reader.choose("token", config.token, {TokenGranularity::Sequence, TokenGranularity::Bin});
  reader.choose("expert_output", config.expertOutput, {ExpertOutput::LogSoftmax, ExpertOutput::Linear});
  reader.choose("missing", config.missing, {MissingMechanism::Learned, MissingMechanism::Zeros});
  reader.choose("pooling", config.pooling, {Pooling::Last, Pooling::MeanLast});
  reader.read("noisy_gating", config.noisyGating);
  reader.read("dropout", config.dropout);
}

ordered_json toObject(const ModalityConfig& modality) {
  ordered_json object{{"name", modality.name}, {"title", modality.title}, {"kind", nameOf(modality.kind)}};
  if (modality.kind == ModalityKind::Vectors) {
    object["width"] = modality.width;
    return object;
  }
  object["variables"] = ordered_json::array();
  for (const VariableConfig& variable : modality.variables)
    object["variables"].push_back({{"name", variable.name},
                                   {"title", variable.title},
                                   {"unit", variable.unit},
                                   {"mean", variable.mean},
                                   {"std", variable.std},
                                   {"logarithm", variable.logarithm}});
  object["log_skewed"] = modality.logSkewed;
  if (modality.kind == ModalityKind::Series) {
    object["irregularity_encoder"] = modality.irregularityEncoder;
    object["utde"] = modality.utde;
    object["utde_gate"] = nameOf(modality.utdeGate);
    object["grid"] = nameOf(modality.grid);
  }
  return object;
}

}  // namespace

namespace {

Result<ModelConfig> readModel(const json& object) {
  ModelConfig config;
  JsonReader reader(object, "");
  readScalars(reader, config);
  if (const json* task = reader.child("task")) readTask(*task, config.task, reader);
  if (const json* loss = reader.child("loss")) readLoss(*loss, config.loss, reader);
  if (const json* modalities = reader.child("modalities")) {
    if (!modalities->is_array())
      reader.fail("modalities", "a list");
    else if (modalities->size() > kMaxModalities)
      reader.fail("modalities", "a list of at most 32 modalities");
    else
      for (std::size_t i = 0; i < modalities->size(); ++i)
        config.modalities.push_back(readModality((*modalities)[i], "modalities[" + std::to_string(i) + "].", reader));
  }
  if (auto done = reader.finish(); !done) return failure(done.error());
  return config;
}

}  // namespace

Result<ModelConfig> modelConfigFromJson(std::string_view text) {
  auto parsed = parseJson(text, "The model configuration");
  if (!parsed) return failure(parsed.error());
  auto config = readModel(*parsed);
  if (!config) return config;
  if (auto checked = validate(*config); !checked) return failure(checked.error());
  return config;
}

std::string toJson(const ModelConfig& config) {
  ordered_json object{{"name", config.name},
                      {"task",
                       {{"name", config.task.name},
                        {"title", config.task.title},
                        {"kind", nameOf(config.task.kind)},
                        {"labels", config.task.labels}}},
                      {"window_hours", config.windowHours},
                      {"bins", config.bins},
                      {"width", config.width},
                      {"heads", config.heads},
                      {"time_width", config.timeWidth},
                      {"layers", config.layers},
                      {"experts", config.experts},
                      {"top_k", config.topK},
                      {"expert_hidden", config.expertHidden},
                      {"gate", nameOf(config.gate)},
                      {"router", nameOf(config.router)},
                      {"token", nameOf(config.token)},
                      {"expert_output", nameOf(config.expertOutput)},
                      {"missing", nameOf(config.missing)},
                      {"pooling", nameOf(config.pooling)},
                      {"noisy_gating", config.noisyGating},
                      {"dropout", config.dropout},
                      {"loss", {{"balance", config.loss.balance}, {"entropy", config.loss.entropy}}},
                      {"modalities", ordered_json::array()}};
  for (const ModalityConfig& modality : config.modalities) object["modalities"].push_back(toObject(modality));
  return object.dump(2);
}

Result<Experiment> experimentFromJson(std::string_view text) {
  auto parsed = parseJson(text, "The experiment's configuration");
  if (!parsed) return failure(parsed.error());
  JsonReader reader(*parsed, "");
  const json* modelPart = reader.child("model");
  const json* trainingPart = reader.child("training");
  if (auto done = reader.finish(); !done) return failure(done.error());
  Experiment experiment;
  if (!modelPart) return failure("The configuration has no 'model' object.", "See resources/configs for an example.");
  auto model = readModel(*modelPart);
  if (!model) return failure(model.error());
  experiment.model = std::move(*model);
  if (trainingPart) {
    auto training = trainConfigFromJson(*trainingPart);
    if (!training) return failure(training.error());
    experiment.training = *training;
  }
  return experiment;
}

std::string_view nameOf(Gate gate) {
  constexpr std::array<std::string_view, 3> kNames{"softmax", "laplace", "gaussian"};
  return kNames.at(static_cast<std::size_t>(gate));
}
std::string_view nameOf(Router router) {
  constexpr std::array<std::string_view, 3> kNames{"joint", "permod", "disjoint"};
  return kNames.at(static_cast<std::size_t>(router));
}
std::string_view nameOf(TokenGranularity token) {
  return token == TokenGranularity::Sequence ? "sequence" : "bin";
}
std::string_view nameOf(ExpertOutput output) {
  return output == ExpertOutput::Linear ? "linear" : "log_softmax";
}
std::string_view nameOf(MissingMechanism missing) {
  return missing == MissingMechanism::Learned ? "learned" : "zeros";
}
std::string_view nameOf(ModalityKind kind) {
  constexpr std::array<std::string_view, 3> kNames{"series", "vectors", "static"};
  return kNames.at(static_cast<std::size_t>(kind));
}
std::string_view nameOf(TaskKind kind) {
  constexpr std::array<std::string_view, 3> kNames{"binary", "multi_class", "multi_label"};
  return kNames.at(static_cast<std::size_t>(kind));
}
std::string_view nameOf(UtdeGate gate) {
  constexpr std::array<std::string_view, 3> kNames{"batch", "batch_seq", "batch_seq_feature"};
  return kNames.at(static_cast<std::size_t>(gate));
}
std::string_view nameOf(GridChannels grid) {
  return grid == GridChannels::Value ? "value" : "summary";
}
std::string_view nameOf(Pooling pooling) {
  return pooling == Pooling::Last ? "last" : "mean_last";
}
std::string_view nameOf(ModalityState state) {
  constexpr std::array<std::string_view, 3> kNames{"present", "masked", "absent"};
  return kNames.at(static_cast<std::size_t>(state));
}

}  // namespace fusemoe
