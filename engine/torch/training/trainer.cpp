#include "torch/training/trainer.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <torch/optim/adam.h>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "analysis/metrics.h"
#include "torch/inference/prepare.h"
#include "torch/model/model_file.h"
#include "torch/model/parameters.h"
#include "torch/moe/losses.h"
#include "torch/training/dataset.h"

namespace fusemoe {
namespace {

constexpr std::size_t kEvaluationBatch = 256;

/// Parts of the loss of one batch.
struct Losses {
  at::Tensor task, balance, entropy;
};

class Trainer {
 public:
  Trainer(const TrainRequest& request, ModelConfig config, Dataset train, Dataset validation, at::Device device)
      : m_request(request),
        m_config(std::move(config)),
        m_train(std::move(train)),
        m_validation(std::move(validation)),
        m_device(device),
        m_random(request.seed),
        m_parameters(trainable(initialParameters(m_config, request.seed), device)),
        m_network(m_config, m_parameters),
        m_adam(values(m_parameters), adamOptions(request.training)) {
    // Gating noise and dropout are drawn on the device that uses them.
    m_generator = at::globalContext().defaultGenerator(device).clone();
    m_generator.set_current_seed(request.seed);
    m_positiveWeight = positiveWeight();
  }

  Result<TrainReport> run(const ProgressSink& progress, const std::stop_token& stop) {
    const auto start = std::chrono::steady_clock::now();
    auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
    for (int epoch = 1; epoch <= m_request.training.epochs && !stop.stop_requested(); ++epoch) {
      auto report = runEpoch(epoch, progress, stop, seconds);
      if (!report) return failure(report.error());
      if (stop.stop_requested()) break;
      auto score = validationAuroc();
      if (!score) return failure(score.error());
      report->validationAuroc = *score;
      report->seconds = seconds();
      report->learningRate = m_request.training.learningRate;
      report->best = keepIfBest(*report);
      m_report.epochs.push_back(*report);
      if (m_request.observer) m_request.observer->epochDone(*report);
      if (epoch - m_report.bestEpoch >= m_request.training.patience) break;
    }
    m_report.stopped = stop.stop_requested();
    m_report.seconds = seconds();
    if (m_best.empty())
      return failure("Training was stopped before its first epoch ended.", "Nothing was written; start it again.");
    if (auto written = write(); !written) return failure(written.error());
    return m_report;
  }

 private:
  static TensorMap trainable(TensorMap parameters, at::Device device) {
    for (auto& [name, tensor] : parameters) tensor = tensor.to(device).detach().requires_grad_(true);
    return parameters;
  }
  static std::vector<at::Tensor> values(const TensorMap& parameters) {
    std::vector<at::Tensor> list;
    for (const auto& [name, tensor] : parameters) list.push_back(tensor);
    return list;
  }
  static torch::optim::AdamOptions adamOptions(const TrainConfig& training) {
    return torch::optim::AdamOptions(training.learningRate).weight_decay(training.weightDecay);
  }

  /// 0 in the config asks for negatives / positives of the training split.
  double positiveWeight() const {
    if (m_request.training.classWeight > 0) return m_request.training.classWeight;
    double positives = 0;
    for (const float label : m_train.labels()) positives += label > 0.5F ? 1 : 0;
    return positives > 0 ? (static_cast<double>(m_train.labels().size()) - positives) / positives : 1.0;
  }

  Losses lossesOf(const Batch& batch) {
    const NetworkOutput output = m_network(batch, m_generator);
    Losses losses;
    const auto options = output.logits.options().requires_grad(false);
    switch (m_config.task.kind) {
      case TaskKind::Binary: {
        const at::Tensor weight = at::tensor({1.0, m_positiveWeight}, options);
        losses.task = at::cross_entropy_loss(output.logits, batch.labels.squeeze(1).to(at::kLong), weight);
        break;
      }
      case TaskKind::MultiClass:
        losses.task = at::cross_entropy_loss(output.logits, batch.labels.squeeze(1).to(at::kLong));
        break;
      case TaskKind::MultiLabel: {
        const at::Tensor weight = at::full({output.logits.size(1)}, m_positiveWeight, options);
        losses.task = at::binary_cross_entropy_with_logits(output.logits, batch.labels, {}, weight);
        break;
      }
    }
    std::vector<at::Tensor> balance, regularizer;
    for (const MoeOutput& layer : output.layers) {
      balance.push_back(balanceLoss(m_config.router, layer.routings));
      regularizer.push_back(entropyRegularizer(m_config.router, layer.routings));
    }
    losses.balance = at::stack(balance).mean();
    losses.entropy = at::stack(regularizer).mean();
    return losses;
  }

  /// One optimiser step; false where the gradient was not finite and the step was not taken.
  bool step(const Losses& losses) {
    m_adam.zero_grad();
    (losses.task + m_config.loss.balance * losses.balance + m_config.loss.entropy * losses.entropy).backward();
    std::vector<at::Tensor> norms;
    for (const auto& [name, tensor] : m_parameters)
      if (tensor.grad().defined()) norms.push_back(tensor.grad().norm());
    const double norm = at::stack(norms).norm().item<double>();
    if (!std::isfinite(norm)) return false;
    if (const double clip = m_request.training.gradientClip; clip > 0 && norm > clip)
      for (const auto& [name, tensor] : m_parameters)
        if (tensor.grad().defined()) tensor.mutable_grad().mul_(clip / norm);
    m_adam.step();
    return true;
  }

