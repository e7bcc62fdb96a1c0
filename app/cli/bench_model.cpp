#include "bench_context.h"
#include "bench_work.h"

namespace fusemoe::cli {
namespace {

constexpr std::size_t kRotation = 8;  // different stays in turn, so that nothing an engine remembers of one answers
constexpr double kOpenMilliseconds = 300, kOpenBytes = 150e6, kPredictOverFloor = 2;

nlohmann::ordered_json memoryDocument(const Resident& before, const Resident& after) {
  return {{"resident_bytes", after.all},
          {"grown_bytes", after.all - before.all},
          {"grown_anonymous_bytes", after.anonymous - before.anonymous},
          {"grown_file_bytes", after.file - before.file}};
}

Result<BenchFloor> mappingFloor(const BenchContext& bench) {
  auto times = mappingTimes(bench.modelPath(), 200);
  if (!times) return failure(times.error());
  return BenchFloor{"open, fstat, mmap, close and munmap of the file, median of 200", timingOf(*times).median};
}

/// What one state reads and computes.
struct StateWork {
  double experts = 0;  ///< distinct, over all layers
  double flops = 0;
};

Result<StateWork> workOf(const Model& model, const SamplePtr& sample, const std::stop_token& stop) {
  const PredictRequest request{sample, 0};
  const auto results = model.predict({&request, 1}, {}, stop);
  if (!results) return failure(results.error());
  return StateWork{static_cast<double>(distinctExperts(model.config(), *results->front())),
                   flopsOf(model.config(), *sample, 0).total()};
}

/// Mean over the stays of a rotation.
Result<StateWork> meanWork(const Model& model, const std::vector<SamplePtr>& samples, const std::stop_token& stop) {
  StateWork mean;
  for (const SamplePtr& sample : samples) {
    const auto work = workOf(model, sample, stop);
    if (!work) return failure(work.error());
    mean.experts += work->experts / static_cast<double>(samples.size());
    mean.flops += work->flops / static_cast<double>(samples.size());
  }
  return mean;
}

/// The first prediction after opening: pages of the mapping are not in the process yet.
Result<BenchRow> firstPrediction(BenchContext& bench, const SamplePtr& sample) {
  Resident before, after;
  const auto times = repeated(bench.budget(), bench.stop(), [&]() -> Result<double> {
    const auto model = bench.engine().open(bench.modelPath());
    if (!model) return failure(model.error());
    before = residentMemory();
    const PredictRequest request{sample, 0};
    const auto taken = timePredict(**model, {&request, 1}, bench.stop());
    after = residentMemory();
    return taken;
  });
  if (!times) return failure(times.error());
  BenchRow row{"predict.first",
               "One mask of a stay, the first prediction after opening; the file is in the page cache.",
               {},
               timingOf(*times),
               {},
               {},
               memoryDocument(before, after)};
  return row;
}

}  // namespace

Result<void> benchOpen(BenchContext& bench) {
  bench.closeModel();
  const auto floor = mappingFloor(bench);
  if (!floor) return failure(floor.error());
  const Resident before = residentMemory();
  const Stopwatch watch;
  const auto first = bench.model();
  if (!first) return failure(first.error());
  const double firstTime = watch.milliseconds();
  const Resident after = residentMemory();
  BenchRow row{"open.first",
               "Engine::open, the first of this process; the engine is loaded.",
               {},
               timingOf({firstTime}),
               *floor,
               {},
               memoryDocument(before, after)};
  if (bench.paperScale()) row.aim = BenchAim{"milliseconds", firstTime, kOpenMilliseconds};
  bench.add(row);
  if (bench.paperScale())
    bench.add({"open.memory",
               "Resident memory that opening takes, before the first prediction.",
               {},
               {},
               {},
               BenchAim{"bytes", static_cast<double>(after.all - before.all), kOpenBytes},
               memoryDocument(before, after)});
  const auto times = repeated(bench.budget(), bench.stop(), [&]() -> Result<double> {
    const Stopwatch again;
    const auto opened = bench.engine().open(bench.modelPath());
    if (!opened) return failure(opened.error());
    return again.milliseconds();
  });
  if (!times) return failure(times.error());
  bench.add({"open.again", "Engine::open, repeated.", {}, timingOf(*times), *floor, {}, {}});
  return {};
}

Result<void> benchPredict(BenchContext& bench) {
  const auto model = bench.model();
  if (!model) return failure(model.error());
  const auto samples = bench.samples(kRotation);
  if (!samples) return failure(samples.error());
  const ModelConfig& config = (*model)->config();
  const auto perExpert = static_cast<double>(expertBytes(config, (*model)->info().weights));
  const auto work = meanWork(**model, *samples, bench.stop());
  if (!work) return failure(work.error());
  const double bytes = work->experts * perExpert;

  auto first = firstPrediction(bench, samples->front());
  if (!first) return failure(first.error());
  const auto firstWork = workOf(**model, samples->front(), bench.stop());
  if (!firstWork) return failure(firstWork.error());
  first->floor = bench.floorOf(firstWork->experts * perExpert, firstWork->flops);
  first->numbers["expert_bytes"] = firstWork->experts * perExpert;
  bench.add(*first);

  std::size_t turn = 0;
  const auto times = repeated(bench.budget(), bench.stop(), [&] {
    const PredictRequest request{(*samples)[turn++ % samples->size()], 0};
    return timePredict(**model, {&request, 1}, bench.stop());
  });
  if (!times) return failure(times.error());
  BenchRow row{"predict.warm",
               "One mask of a stay, " + std::to_string(samples->size()) + " stays in turn.",
               {},
               timingOf(*times),
               bench.floorOf(bytes, work->flops),
               {},
               {}};
  const double allExperts = static_cast<double>(config.layers) * config.experts;
  row.numbers = {{"distinct_experts", work->experts},
                 {"expert_bytes", bytes},
                 {"other_bytes", static_cast<double>((*model)->info().bytes) - allExperts * perExpert},
                 {"flop", work->flops},
                 {"bandwidth_floor_ms", bench.floorOf(bytes, 0).milliseconds},
                 {"product_floor_ms", bench.floorOf(0, work->flops).milliseconds}};
  if (bench.paperScale() && row.ratio()) row.aim = BenchAim{"time over floor", *row.ratio(), kPredictOverFloor};
  bench.add(row);
  return {};
}

}  // namespace fusemoe::cli
