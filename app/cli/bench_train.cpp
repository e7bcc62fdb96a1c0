#include "base/memory.h"
#include "bench_context.h"
#include "bench_models.h"
#include "bench_sample.h"
#include "bench_work.h"

namespace fusemoe::cli {
namespace {

constexpr int kBatch = 16;
constexpr std::size_t kStays = 160;
constexpr std::size_t kFewestSteps = 3;
constexpr double kWeightCopies = 4;  // weights, gradients, two moments of Adam
constexpr double kBackward = 3;      // a step is the forward products and two of their size each for gradients

/// Times steps, and ends the run once the budget is spent.
class StepTimes : public TrainObserver {
 public:
  StepTimes(double seconds, std::stop_token outer) : m_seconds(seconds), m_outer(std::move(outer)) {}
  void beforeStep(const std::stop_token&) override { m_step = {}; }
  void stepDone(const StepReport&) override {
    times.push_back(m_step.milliseconds());
    const bool enough = times.size() > kFewestSteps && m_whole.milliseconds() > 1000 * m_seconds;
    if (enough || m_outer.stop_requested()) stop.request_stop();
  }
  std::stop_source stop;
  std::vector<double> times;

 private:
  double m_seconds;
  std::stop_token m_outer;
  Stopwatch m_whole, m_step;
};

Result<BenchRow> trainingRow(BenchContext& bench, const std::string& name, const ModelConfig& config) {
  const ScratchFolder scratch;
  if (!scratch.made()) return failure("There is no folder for temporary files.", "Set TMPDIR to one.");
  const InventedCohort cohort(config, kStays);
  StepTimes steps(bench.budget().seconds, bench.stop());
  TrainRequest request;
  request.model = config;
  request.training.batch = kBatch;
  request.training.epochs = 1000;
  request.training.patience = 1000;
  request.output = scratch.file("trained.safetensors");
  request.observer = &steps;
  const auto report = bench.engine().train(cohort, request, {}, steps.stop.get_token());
  if (bench.stop().stop_requested()) return failure("The measurement was stopped.");
  // Stopped before its first epoch ended, a run has nothing to write and says so; its steps were measured all the same.
  if (!report && steps.times.size() <= kFewestSteps) return failure(report.error());
  // The first step also makes what the others find made.
  const std::vector<double> times(steps.times.begin() + 1, steps.times.end());
  const double flops = kBackward * kBatch * flopsOf(config, *inventSample(config, 1), 0).total();
  BenchRow row{name,
               "A training step of " + std::to_string(kBatch) + " stays: forward, backward, Adam.",
               {},
               timingOf(times),
               bench.floorOf(0, flops),
               {},
               {}};
  row.numbers = {{"stays", kBatch}, {"flop", flops}, {"config", config.name}};
  return row;
}

}  // namespace

Result<void> benchTrain(BenchContext& bench) {
  const auto model = bench.model();
  if (!model) return failure(model.error());
  const double needed = kWeightCopies * sizeof(float) * static_cast<double>((*model)->info().parameters);
  const auto available = static_cast<double>(availableMemory());
  if (available > 0 && needed > available / 2) {
    bench.add(BenchRow::skip("train", "A training step of the model.",
                             "weights, gradients and moments take " + std::to_string(needed / 1e9) + " GB of " +
                                 std::to_string(available / 1e9) + " GB that are free"));
  } else {
    auto row = trainingRow(bench, "train", (*model)->config());
    if (!row) return failure(row.error());
    bench.add(*row);
  }
  auto small = trainingRow(bench, "train.small", smallConfig({}));
  if (!small) return failure(small.error());
  bench.add(*small);
  return {};
}

}  // namespace fusemoe::cli
