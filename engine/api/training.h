#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/model_config.h"
#include "api/routing_result.h"
#include "api/sample.h"
#include "base/result.h"

namespace fusemoe {

enum class Optimizer { Adam, AdamW };
/// How the learning rate goes over the updates of the whole run, after the warm-up: stays, or falls to 0 in a straight
/// line or as half a cosine.
enum class Schedule { Constant, Linear, Cosine };
/// What the validation split chooses the epoch by: AUROC, AUPRC, log loss (smallest), or the mean of AUROC and AUPRC.
enum class Selection { Auroc, Auprc, Loss, Mean };

/// How a model is trained; the `training` part of a config file (resources/configs), field names in brackets where they
/// differ. The paper's schedule (FUSEMOE.md §1) is learning_rate 4e-4, batch 2, accumulation 16, epochs 8, the rest as
/// here.
struct TrainConfig {
  int epochs = 20;
  int batch = 64;        ///< stays a forward pass takes, over all processes together
  int accumulation = 1;  ///< batches whose gradients are averaged for one update
  Optimizer optimizer = Optimizer::Adam;
  double learningRate = 4e-4;              ///< [learning_rate] the highest
  Schedule schedule = Schedule::Constant;  ///< over epochs × updates an epoch, also where patience ends the run sooner
  double warmup = 0.0;                     ///< share of all updates over which the rate rises from 0 in a straight line
  double weightDecay = 0.0;                ///< [weight_decay] adam: an L2 term in the gradient; adamw: decoupled
  double ema = 0.0;          ///< decay d an update of the weights' moving average, which then is what is validated and
                             ///< written; warmed up: min(d, (1 + updates) / (10 + updates)). 0 = none
  double classWeight = 1.0;  ///< [class_weight] of the positive class in the loss; 0 = negatives / positives
  double labelSmoothing = 0.0;          ///< [label_smoothing] share of each target spread evenly over the classes
  int patience = 5;                     ///< epochs without a better one (see select) before stopping
  Selection select = Selection::Auroc;  ///< what the best epoch is best in
  double modalityDropout = 0.1;     ///< [modality_dropout] chance that a present modality is masked for a training step
  double observationDropout = 0.0;  ///< [observation_dropout] chance that an observation of a series is left out for a
                                    ///< step; a modality that would lose all keeps all
  double gradientClip = 1.0;        ///< [gradient_clip] largest norm; 0 = none
  bool operator==(const TrainConfig&) const = default;
};

std::string_view nameOf(Optimizer);
std::string_view nameOf(Schedule);
std::string_view nameOf(Selection);

/// Every rule the options must meet; the error names the field.
Result<void> validate(const TrainConfig& config);
/// The `training` object of a config file.
std::string toJson(const TrainConfig& config);

/// A config file of resources/configs: what is trained and how. The model may name modalities without variables, widths
/// or titles, and leave out window and task: completeConfig (cohort/complete_config.h) fills them from a cohort.
struct Experiment {
  ModelConfig model;
  TrainConfig training;
};

/// Parses {"model": {…}, "training": {…}}; the model is not validated yet. Errors name the field.
Result<Experiment> experimentFromJson(std::string_view json);

/// One optimiser step, seen from outside.
struct StepReport {
  std::int64_t step = 0;   ///< from 1, over all epochs
  int epoch = 0;           ///< from 1
  double fraction = 0;     ///< of the epoch that is done, 0 … 1
  double loss = 0;         ///< task loss of the step
  double balanceLoss = 0;  ///< before its coefficient
  double entropyLoss = 0;  ///< mean E over layers, before its coefficient
  double gradientNorm = 0;
  bool skipped = false;                         ///< the gradient was not finite, no step was taken
  std::vector<EntropyTerms> entropy;            ///< [L] over the step's tokens
  std::vector<std::vector<double>> expertLoad;  ///< [L][S] share of the kept weights, sums to 1 a layer
};

/// An epoch's means, then what the model of its end gives on the validation split.
struct EpochReport {
  int epoch = 0;
  double loss = 0;         ///< mean task loss on the training split
  double balanceLoss = 0;  ///< mean, before its coefficient
  double entropyLoss = 0;  ///< mean E over layers, before its coefficient
  double validationAuroc = 0;
  double validationAuprc = 0;
  double validationLoss = 0;
  int skippedSteps = 0;  ///< steps not taken because a gradient was not finite
  double learningRate = 0;
  double seconds = 0;                           ///< since training began, this run alone
  bool best = false;                            ///< the best of the epochs so far
  std::vector<EntropyTerms> entropy;            ///< [L] means over the epoch's steps
  std::vector<std::vector<double>> expertLoad;  ///< [L][S] means over the epoch's steps
  ResultPtr watched;                            ///< what the model says of TrainRequest::watched; null without one
};

/// Hears of a training run while it goes on. Called on the training thread, in order.
class TrainObserver {
 public:
  virtual ~TrainObserver() = default;
  /// Before every step. May block, to pause; must return soon once `stop` is requested.
  virtual void beforeStep(const std::stop_token& stop) { (void)stop; }
  virtual void stepDone(const StepReport& step) { (void)step; }
  /// Also told, once each, of the epochs a resumed run had done before.
  virtual void epochDone(const EpochReport& epoch) { (void)epoch; }
};

/// Where this process stands among those that train one model together, each with a slice of every batch. Ranks from 0;
/// one process alone = the default. Rank 0 alone validates, writes and knows the watched stay.
struct ParallelConfig {
  int rank = 0;
  int processes = 1;
  std::string host = "127.0.0.1";  ///< of rank 0
  int port = 29500;
  int timeoutSeconds = 1800;  ///< how long to wait for a silent process; one that ended is noticed at once. Also bounds
                              ///< how long an observer may pause
};

struct TrainRequest {
  ModelConfig model;  ///< variables' mean and std are filled from the training split
  TrainConfig training;
  std::string output;  ///< path of the .safetensors to write
  std::uint64_t seed = 32;
  std::string card;  ///< model card (Markdown) stored in the file
  /// File that holds all a run needs to go on, replaced as a whole after every epoch and removed once the run is
  /// finished (not where it was stopped); empty = none.
  std::string checkpoint;
  bool keepCheckpoint = false;  ///< leave it when finished: a resumed run then writes and reports the same at once
  bool resume = false;          ///< go on from `checkpoint` where it exists, to the same weights bit for bit
  SamplePtr watched;            ///< a stay to predict after every epoch; may be null
  TrainObserver* observer = nullptr;  ///< outlives the run; may be null
  ParallelConfig parallel;
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
