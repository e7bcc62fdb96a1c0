#include "torch/training/trainer.h"

#include <ATen/ATen.h>
#include <malloc.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "base/sha256.h"
#include "torch/inference/torch_model.h"
#include "torch/model/parameters.h"
#include "torch/training/batch_gradient.h"
#include "torch/training/checkpoint.h"
#include "torch/training/memory_check.h"
#include "torch/training/optimizer.h"
#include "torch/training/report_means.h"
#include "torch/training/validation.h"

namespace fusemoe {
namespace {

/// While it lives, memory that is freed stays with the process: every step allocates the same large tensors again, and
/// glibc would have the kernel clear their pages each time (measured: a third of a NAFLD epoch).
class FreedMemoryStays {
 public:
  FreedMemoryStays() {
    constexpr int kLargest = 1 << 30, kElsewhere = 32 << 20;
    if (!::mallopt(M_MMAP_THRESHOLD, kLargest)) ::mallopt(M_MMAP_THRESHOLD, kElsewhere);
    ::mallopt(M_TRIM_THRESHOLD, kLargest);
  }
  ~FreedMemoryStays() {
    ::mallopt(M_TRIM_THRESHOLD, 128 << 10);  // glibc's own
    ::malloc_trim(0);
  }
};

/// 48 bits of a SHA-256 as a number that a double holds exactly.
double numberOf(const std::string& digest) {
  return static_cast<double>(std::stoull(digest.substr(0, 12), nullptr, 16));
}

class Trainer {
 public:
  Trainer(const TrainRequest& request, ModelConfig config, Dataset train, Dataset validation, at::Device device,
          Team& team)
      : m_request(request),
        m_options(request.training),
        m_config(std::move(config)),
        m_train(std::move(train)),
        m_validation(std::move(validation)),
        m_device(device),
        m_team(team),
        m_identity{sha256(toJson(request.model) + toJson(request.training)),
                   sha256(m_train.identity() + m_validation.identity()), request.seed},
        m_parameters(initialParameters(m_config, request.seed), device),
        m_network(m_config, m_parameters.leaves()),
        m_gradient(request, m_config, m_train, m_network, device, team),
        m_adam(m_options, m_parameters.values()),
        m_average(m_options.ema > 0 ? m_parameters.values().clone() : m_parameters.values()),
        m_judged(m_parameters.named(m_average)),
        m_judgedNetwork(m_config, m_judged) {
    const auto stays = static_cast<std::int64_t>(m_train.size());
    m_batches = (stays + m_options.batch - 1) / m_options.batch;
    m_updates = (m_batches + m_options.accumulation - 1) / m_options.accumulation;
  }

  Result<TrainReport> run(const ProgressSink& progress, const std::stop_token& stop) {
    m_start = std::chrono::steady_clock::now();
    Result<void> begun = m_team.leads() ? takeUp() : Result<void>();
    if (begun = startAlike(std::move(begun)); !begun) return failure(begun.error());
    for (const EpochReport& epoch : m_report.epochs)
      if (m_request.observer) m_request.observer->epochDone(epoch);
    while (!finished() && !stopping(stop)) {
      auto report = runEpoch(m_done + 1, progress, stop);
      if (!report) return failure(report.error());
      if (stopping(stop)) break;
      Result<void> judged = m_team.leads() ? judge(*report) : Result<void>();
      if (judged = settle(std::move(judged), *report); !judged) return failure(judged.error());
      if (m_request.observer) m_request.observer->epochDone(*report);
    }
    m_report.stopped = stopping(stop);
    m_report.seconds = seconds();
    if (m_report.bestEpoch == 0)
      return failure("Training was stopped before its first epoch ended.", "Nothing was written; start it again.");
    if (m_team.leads())
      if (auto written = write(); !written) return failure(written.error());
    return m_report;
  }

