#include "torch/training/trainer.h"

#include <ATen/ATen.h>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "torch/inference/prepare.h"
#include "torch/inference/torch_model.h"
#include "torch/model/parameters.h"
#include "torch/training/dataset.h"
#include "torch/training/objective.h"
#include "torch/training/optimizer.h"
#include "torch/training/validation.h"

namespace fusemoe {
namespace {

/// Means over what was added.
class ReportMeans {
 public:
  void add(const StepReport& step) {
    ++m_count;
    m_loss += step.loss;
    m_balance += step.balanceLoss;
    m_entropyLoss += step.entropyLoss;
    m_terms.resize(step.entropy.size());
    m_load.resize(step.expertLoad.size());
    for (std::size_t layer = 0; layer < m_terms.size(); ++layer) {
      const EntropyTerms& one = step.entropy[layer];
      EntropyTerms& all = m_terms[layer];
      all.perModality.resize(one.perModality.size());
      for (std::size_t m = 0; m < one.perModality.size(); ++m) all.perModality[m] += one.perModality[m];
      all.mean += one.mean;
      all.mixture += one.mixture;
      all.regularizer += one.regularizer;
      all.lowerBound = one.lowerBound;
      m_load[layer].resize(step.expertLoad[layer].size());
      for (std::size_t e = 0; e < m_load[layer].size(); ++e) m_load[layer][e] += step.expertLoad[layer][e];
    }
  }
  void writeTo(EpochReport& report) const {
    const double count = std::max(1.0, m_count);
    report.loss = m_loss / count;
    report.balanceLoss = m_balance / count;
    report.entropyLoss = m_entropyLoss / count;
    report.entropy = m_terms;
    report.expertLoad = m_load;
    for (EntropyTerms& terms : report.entropy) {
      for (double& entropy : terms.perModality) entropy /= count;
      terms.mean /= count;
      terms.mixture /= count;
      terms.regularizer /= count;
    }
    for (std::vector<double>& layer : report.expertLoad)
      for (double& share : layer) share /= count;
  }

 private:
  double m_count = 0, m_loss = 0, m_balance = 0, m_entropyLoss = 0;
  std::vector<EntropyTerms> m_terms;
  std::vector<std::vector<double>> m_load;
};

class Trainer {
 public:
  Trainer(const TrainRequest& request, ModelConfig config, Dataset train, Dataset validation, at::Device device)
      : m_request(request),
        m_options(request.training),
        m_config(std::move(config)),
        m_train(std::move(train)),
        m_validation(std::move(validation)),
        m_device(device),
        m_noise(request.seed),
        m_parameters(initialParameters(m_config, request.seed), device),
        m_network(m_config, m_parameters.leaves()),
        m_adam(m_options, m_parameters.values()),
        m_average(m_options.ema > 0 ? m_parameters.values().clone() : m_parameters.values()),
        m_judged(m_parameters.named(m_average)),
        m_judgedNetwork(m_config, m_judged) {
    const auto stays = static_cast<std::int64_t>(m_train.size());
    m_batches = (stays + m_options.batch - 1) / m_options.batch;
    m_updatesPerEpoch = (m_batches + m_options.accumulation - 1) / m_options.accumulation;
    m_positiveWeight = positiveWeight();
  }

  Result<TrainReport> run(const ProgressSink& progress, const std::stop_token& stop) {
    m_start = std::chrono::steady_clock::now();
    for (int epoch = 1; epoch <= m_options.epochs && !stop.stop_requested(); ++epoch) {
      auto report = runEpoch(epoch, progress, stop);
      if (!report) return failure(report.error());
      if (stop.stop_requested()) break;
      if (auto judged = judge(*report); !judged) return failure(judged.error());
      m_report.epochs.push_back(*report);
      if (m_request.observer) m_request.observer->epochDone(*report);
      if (epoch - m_report.bestEpoch >= m_options.patience) break;
    }
    m_report.stopped = stop.stop_requested();
    m_report.seconds = seconds();
    if (!m_best.defined())
      return failure("Training was stopped before its first epoch ended.", "Nothing was written; start it again.");
    if (auto written = write(); !written) return failure(written.error());
    return m_report;
  }

 private:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

  /// 0 in the config asks for negatives / positives of the training split.
  double positiveWeight() const {
    if (m_options.classWeight > 0) return m_options.classWeight;
    double positives = 0;
    for (const float label : m_train.labels()) positives += label > 0.5F ? 1 : 0;
    return positives > 0 ? (static_cast<double>(m_train.labels().size()) - positives) / positives : 1.0;
  }

