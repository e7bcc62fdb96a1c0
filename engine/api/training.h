#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/model_config.h"
#include "base/result.h"

namespace fusemoe {

/// How a model is trained; the `training` part of a config file (resources/configs).
struct TrainConfig {
  int epochs = 20;
  int batch = 64;
  double learningRate = 4e-4;
  double weightDecay = 0.0;
  double classWeight = 1.0;      ///< weight of the positive class in a binary loss; 0 = negatives / positives
  int patience = 5;              ///< epochs without a better validation AUROC before stopping
  double modalityDropout = 0.1;  ///< chance that a present modality is masked for a training step
  double gradientClip = 1.0;     ///< largest norm; 0 = none
  bool operator==(const TrainConfig&) const = default;
};

/// A config file of resources/configs: what is trained and how. The model may name modalities without variables, widths
/// or titles, and leave out window and task: completeConfig (cohort/complete_config.h) fills them from a cohort.
struct Experiment {
  ModelConfig model;
  TrainConfig training;
};

/// Parses {"model": {…}, "training": {…}}; the model is not validated yet. Errors name the field.
Result<Experiment> experimentFromJson(std::string_view json);

struct TrainRequest {
  ModelConfig model;  ///< variables' mean and std are filled from the training split
  TrainConfig training;
  std::string output;  ///< path of the .safetensors to write
  std::uint64_t seed = 32;
  std::string card;  ///< model card (Markdown) stored in the file
};

struct EpochReport {
  int epoch = 0;
  double loss = 0;         ///< mean task loss on the training split
  double balanceLoss = 0;  ///< mean, before its coefficient
  double entropyLoss = 0;  ///< mean E over layers, before its coefficient
  double validationAuroc = 0;
  int skippedSteps = 0;  ///< steps not taken because a gradient was not finite
};

struct TrainReport {
  std::vector<EpochReport> epochs;
  int bestEpoch = 0;
  double bestValidationAuroc = 0;
  double seconds = 0;
  bool stopped = false;  ///< by the user; the best model so far was written
};

/// Predictions beside labels, for metrics: one row a stay.
struct Scores {
  int labels = 1;
  std::vector<std::int64_t> stays;     ///< [N]
  std::vector<float> probability;      ///< [N, labels]
  std::vector<float> truth;            ///< [N, labels]
  std::vector<std::uint32_t> present;  ///< [N] bit i = modality i of the config is present
};

}  // namespace fusemoe
