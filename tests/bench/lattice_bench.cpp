// Many masks as one batch: the lattice of one stay beside one prediction, and a sweep of many stays under 16 masks
// beside one prediction a mask, in the same run. `times_faster` and `times_one` are ratios of wall time, free of the
// machine's own speed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "api/engine.h"
#include "base/cpu.h"
#include "cohort/cohort_store.h"

namespace {

using namespace fusemoe;
using Clock = std::chrono::steady_clock;

template <class T>
T opened(const Result<T>& result) {
  if (result) return *result;
  std::fprintf(stderr, "%s\n", result.error().line().c_str());
  std::exit(1);
}

struct Bundled {
  ModelPtr model;
  std::vector<SamplePtr> stays;  ///< all of the cohort, up to 2,000
  std::vector<ModalityMask> masks;
};

Bundled bundled(const std::string& model, const std::string& cohort) {
  prepareNumericEnvironment();
  const std::string resources = FUSEMOE_SOURCE_DIR "/resources/";
  Bundled made;
  made.model = opened(opened(loadEngine())->open(resources + "models/" + model + ".safetensors"));
  const auto store = opened(CohortStore::open(resources + "cohorts/" + cohort + ".sqlite"));
  const auto visited = store->visit("", [&](const SamplePtr& stay) {
    made.stays.push_back(stay);
    return made.stays.size() < 2000;
  });
  if (!visited) std::exit(1);
  for (ModalityMask mask = 0; mask < 1U << made.model->config().modalityCount(); ++mask) made.masks.push_back(mask);
  return made;
}

const Bundled& nafld() {
  static const Bundled kBundled = bundled("nafld-permod-laplace", "nafld");
  return kBundled;
}
const Bundled& icu() {
  static const Bundled kBundled = bundled("icu-synthetic-ihm-permod-laplace", "icu-synthetic");
  return kBundled;
}

double seconds(Clock::time_point since) {
  return std::chrono::duration<double>(Clock::now() - since).count();
}

/// The stay with most modalities: nothing of its lattice falls together.
SamplePtr fullest(const Bundled& of) {
  return *std::max_element(of.stays.begin(), of.stays.end(), [](const SamplePtr& a, const SamplePtr& b) {
    auto present = [](const ModalityData& modality) { return modality.present(); };
    return std::count_if(a->modalities.begin(), a->modalities.end(), present) <
           std::count_if(b->modalities.begin(), b->modalities.end(), present);
  });
}

void one(const Bundled& of, const SamplePtr& stay, ModalityMask mask) {
  const PredictRequest request{stay, mask};
  benchmark::DoNotOptimize(opened(of.model->predict({&request, 1}, {}, {})));
}

/// All masks of one stay; each beside one prediction made right after it.
void lattice(benchmark::State& state, const Bundled& (*source)()) {
  const Bundled& of = source();
  const SamplePtr stay = fullest(of);
  double all = 0, single = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    benchmark::DoNotOptimize(opened(of.model->predictMasks({&stay, 1}, of.masks, {}, {})));
    all += seconds(start);
    state.PauseTiming();
    const auto then = Clock::now();
    one(of, stay, 0);
    single += seconds(then);
    state.ResumeTiming();
  }
  state.counters["masks"] = static_cast<double>(of.masks.size());
  state.counters["times_one"] = all / single;
}

/// `stays` stays (the cohort's, over and over) × 16 masks, some hundred at a time; beside it one prediction a mask for
/// every hundredth stay, its time multiplied by 100.
void sweep(benchmark::State& state, const Bundled& (*source)(), std::size_t stays) {
  constexpr std::size_t kAtATime = 256, kEvery = 100;
  const Bundled& of = source();
  const std::span<const ModalityMask> masks = std::span(of.masks).first(16);
  std::vector<SamplePtr> all;
  for (std::size_t i = 0; i < stays; ++i) all.push_back(of.stays[i % of.stays.size()]);
  double together = 0, alone = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    for (std::size_t first = 0; first < stays; first += kAtATime)
      benchmark::DoNotOptimize(opened(
          of.model->predictMasks(std::span(all).subspan(first, std::min(kAtATime, stays - first)), masks, {}, {})));
    together += seconds(start);
    state.PauseTiming();
    const auto then = Clock::now();
    for (std::size_t i = 0; i < stays; i += kEvery)
      for (const ModalityMask mask : masks) one(of, all[i], mask);
    alone += seconds(then) * kEvery;
    state.ResumeTiming();
  }
  state.counters["stays"] = static_cast<double>(stays);
  state.counters["times_faster"] = alone / together;
}

}  // namespace

BENCHMARK_CAPTURE(lattice, nafld_32, nafld)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(lattice, icu_16, icu)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(sweep, icu_10000, icu, 10000)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
BENCHMARK_CAPTURE(sweep, icu_1000, icu, 1000)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
BENCHMARK_CAPTURE(sweep, nafld_1000, nafld, 1000)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
BENCHMARK_MAIN();