 private:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }
  bool finished() const {
    return m_done >= m_options.epochs || (m_done > 0 && m_done - m_report.bestEpoch >= m_options.patience);
  }
  /// In a team a stop counts once all have heard of it, which is with the next batch.
  bool stopping(const std::stop_token& stop) {
    if (m_team.alone() && stop.stop_requested()) m_stopping = true;
    return m_stopping;
  }

  /// Clips and applies the gradient of all processes; `step.skipped` where it was not finite and was not applied.
  Result<void> update(StepReport& step, double rate) {
    const at::NoGradGuard noGradient;
    at::Tensor& gradient = m_parameters.gradient();
    if (auto summed = m_team.sum(gradient); !summed) return summed;
    m_parameters.clearShiftGradients();
    step.gradientNorm = gradient.norm().item<double>();
    step.skipped = !std::isfinite(step.gradientNorm);
    if (!step.skipped) {
      if (const double clip = m_options.gradientClip; clip > 0 && step.gradientNorm > clip)
        gradient.mul_(clip / step.gradientNorm);
      m_adam.step(m_parameters.values(), gradient, rate);
      if (m_options.ema > 0) updateAverage(m_average, m_parameters.values(), m_options.ema, m_adam.steps());
    }
    gradient.zero_();
    return {};
  }