  /// Adds the gradient of one batch, weighted by `share`, and what it tells to the step's report.
  Result<void> addBatch(std::uint64_t number, const std::vector<std::size_t>& rows, double share, StepReport& step,
                        RoutingTally& tally) {
    auto batch = m_train.batch(m_config, rows,
                               {m_options.modalityDropout, m_options.observationDropout, m_request.seed, number, 0});
    if (!batch) return failure(batch.error());
    const Batch moved = to(*batch, m_device);
    m_noise.begin(number, 0, static_cast<std::int64_t>(rows.size()));
    const NetworkOutput output = m_network(moved, &m_noise);
    std::vector<RoutingSums> sums;
    for (const MoeOutput& layer : output.layers) sums.push_back(sumsOf(layer.routings));
    std::vector<at::Tensor> balances, regularizers;
    for (const RoutingSums& layer : sums) {
      balances.push_back(balanceLoss(m_config.router, layer));
      regularizers.push_back(entropyRegularizer(m_config.router, layer));
    }
    const TaskKind kind = m_config.task.kind;
    const at::Tensor labels = batch->labels.contiguous();
    const double weight =
        taskLossWeight(kind, {labels.data_ptr<float>(), static_cast<std::size_t>(labels.numel())}, m_positiveWeight);
    const at::Tensor task =
        taskLossSum(kind, output.logits, moved.labels, m_positiveWeight, m_options.labelSmoothing) / weight;
    const at::Tensor balance = at::stack(balances).mean(), regularizer = at::stack(regularizers).mean();
    ((task + m_config.loss.balance * balance + m_config.loss.entropy * regularizer) * share).backward();
    step.loss += share * task.item<double>();
    step.balanceLoss += share * balance.item<double>();
    step.entropyLoss += share * regularizer.item<double>();
    tally.add(flattened(sums), sums.front().tokens);
    return {};
  }

  /// Clips and applies the gradient; false where it was not finite and the step was not taken.
  bool update(double& norm, double rate) {
    const at::NoGradGuard noGradient;
    m_parameters.clearShiftGradients();
    at::Tensor& gradient = m_parameters.gradient();
    norm = gradient.norm().item<double>();
    const bool finite = std::isfinite(norm);
    if (finite) {
      if (const double clip = m_options.gradientClip; clip > 0 && norm > clip) gradient.mul_(clip / norm);
      m_adam.step(m_parameters.values(), gradient, rate);
      if (m_options.ema > 0) updateAverage(m_average, m_parameters.values(), m_options.ema, m_adam.steps());
    }
    gradient.zero_();
    return finite;
  }

  /// The update'th step of an epoch: its batches, then the update.
  Result<StepReport> runStep(int epoch, std::int64_t update, const std::vector<std::size_t>& order,
                             const std::stop_token& stop) {
    const auto batchSize = static_cast<std::size_t>(m_options.batch);
    const std::size_t first = static_cast<std::size_t>(update * m_options.accumulation) * batchSize;
    const std::size_t end =
        std::min(order.size(), first + static_cast<std::size_t>(m_options.accumulation) * batchSize);
    StepReport step;
    RoutingTally tally(m_config);
    for (std::size_t from = first; from < end; from += batchSize) {
      if (stop.stop_requested()) return step;
      const std::size_t to = std::min(end, from + batchSize);
      const std::vector<std::size_t> rows(order.begin() + static_cast<std::ptrdiff_t>(from),
                                          order.begin() + static_cast<std::ptrdiff_t>(to));
      const auto number = static_cast<std::uint64_t>((epoch - 1) * m_batches) + from / batchSize;
      const double share = static_cast<double>(to - from) / static_cast<double>(end - first);
      if (auto added = addBatch(number, rows, share, step, tally); !added) return failure(added.error());
    }
    const std::int64_t done = (epoch - 1) * m_updatesPerEpoch + update;
    m_rate = learningRateAt(m_options, done, m_options.epochs * m_updatesPerEpoch);
    step.skipped = !this->update(step.gradientNorm, m_rate);
    step.step = done + 1;
    step.epoch = epoch;
    step.fraction = static_cast<double>(end) / static_cast<double>(order.size());
    step.entropy = tally.entropy();
    step.expertLoad = tally.expertLoad();
    return step;
  }

