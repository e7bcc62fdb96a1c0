#include "support/fake_engine.h"

#include <cmath>
#include <fstream>

#include "support/fake_model.h"

namespace fusemoe::test {
namespace {

EntropyTerms termsAt(const ModelConfig& model, double time, int layer) {
  EntropyTerms terms;
  terms.mean = std::log(model.experts) * (0.55 + 0.35 * std::exp(-time)) - 0.1 * layer;
  terms.mixture = std::log(model.experts) * 0.95;
  terms.regularizer = terms.mean - terms.mixture;
  terms.lowerBound = -std::min(std::log(model.modalityCount()), std::log(model.experts));
  return terms;
}

std::vector<double> loadAt(const ModelConfig& model, double time, int layer) {
  std::vector<double> load;
  double sum = 0;
  for (int e = 0; e < model.experts; ++e) {
    load.push_back(1 + 0.8 * std::sin(1.9 * e + layer) * (1 - std::exp(-0.6 * time)));
    sum += load.back();
  }
  for (double& share : load) share /= sum;
  return load;
}

StepReport stepAt(const TrainRequest& request, std::int64_t step, int epoch, double fraction, bool quiet) {
  const double time = epoch - 1 + fraction;
  StepReport report;
  report.step = step;
  report.epoch = epoch;
  report.fraction = fraction;
  report.loss = 0.35 + 0.35 * std::exp(-0.5 * time) + 0.03 * std::sin(2.3 * double(step));
  report.skipped = step % 97 == 0;
  for (int layer = 0; layer < request.model.layers && !quiet; ++layer) {
    report.entropy.push_back(termsAt(request.model, time, layer));
    report.expertLoad.push_back(loadAt(request.model, time, layer));
  }
  return report;
}

EpochReport epochAt(const TrainRequest& request, int epoch, const std::stop_token& stop) {
  EpochReport report;
  report.epoch = epoch;
  report.loss = 0.35 + 0.35 * std::exp(-0.5 * epoch);
  report.validationLoss = 0.4 + 0.3 * std::exp(-0.5 * epoch) + 0.01 * epoch;
  report.validationAuroc = 0.85 - 0.3 * std::exp(-0.7 * epoch);
  report.validationAuprc = 0.55 - 0.25 * std::exp(-0.6 * epoch);
  report.best = true;
  for (int layer = 0; layer < request.model.layers; ++layer) {
    report.entropy.push_back(termsAt(request.model, epoch, layer));
    report.expertLoad.push_back(loadAt(request.model, epoch, layer));
  }
  if (request.watched) {
    const FakeModel model(request.model, "epoch " + std::to_string(epoch));
    const PredictRequest one{request.watched, 0};
    if (const auto results = model.predict({&one, 1}, {}, stop)) report.watched = results->front();
  }
  return report;
}

}  // namespace

TrainRequest FakeEngine::request() const {
  const std::lock_guard lock(m_mutex);
  return m_request;
}

Result<ModelPtr> FakeEngine::open(const std::string& path, const OpenOptions&) {
  return std::make_shared<FakeModel>(fakeConfig(), path);
}

Result<void> FakeEngine::convert(const ConvertRequest&, const ProgressSink&, const std::stop_token&) {
  return {};
}

Result<void> FakeEngine::generate(const GenerateModelRequest&, const ProgressSink&, const std::stop_token&) {
  return {};
}

Result<EncoderPtr> FakeEngine::openEncoder(const std::string&, const OpenOptions&) {
  return fusemoe::failure("Not an encoder.");
}

Result<double> FakeEngine::matrixProductRate(int) {
  return 1e9;
}

Result<ParityReport> FakeEngine::parity(const std::string&, const std::string&, const std::string&) {
  return ParityReport{};
}

Result<Scores> FakeEngine::logisticBaseline(const SampleSource&, const ModelConfig&, const std::string&,
                                            const ProgressSink&, const std::stop_token&) {
  return Scores{};
}

Result<TrainReport> FakeEngine::train(const SampleSource&, const TrainRequest& request, const ProgressSink& progress,
                                      const std::stop_token& stop) {
  {
    const std::lock_guard lock(m_mutex);
    m_request = request;
    m_request.observer = nullptr;
  }
  TrainReport report;
  std::int64_t taken = 0;
  for (int epoch = 1; epoch <= request.training.epochs && !stop.stop_requested(); ++epoch) {
    for (int i = 1; i <= kStepsPerEpoch && !stop.stop_requested(); ++i) {
      request.observer->beforeStep(stop);
      step.pass();
      if (stop.stop_requested()) break;
      ++m_steps;
      request.observer->stepDone(stepAt(request, ++taken, epoch, double(i) / kStepsPerEpoch, quiet));
      const double done = (epoch - 1 + double(i) / kStepsPerEpoch) / request.training.epochs;
      progress({done, "epoch " + std::to_string(epoch), 10 * (1 - done)});
    }
    if (stop.stop_requested()) break;
    report.epochs.push_back(epochAt(request, epoch, stop));
    request.observer->epochDone(report.epochs.back());
    if (failure) return tl::unexpected(*failure);
  }
  report.stopped = stop.stop_requested();
  if (report.epochs.empty()) return fusemoe::failure("Training was stopped before its first epoch ended.");
  report.bestEpoch = report.epochs.back().epoch;
  report.bestValidationAuroc = report.epochs.back().validationAuroc;
  std::ofstream(request.output) << "model";
  return report;
}

}  // namespace fusemoe::test
