// How long the cohort store takes, in a cohort of 20,000 stays of 300 observations and 5 notes each (about 6 million
// rows), and in the lists of 100,000 small ones and of 100,000 with 120 observations and 2 notes each.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <random>
#include <stdexcept>

#include "cohort/cohort_store.h"
#include "cohort/cohort_writer.h"

namespace {

using namespace fusemoe;

constexpr int kVariables = 30;
constexpr int kNoteWidth = 32;

CohortInfo description() {
  CohortInfo info;
  info.name = "bench";
  info.modalities = {{"ts", "", ModalityKind::Series, 0, {}}, {"notes", "", ModalityKind::Vectors, kNoteWidth, {}}};
  for (int v = 0; v < kVariables; ++v) info.modalities[0].variables.push_back({std::to_string(v), "", "", 0, 1});
  info.tasks = {{"death", "", TaskKind::Binary, {"death"}}};
  return info;
}

Sample sample(std::int64_t stayId, int observationsEach, int notes) {
  std::mt19937 random(static_cast<unsigned>(stayId));
  Sample sample;
  sample.stayId = stayId;
  sample.modalities = {{"ts", ModalityKind::Series, {}, {}}, {"notes", ModalityKind::Vectors, {}, {}}};
  for (int v = 0; v < kVariables; ++v) {
    VariableData variable{std::to_string(v), {}};
    for (int i = 0; i < observationsEach; ++i)
      variable.observations.push_back({static_cast<float>(i) * 4, static_cast<float>(random() % 2000) / 10.0F});
    sample.modalities[0].variables.push_back(std::move(variable));
  }
  for (int i = 0; i < notes; ++i)
    sample.modalities[1].events.push_back({static_cast<float>(i) * 8, "note", std::vector<float>(kNoteWidth, 0.5F)});
  sample.labels["death"] = {static_cast<float>(stayId % 2)};
  return sample;
}

/// A cohort written on first use and removed at the end of the program.
class BenchCohort {
 public:
  BenchCohort(const std::string& name, int stays, int observationsEach, int notes)
      : m_path((std::filesystem::temp_directory_path() / name).string()) {
    auto writer = CohortWriter::create(m_path, description());
    if (!writer) throw std::runtime_error(writer.error().line());
    for (int stay = 1; stay <= stays; ++stay)
      if (auto added = writer->add(sample(stay, observationsEach, notes), "train"); !added)
        throw std::runtime_error(added.error().line());
    if (auto done = writer->commit({}); !done) throw std::runtime_error(done.error().line());
    store = CohortStore::open(m_path).value();
  }
  ~BenchCohort() { std::filesystem::remove(m_path); }
  BenchCohort(const BenchCohort&) = delete;
  BenchCohort& operator=(const BenchCohort&) = delete;
  const std::string& path() const { return m_path; }

  CohortPtr store;

 private:
  std::string m_path;
};

const BenchCohort& large() {
  static const BenchCohort cohort("fusemoe-bench-20000.sqlite", 20000, 10, 5);
  return cohort;
}

const BenchCohort& wide() {
  static const BenchCohort cohort("fusemoe-bench-100000.sqlite", 100000, 0, 1);
  return cohort;
}

const BenchCohort& full() {
  static const BenchCohort cohort("fusemoe-bench-100000-full.sqlite", 100000, 4, 2);
  return cohort;
}

void readOneStay(benchmark::State& state) {
  const CohortPtr& store = large().store;
  std::mt19937 random(1);
  for (auto _ : state) benchmark::DoNotOptimize(store->read(1 + random() % 20000).value());
}
BENCHMARK(readOneStay)->Unit(benchmark::kMillisecond);

void visitAll(benchmark::State& state) {
  const CohortPtr& store = large().store;
  for (auto _ : state) {
    std::size_t stays = 0;
    if (!store->visit("train", [&stays](const SamplePtr&) { return ++stays > 0; }) || stays != 20000)
      state.SkipWithError("visit failed");
  }
}
BENCHMARK(visitAll)->Unit(benchmark::kMillisecond);

void listOf100000(benchmark::State& state) {
  const CohortPtr& store = wide().store;
  for (auto _ : state)
    if (store->stays().value().size() != 100000) state.SkipWithError("list is short");
}
BENCHMARK(listOf100000)->Unit(benchmark::kMillisecond);

/// What the window waits for: opening, with the digest of the whole file, and the list.
void openAndList(benchmark::State& state, const BenchCohort& (*cohort)()) {
  const std::string path = cohort().path();  // written on first use
  for (auto _ : state) {
    const auto store = CohortStore::open(path).value();
    benchmark::DoNotOptimize(store->stays().value());
  }
  state.counters["MB"] = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
}
BENCHMARK_CAPTURE(openAndList, of_20000_with_observations, large)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(openAndList, of_100000, wide)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(openAndList, of_100000_with_observations, full)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