  Result<EpochReport> runEpoch(int epoch, const ProgressSink& progress, const std::stop_token& stop) {
    EpochReport report;
    ReportMeans means;
    report.epoch = epoch;
    // An order of its own for every epoch, from the seed alone: a resumed run needs no state of a generator.
    std::mt19937_64 random(m_request.seed * 1000003 + static_cast<std::uint64_t>(epoch));
    const std::vector<std::size_t> order = shuffled(m_train.size(), random);
    for (std::int64_t update = 0; update < m_updatesPerEpoch && !stop.stop_requested(); ++update) {
      if (m_request.observer) m_request.observer->beforeStep(stop);
      auto step = runStep(epoch, update, order, stop);
      if (!step) return failure(step.error());
      if (step->step == 0) break;  // stopped before its end
      report.skippedSteps += step->skipped ? 1 : 0;
      means.add(*step);
      if (m_request.observer) m_request.observer->stepDone(*step);
      tell(progress, epoch, step->fraction);
    }
    means.writeTo(report);
    report.learningRate = m_rate;
    return report;
  }

  void tell(const ProgressSink& progress, int epoch, double ofEpoch) const {
    if (!progress) return;
    const double done = (epoch - 1 + ofEpoch) / m_options.epochs;
    char text[120];
    std::snprintf(text, sizeof text, "epoch %d of at most %d, best validation AUROC %.4f", epoch, m_options.epochs,
                  m_report.bestValidationAuroc);
    progress({done, text, seconds() * (1 - done) / done});
  }

  /// Validates the epoch, keeps the weights if they are the best so far, predicts the watched stay.
  Result<void> judge(EpochReport& report) {
    auto score = scoreOn(m_validation, m_config, m_judgedNetwork, m_device);
    if (!score) return failure(score.error());
    report.validationAuroc = score->auroc;
    report.validationAuprc = score->auprc;
    report.validationLoss = score->loss;
    report.best = !m_best.defined() || meritOf(m_options.select, report) > m_bestMerit;
    if (report.best) {
      m_bestMerit = meritOf(m_options.select, report);
      m_report.bestEpoch = report.epoch;
      m_report.bestValidationAuroc = score->auroc;
      m_best = m_average.to(at::kCPU, /*non_blocking=*/false, /*copy=*/true);
    }
    if (m_request.watched) {
      auto watched = watch(report.epoch);
      if (!watched) return failure(watched.error());
      report.watched = *watched;
    }
    report.seconds = seconds();
    return {};
  }

  /// The watched stay through the code that predicts for everyone.
  Result<ResultPtr> watch(int epoch) const {
    LoadedModel now{m_config, {}, {}};
    for (const auto& [name, tensor] : m_judged) now.parameters[name] = tensor.detach();
    now.info.digest = "training:" + std::to_string(m_request.seed) + ":" + std::to_string(epoch);
    const PredictRequest request{m_request.watched, 0};
    auto results = TorchModel(std::move(now), m_device).predict({&request, 1}, {}, {});
    if (!results) return failure(results.error());
    return results->front();
  }

  Result<void> write() const {
    return writeModelFile(m_request.output, m_config, m_parameters.named(m_best),
                          {{kCardKey, m_request.card},
                           {"fusemoe_seed", std::to_string(m_request.seed)},
                           {"fusemoe_best_epoch", std::to_string(m_report.bestEpoch)}});
  }

  const TrainRequest& m_request;
  const TrainConfig& m_options;
  ModelConfig m_config;
  Dataset m_train, m_validation;
  at::Device m_device;
  NoiseGenerator m_noise;
  FlatParameters m_parameters;
  Network m_network;
  AdamStepper m_adam;
  at::Tensor m_average;  // of the weights; the weights themselves without ema
  TensorMap m_judged;    // what is validated and written: views of m_average
  Network m_judgedNetwork;
  at::Tensor m_best;  // m_average of the best epoch, on the CPU
  double m_bestMerit = 0, m_positiveWeight = 1, m_rate = 0;
  std::int64_t m_batches = 0, m_updatesPerEpoch = 0;  // of an epoch
  std::chrono::steady_clock::time_point m_start;
  TrainReport m_report;
};

}  // namespace

Result<TrainReport> trainModel(const SampleSource& cohort, const TrainRequest& request, at::Device device,
                               const ProgressSink& progress, const std::stop_token& stop) {
  ModelConfig config = request.model;
  if (auto valid = validate(config); !valid) return failure(valid.error());
  if (auto valid = validate(request.training); !valid) return failure(valid.error());
  auto train = Dataset::read(cohort, config, "train", stop);
  if (!train) return failure(train.error());
  auto validation = Dataset::read(cohort, config, "validation", stop);
  if (!validation) return failure(validation.error());
  train->fillStatistics(config);
  for (Dataset* dataset : {&*train, &*validation})
    if (auto prepared = dataset->prepareAll(config, stop); !prepared) return failure(prepared.error());
  return Trainer(request, std::move(config), std::move(*train), std::move(*validation), device).run(progress, stop);
}

}  // namespace fusemoe