  /// One step of an epoch: its batches, then the update. Number 0 where it was stopped before its end.
  Result<StepReport> runStep(int epoch, std::int64_t update, const std::vector<std::size_t>& order,
                             const std::stop_token& stop) {
    const auto batchSize = static_cast<std::size_t>(m_options.batch);
    const std::size_t stepSize = batchSize * static_cast<std::size_t>(m_options.accumulation);
    const std::size_t first = static_cast<std::size_t>(update) * stepSize;
    const std::size_t end = std::min(order.size(), first + stepSize);
    StepReport step;
    RoutingTally tally(m_config);
    for (std::size_t from = first; from < end; from += batchSize) {
      if (stopping(stop)) return step;
      const std::size_t to = std::min(end, from + batchSize);
      const std::vector<std::size_t> rows(order.begin() + static_cast<std::ptrdiff_t>(from),
                                          order.begin() + static_cast<std::ptrdiff_t>(to));
      const auto number = static_cast<std::uint64_t>((epoch - 1) * m_batches) + from / batchSize;
      const double share = static_cast<double>(to - from) / static_cast<double>(end - first);
      auto stopped = m_gradient.add({number, share}, rows, stop.stop_requested(), step, tally);
      if (!stopped) return failure(stopped.error());
      if (!m_team.alone() && *stopped) m_stopping = true;
    }
    if (stopping(stop) && !m_team.alone()) return step;
    const std::int64_t before = (epoch - 1) * m_updates + update;
    m_rate = learningRateAt(m_options, before, m_options.epochs * m_updates);
    if (auto updated = this->update(step, m_rate); !updated) return failure(updated.error());
    step.step = before + 1;
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
    for (std::int64_t update = 0; update < m_updates && !stopping(stop); ++update) {
      if (m_request.observer) m_request.observer->beforeStep(stop);
      auto step = runStep(epoch, update, order, stop);
      if (!step) return failure(step.error());
      if (step->step == 0) break;
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
    const double all = m_options.epochs, done = (epoch - 1 + ofEpoch) / all;
    const double own = done - m_resumedAt / all;
    char text[120];
    std::snprintf(text, sizeof text, "epoch %d of at most %d, best validation AUROC %.4f", epoch, m_options.epochs,
                  m_report.bestValidationAuroc);
    progress({done, text, seconds() * (1 - done) / own});
  }

  /// The leader's part of an epoch's end: validates, keeps the weights if they are the best so far, predicts the
  /// watched stay, saves the checkpoint.
  Result<void> judge(EpochReport& report) {
    auto score = scoreOn(m_validation, m_config, m_judgedNetwork, m_device);
    if (!score) return failure(score.error());
    report.validationAuroc = score->auroc;
    report.validationAuprc = score->auprc;
    report.validationLoss = score->loss;
    report.best = m_report.bestEpoch == 0 || meritOf(m_options.select, report) > m_bestMerit;
    if (report.best) m_best = m_average.to(at::kCPU, /*non_blocking=*/false, /*copy=*/true);
    if (m_request.watched) {
      auto watched = watch(report.epoch);
      if (!watched) return failure(watched.error());
      report.watched = *watched;
    }
    report.seconds = seconds();
    return {};
  }

  /// Everybody learns what the leader found (`judged` is the leader's alone); then it is saved.
  Result<void> settle(Result<void> judged, EpochReport& report) {
    at::Tensor found = at::tensor({judged ? 1.0 : 0.0, report.best ? 1.0 : 0.0, report.validationAuroc,
                                   report.validationAuprc, report.validationLoss},
                                  at::kDouble);
    if (auto shared = m_team.share(found); judged && !shared) return shared;
    if (!judged) return judged;
    const double* number = found.data_ptr<double>();
    if (number[0] == 0) return leaderFailed();
    report.best = number[1] > 0;
    report.validationAuroc = number[2];
    report.validationAuprc = number[3];
    report.validationLoss = number[4];
    if (report.best) {
      m_bestMerit = meritOf(m_options.select, report);
      m_report.bestEpoch = report.epoch;
      m_report.bestValidationAuroc = report.validationAuroc;
    }
    m_done = report.epoch;
    m_report.epochs.push_back(report);
    m_report.seconds = seconds();
    return m_team.leads() && !m_request.checkpoint.empty() ? save() : Result<void>();
  }
  static tl::unexpected<Error> leaderFailed() {
    return failure("The leading process of this training (rank 0) could not go on.", "See what it said.");
  }

  /// The watched stay through the code that predicts for everyone.
  Result<ResultPtr> watch(int epoch) const {
    LoadedModel now{m_config, {}, {}};
    for (const auto& [name, tensor] : m_judged) now.parameters[name] = tensor.detach();
    now.info.digest = sha256(m_identity.configuration + m_identity.data + std::to_string(m_identity.seed)) + ":" +
                      std::to_string(epoch);
    const PredictRequest request{m_request.watched, 0};
    auto results = TorchModel(std::move(now), m_device).predict({&request, 1}, {}, {});
    if (!results) return failure(results.error());
    return results->front();
  }

  Result<void> save() {
    return writeCheckpoint(m_request.checkpoint, {m_identity,
                                                  m_report,
                                                  m_adam.steps(),
                                                  {{"values", m_parameters.values()},
                                                   {"average", m_average},
                                                   {"first", m_adam.first()},
                                                   {"second", m_adam.second()},
                                                   {"best", m_best}}});
  }

  /// Goes on from the checkpoint, where that is asked for and there is one.
  Result<void> takeUp() {
    if (!m_request.resume || m_request.checkpoint.empty()) return {};
    auto found = readCheckpoint(m_request.checkpoint, m_identity, m_parameters.values().numel());
    if (!found) return failure(found.error());
    if (!*found) return {};
    const at::NoGradGuard noGradient;
    Checkpoint& saved = **found;
    m_parameters.values().copy_(saved.tensors.at("values"));
    m_average.copy_(saved.tensors.at("average"));
    m_adam.first().copy_(saved.tensors.at("first"));
    m_adam.second().copy_(saved.tensors.at("second"));
    m_best = saved.tensors.at("best");
    m_adam.setSteps(saved.steps);
    m_report.epochs = std::move(saved.report.epochs);
    m_report.bestEpoch = saved.report.bestEpoch;
    m_done = m_resumedAt = static_cast<int>(m_report.epochs.size());
    const EpochReport& best = m_report.epochs[static_cast<std::size_t>(m_report.bestEpoch - 1)];
    m_report.bestValidationAuroc = best.validationAuroc;
    m_bestMerit = meritOf(m_options.select, best);
    return {};
  }

  /// All processes take the leader's state; `begun` is the leader's alone. Error: a process with other data or options.
  Result<void> startAlike(Result<void> begun) {
    if (m_team.alone()) return begun;
    const at::NoGradGuard noGradient;
    const std::vector<double> own{numberOf(m_identity.configuration), numberOf(m_identity.data),
                                  numberOf(sha256(std::to_string(m_identity.seed)))};
    at::Tensor state = at::tensor(
        {begun ? 1.0 : 0.0, own[0], own[1], own[2], static_cast<double>(m_done), static_cast<double>(m_adam.steps()),
         static_cast<double>(m_report.bestEpoch), m_report.bestValidationAuroc, m_bestMerit},
        at::kDouble);
    if (auto shared = m_team.share(state); begun && !shared) return shared;
    if (!begun) return begun;
    const double* number = state.data_ptr<double>();
    if (number[0] == 0) return leaderFailed();
    for (std::size_t i = 0; i < own.size(); ++i)
      if (number[i + 1] != own[i])
        return failure("The processes of this training have different configurations, cohorts or seeds.",
                       "Start all of them with the same command and the same cohort.");
    m_done = m_resumedAt = static_cast<int>(number[4]);
    m_adam.setSteps(static_cast<std::int64_t>(number[5]));
    m_report.bestEpoch = static_cast<int>(number[6]);
    m_report.bestValidationAuroc = number[7];
    m_bestMerit = number[8];
    for (at::Tensor* tensor : {&m_parameters.values(), &m_average, &m_adam.first(), &m_adam.second()})
      if (auto shared = m_team.share(*tensor); !shared) return shared;
    return {};
  }

  Result<void> write() const {
    auto written = writeModelFile(m_request.output, m_config, m_parameters.named(m_best),
                                  {{kCardKey, m_request.card},
                                   {"fusemoe_seed", std::to_string(m_request.seed)},
                                   {"fusemoe_best_epoch", std::to_string(m_report.bestEpoch)}});
    std::error_code ignored;
    if (written && !m_report.stopped && !m_request.keepCheckpoint && !m_request.checkpoint.empty())
      std::filesystem::remove(m_request.checkpoint, ignored);
    return written;
  }

  const TrainRequest& m_request;
  const TrainConfig& m_options;
  ModelConfig m_config;
  Dataset m_train, m_validation;
  at::Device m_device;
  Team& m_team;
  RunIdentity m_identity;
  FlatParameters m_parameters;
  Network m_network;
  BatchGradient m_gradient;
  AdamStepper m_adam;
  at::Tensor m_average;  // of the weights; the weights themselves without ema
  TensorMap m_judged;    // what is validated and written: views of m_average
  Network m_judgedNetwork;
  at::Tensor m_best;  // m_average of the best epoch, on the CPU; the leader's alone
  double m_bestMerit = 0, m_rate = 0;
  std::int64_t m_batches = 0, m_updates = 0;  // of an epoch
  int m_done = 0, m_resumedAt = 0;            // epochs
  bool m_stopping = false;
  std::chrono::steady_clock::time_point m_start;
  TrainReport m_report;
};

}  // namespace

Result<TrainReport> trainModel(const SampleSource& cohort, const TrainRequest& request, at::Device device,
                               const ProgressSink& progress, const std::stop_token& stop) {
  ModelConfig config = request.model;
  if (auto valid = validate(config); !valid) return failure(valid.error());
  if (auto valid = validate(request.training); !valid) return failure(valid.error());
  if (auto fits = checkTrainingMemory(config); !fits) return failure(fits.error());
  const FreedMemoryStays memory;
  auto team = Team::join(request.parallel);
  if (!team) return failure(team.error());
  auto train = Dataset::read(cohort, config, "train", stop);
  if (!train) return failure(train.error());
  auto validation = Dataset::read(cohort, config, "validation", stop);
  if (!validation) return failure(validation.error());
  train->fillStatistics(config);
  for (Dataset* dataset : {&*train, &*validation})
    if (auto prepared = dataset->prepareAll(config, stop); !prepared) return failure(prepared.error());
  return Trainer(request, std::move(config), std::move(*train), std::move(*validation), device, **team)
      .run(progress, stop);
}

}  // namespace fusemoe
