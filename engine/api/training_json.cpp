#include "api/training_json.h"

#include <array>
#include <limits>

#include "api/json_reader.h"

namespace fusemoe {
namespace {

tl::unexpected<Error> invalid(const std::string& field, const std::string& rule) {
  return failure("The configuration is not usable: training." + field + " must be " + rule + ".",
                 "Correct that field.");
}

double numberFrom(const nlohmann::json& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

}  // namespace

Result<void> validate(const TrainConfig& config) {
  auto within = [](double value, double low, double high) { return value >= low && value <= high; };
  if (config.epochs < 1 || config.epochs > 100000) return invalid("epochs", "from 1 to 100000");
  if (config.batch < 1 || config.batch > 65536) return invalid("batch", "from 1 to 65536");
  if (config.accumulation < 1 || config.accumulation > 65536) return invalid("accumulation", "from 1 to 65536");
  if (!(config.learningRate > 0 && config.learningRate <= 1)) return invalid("learning_rate", "above 0 and at most 1");
  if (!within(config.warmup, 0, 1)) return invalid("warmup", "from 0 to 1, a share of all updates");
  if (!within(config.weightDecay, 0, 1)) return invalid("weight_decay", "from 0 to 1");
  if (!(config.ema >= 0 && config.ema < 1)) return invalid("ema", "from 0 (none) to below 1");
  if (!within(config.classWeight, 0, 1e6)) return invalid("class_weight", "from 0 (balanced) to 1000000");
  if (!(config.labelSmoothing >= 0 && config.labelSmoothing < 1))
    return invalid("label_smoothing", "from 0 to below 1");
  if (config.patience < 1) return invalid("patience", "at least 1");
  if (!(config.modalityDropout >= 0 && config.modalityDropout < 1))
    return invalid("modality_dropout", "from 0 to below 1");
  if (!(config.observationDropout >= 0 && config.observationDropout < 1))
    return invalid("observation_dropout", "from 0 to below 1");
  if (!(config.gradientClip >= 0)) return invalid("gradient_clip", "0 (none) or more");
  return {};
}

Result<TrainConfig> trainConfigFromJson(const nlohmann::json& object) {
  TrainConfig config;
  JsonReader reader(object, "training.");
  reader.read("epochs", config.epochs);
  reader.read("batch", config.batch);
  reader.read("accumulation", config.accumulation);
  reader.choose("optimizer", config.optimizer, {Optimizer::Adam, Optimizer::AdamW});
  reader.read("learning_rate", config.learningRate);
  reader.choose("schedule", config.schedule, {Schedule::Constant, Schedule::Linear, Schedule::Cosine});
  reader.read("warmup", config.warmup);
  reader.read("weight_decay", config.weightDecay);
  reader.read("ema", config.ema);
  reader.read("class_weight", config.classWeight);
  reader.read("label_smoothing", config.labelSmoothing);
  reader.read("patience", config.patience);
  reader.choose("select", config.select, {Selection::Auroc, Selection::Auprc, Selection::Loss, Selection::Mean});
  reader.read("modality_dropout", config.modalityDropout);
  reader.read("observation_dropout", config.observationDropout);
  reader.read("gradient_clip", config.gradientClip);
  if (auto done = reader.finish(); !done) return failure(done.error());
  if (auto valid = validate(config); !valid) return failure(valid.error());
  return config;
}

std::string toJson(const TrainConfig& config) {
  return nlohmann::ordered_json{{"epochs", config.epochs},
                                {"batch", config.batch},
                                {"accumulation", config.accumulation},
                                {"optimizer", nameOf(config.optimizer)},
                                {"learning_rate", config.learningRate},
                                {"schedule", nameOf(config.schedule)},
                                {"warmup", config.warmup},
                                {"weight_decay", config.weightDecay},
                                {"ema", config.ema},
                                {"class_weight", config.classWeight},
                                {"label_smoothing", config.labelSmoothing},
                                {"patience", config.patience},
                                {"select", nameOf(config.select)},
                                {"modality_dropout", config.modalityDropout},
                                {"observation_dropout", config.observationDropout},
                                {"gradient_clip", config.gradientClip}}
      .dump(2);
}

nlohmann::ordered_json toObject(const EpochReport& epoch) {
  nlohmann::ordered_json object{{"epoch", epoch.epoch},
                                {"loss", epoch.loss},
                                {"balance_loss", epoch.balanceLoss},
                                {"entropy_loss", epoch.entropyLoss},
                                {"validation_auroc", epoch.validationAuroc},
                                {"validation_auprc", epoch.validationAuprc},
                                {"validation_loss", epoch.validationLoss},
                                {"learning_rate", epoch.learningRate},
                                {"skipped_steps", epoch.skippedSteps},
                                {"seconds", epoch.seconds},
                                {"best", epoch.best},
                                {"layers", nlohmann::ordered_json::array()}};
  for (std::size_t layer = 0; layer < epoch.entropy.size(); ++layer) {
    const EntropyTerms& terms = epoch.entropy[layer];
    object["layers"].push_back({{"entropy",
                                 {{"per_modality", terms.perModality},
                                  {"mean", terms.mean},
                                  {"mixture", terms.mixture},
                                  {"regularizer", terms.regularizer},
                                  {"bounds", {terms.lowerBound, 0.0}}}},
                                {"expert_load", epoch.expertLoad[layer]}});
  }
  return object;
}

EpochReport epochFrom(const nlohmann::json& object) {
  auto numbers = [](const nlohmann::json& list) {
    std::vector<double> values;
    for (const nlohmann::json& value : list) values.push_back(numberFrom(value));
    return values;
  };
  EpochReport epoch;
  epoch.epoch = object.at("epoch");
  epoch.loss = numberFrom(object.at("loss"));
  epoch.balanceLoss = numberFrom(object.at("balance_loss"));
  epoch.entropyLoss = numberFrom(object.at("entropy_loss"));
  epoch.validationAuroc = numberFrom(object.at("validation_auroc"));
  epoch.validationAuprc = numberFrom(object.at("validation_auprc"));
  epoch.validationLoss = numberFrom(object.at("validation_loss"));
  epoch.learningRate = numberFrom(object.at("learning_rate"));
  epoch.skippedSteps = object.at("skipped_steps");
  epoch.seconds = numberFrom(object.at("seconds"));
  epoch.best = object.at("best");
  for (const nlohmann::json& layer : object.at("layers")) {
    const nlohmann::json& terms = layer.at("entropy");
    epoch.entropy.push_back({numbers(terms.at("per_modality")), numberFrom(terms.at("mean")),
                             numberFrom(terms.at("mixture")), numberFrom(terms.at("regularizer")),
                             numberFrom(terms.at("bounds").at(0))});
    epoch.expertLoad.push_back(numbers(layer.at("expert_load")));
  }
  return epoch;
}

std::string_view nameOf(Optimizer optimizer) {
  return optimizer == Optimizer::AdamW ? "adamw" : "adam";
}
std::string_view nameOf(Schedule schedule) {
  constexpr std::array<std::string_view, 3> kNames{"constant", "linear", "cosine"};
  return kNames.at(static_cast<std::size_t>(schedule));
}
std::string_view nameOf(Selection selection) {
  constexpr std::array<std::string_view, 4> kNames{"auroc", "auprc", "loss", "mean"};
  return kNames.at(static_cast<std::size_t>(selection));
}

}  // namespace fusemoe