  template <class Clock>
  Result<EpochReport> runEpoch(int epoch, const ProgressSink& progress, const std::stop_token& stop,
                               const Clock& seconds) {
    EpochReport report;
    report.epoch = epoch;
    const std::vector<std::size_t> order = shuffled(m_train.size(), m_random);
    const auto batchSize = static_cast<std::size_t>(m_request.training.batch);
    std::size_t batches = 0;
    for (std::size_t first = 0; first < order.size() && !stop.stop_requested(); first += batchSize, ++batches) {
      const std::vector<std::size_t> rows(
          order.begin() + static_cast<std::ptrdiff_t>(first),
          order.begin() + static_cast<std::ptrdiff_t>(std::min(first + batchSize, order.size())));
      auto batch = m_train.batch(m_config, rows, m_request.training.modalityDropout, m_random);
      if (!batch) return failure(batch.error());
      if (m_request.observer) m_request.observer->beforeStep(stop);
      const Losses losses = lossesOf(to(*batch, m_device));
      const bool stepped = step(losses);
      report.skippedSteps += stepped ? 0 : 1;
      report.loss += losses.task.item<double>();
      report.balanceLoss += losses.balance.item<double>();
      report.entropyLoss += losses.entropy.item<double>();
      if (m_request.observer) {
        StepReport done;
        done.step = ++m_steps;
        done.epoch = epoch;
        done.fraction = static_cast<double>(first + rows.size()) / static_cast<double>(order.size());
        done.loss = losses.task.item<double>();
        done.balanceLoss = losses.balance.item<double>();
        done.entropyLoss = losses.entropy.item<double>();
        done.skipped = !stepped;
        m_request.observer->stepDone(done);
      }
      tell(progress, epoch, static_cast<double>(first + rows.size()) / static_cast<double>(order.size()), seconds());
    }
    const double count = std::max<double>(1, static_cast<double>(batches));
    report.loss /= count;
    report.balanceLoss /= count;
    report.entropyLoss /= count;
    return report;
  }

  void tell(const ProgressSink& progress, int epoch, double ofEpoch, double seconds) const {
    if (!progress) return;
    const double done = (epoch - 1 + ofEpoch) / m_request.training.epochs;
    char text[120];
    std::snprintf(text, sizeof text, "epoch %d of at most %d, best validation AUROC %.4f", epoch,
                  m_request.training.epochs, m_report.bestValidationAuroc);
    progress({done, text, seconds * (1 - done) / done});
  }

  Result<double> validationAuroc() {
    const at::NoGradGuard noGradient;
    const std::size_t width = m_validation.labelWidth();
    std::vector<std::vector<float>> scores, truth;
    for (std::size_t first = 0; first < m_validation.size(); first += kEvaluationBatch) {
      std::vector<std::size_t> rows;
      for (std::size_t i = first; i < std::min(first + kEvaluationBatch, m_validation.size()); ++i) rows.push_back(i);
      auto batch = m_validation.batch(m_config, rows, 0, m_random);
      if (!batch) return failure(batch.error());
      const at::Tensor logits = m_network(to(*batch, m_device)).logits;
      const at::Tensor probability =
          Network::probability(m_config.task.kind, logits).to(at::kCPU, at::kFloat).contiguous();
      const auto columns = static_cast<std::size_t>(probability.size(1));
      scores.resize(columns);
      truth.resize(columns);
      for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t c = 0; c < columns; ++c) {
          scores[c].push_back(probability.data_ptr<float>()[i * columns + c]);
          const float label = m_validation.labels()[rows[i] * width + (width == columns ? c : 0)];
          truth[c].push_back(
              m_config.task.kind == TaskKind::MultiClass ? static_cast<float>(label == static_cast<float>(c)) : label);
        }
    }
    double sum = 0, columns = 0;
    for (std::size_t c = 0; c < scores.size(); ++c)
      if (const auto area = LabelScores(scores[c], truth[c]).auroc()) {
        sum += *area;
        ++columns;
      }
    if (columns == 0)
      return failure("The validation split has stays of one class only, so no epoch can be chosen.",
                     "Use another split of the cohort.");
    return sum / columns;
  }

  bool keepIfBest(const EpochReport& report) {
    if (!m_best.empty() && report.validationAuroc <= m_report.bestValidationAuroc) return false;
    m_report.bestValidationAuroc = report.validationAuroc;
    m_report.bestEpoch = report.epoch;
    for (const auto& [name, tensor] : m_parameters) m_best[name] = tensor.detach().to(at::kCPU).clone();
    return true;
  }

  Result<void> write() const {
    return writeModelFile(m_request.output, m_config, m_best,
                          {{kCardKey, m_request.card},
                           {"fusemoe_seed", std::to_string(m_request.seed)},
                           {"fusemoe_best_epoch", std::to_string(m_report.bestEpoch)}});
  }

  const TrainRequest& m_request;
  ModelConfig m_config;
  Dataset m_train, m_validation;
  at::Device m_device;
  std::mt19937_64 m_random;
  TensorMap m_parameters, m_best;
  Network m_network;
  torch::optim::Adam m_adam;
  at::Generator m_generator;
  double m_positiveWeight = 1;
  std::int64_t m_steps = 0;
  TrainReport m_report;
};

}  // namespace

Result<TrainReport> trainModel(const SampleSource& cohort, const TrainRequest& request, at::Device device,
                               const ProgressSink& progress, const std::stop_token& stop) {
  ModelConfig config = request.model;
  if (auto valid = validate(config); !valid) return failure(valid.error());
  auto train = Dataset::read(cohort, config, "train", stop);
  if (!train) return failure(train.error());
  auto validation = Dataset::read(cohort, config, "validation", stop);
  if (!validation) return failure(validation.error());
  train->fillStatistics(config);
  return Trainer(request, std::move(config), std::move(*train), std::move(*validation), device).run(progress, stop);
}

}  // namespace fusemoe
