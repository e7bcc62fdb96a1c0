// One prediction of the bundled model on a stay with every modality: alone, and with what the 3-D view and the patient
// record ask for besides.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "api/engine.h"
#include "base/cpu.h"
#include "cohort/cohort_store.h"

namespace {

using namespace fusemoe;

struct Bundled {
  ModelPtr model;
  SamplePtr sample;
};

template <class T>
T opened(const Result<T>& result) {
  if (result) return *result;
  std::fprintf(stderr, "%s\n", result.error().line().c_str());
  std::exit(1);
}

const Bundled& bundled() {
  static const Bundled kBundled = [] {
    prepareNumericEnvironment();
    const std::string resources = FUSEMOE_SOURCE_DIR "/resources/";
    const ModelPtr model = opened(opened(loadEngine())->open(resources + "models/nafld-permod-laplace.safetensors"));
    return Bundled{model, opened(opened(CohortStore::open(resources + "cohorts/nafld.sqlite"))->read(4))};
  }();
  return kBundled;
}

void predict(benchmark::State& state, const PredictOptions& options) {
  const PredictRequest request{bundled().sample, 0};
  for (auto _ : state) benchmark::DoNotOptimize(bundled().model->predict({&request, 1}, options, {}));
}

}  // namespace

BENCHMARK_CAPTURE(predict, plain, PredictOptions{})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(predict, projection, PredictOptions{true, nullptr, false, {}})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(predict, attention, PredictOptions{false, nullptr, true, {}})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(predict, both, PredictOptions{true, nullptr, true, {}})->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
