// Many masks as one batch: the lattice of one stay beside one prediction, and a sweep of many stays under 16 masks
// beside one prediction a mask, in the same run. `times_faster` and `times_one` are ratios of wall time, free of the
// machine's own speed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "api/engine.h"
#include "base/cpu.h"
#include "cohort/cohort_store.h"

namespace {

using namespace fusemoe;

/// Wall and processor time of all it timed, seconds.
struct Watch {
  double wall = 0, cpu = 0;
  template <class F>
  void time(F&& work) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t busy = std::clock();
    work();
    wall += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    cpu += static_cast<double>(std::clock() - busy) / CLOCKS_PER_SEC;
  }
};

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
  Watch all, single;
  for (auto _ : state) {
    all.time([&] { benchmark::DoNotOptimize(opened(of.model->predictMasks({&stay, 1}, of.masks, {}, {}))); });
    state.PauseTiming();
    single.time([&] { one(of, stay, 0); });
    state.ResumeTiming();
  }
  state.counters["masks"] = static_cast<double>(of.masks.size());
  state.counters["times_one"] = all.wall / single.wall;
  state.counters["cpu_times_one"] = all.cpu / single.cpu;
}

/// `stays` stays (the cohort's, over and over) × 16 masks, some hundred at a time; after each of these calls one
/// prediction a mask for every 64th of its stays, whose time counts 64 times.
void sweep(benchmark::State& state, const Bundled& (*source)(), std::size_t stays) {
  constexpr std::size_t kAtATime = 256, kEvery = 64;
  const Bundled& of = source();
  const std::span<const ModalityMask> masks = std::span(of.masks).first(16);
  std::vector<SamplePtr> all;
  for (std::size_t i = 0; i < stays; ++i) all.push_back(of.stays[i % of.stays.size()]);
  Watch together, alone;
  for (auto _ : state)
    for (std::size_t first = 0; first < stays; first += kAtATime) {
      const auto some = std::span(all).subspan(first, std::min(kAtATime, stays - first));
      together.time([&] { benchmark::DoNotOptimize(opened(of.model->predictMasks(some, masks, {}, {}))); });
      state.PauseTiming();
      alone.time([&] {
        for (std::size_t i = 0; i < some.size(); i += kEvery)
          for (const ModalityMask mask : masks) one(of, some[i], mask);
      });
      state.ResumeTiming();
    }
  state.counters["stays"] = static_cast<double>(stays);
  state.counters["times_faster"] = kEvery * alone.wall / together.wall;
  state.counters["cpu_times_faster"] = kEvery * alone.cpu / together.cpu;
}

}  // namespace

BENCHMARK_CAPTURE(lattice, nafld_32, nafld)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(lattice, icu_16, icu)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(sweep, icu_10240, icu, 10240)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
BENCHMARK_CAPTURE(sweep, icu_1024, icu, 1024)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
BENCHMARK_CAPTURE(sweep, nafld_1024, nafld, 1024)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
BENCHMARK_MAIN();
