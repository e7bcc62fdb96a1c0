#include <filesystem>
#include <fstream>

#include "base/database_url.h"
#include "bench_context.h"
#include "cohort/cohort_store.h"

namespace fusemoe::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kPatienceSeconds = 90;
constexpr std::size_t kEmptyPrograms = 10;
constexpr const char* kEmptyProgram = "/bin/true";
const std::string kStartup = "startup";
const std::string kStartupMeasured =
    "fusemoe-explorer from its start to the first painted window, as the kernel counts it (steps of 10 ms).";

/// The window's program beside this one; "" where there is none.
std::string explorerProgram() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path() / "fusemoe-explorer";
  return fs::exists(program, ignored) ? program.string() : std::string();
}

/// Milliseconds that a summary of fusemoe-explorer says its first window took; negative where it does not.
double firstWindowIn(const std::string& summary) {
  const std::string kBefore = "first window ";
  std::ifstream file(summary);
  for (std::string line; std::getline(file, line);)
    if (line.rfind(kBefore, 0) == 0) return 1000 * std::strtod(line.c_str() + kBefore.size(), nullptr);
  return -1;
}

Result<double> startOnce(const BenchContext& bench, const std::string& program, const std::string& summary) {
  const auto run =
      runChild({program, "--demo", "--summary", summary, "--size", "1440x900"}, kPatienceSeconds, bench.stop());
  if (!run) return failure(run.error());
  const double taken = run->status == 0 ? firstWindowIn(summary) : -1;
  if (taken < 0)
    return failure("fusemoe-explorer ended with status " + std::to_string(run->status) + " before it told its time.");
  return taken;
}

Result<BenchFloor> emptyProgramFloor(const BenchContext& bench) {
  std::vector<double> times;
  for (std::size_t i = 0; i < kEmptyPrograms; ++i) {
    const auto run = runChild({kEmptyProgram}, kPatienceSeconds, bench.stop());
    if (!run) return failure(run.error());
    times.push_back(run->milliseconds);
  }
  return BenchFloor{"starting /bin/true and waiting for its end, median of 10", timingOf(times).median};
}

}  // namespace

Result<void> benchCohort(BenchContext& bench) {
  const std::string measured = "Reading every stay of a cohort, one at a time (SampleSource::visit).";
  const std::string& path = bench.cohortPath();
  if (path.empty()) {
    bench.add(BenchRow::skip("cohort", measured, "no --cohort is given for this model"));
    return {};
  }
  const auto store = CohortStore::open(path);
  if (!store) return failure(store.error());
  std::size_t stays = 0, observations = 0;
  const auto times = repeated(bench.budget(1, 1), bench.stop(), [&]() -> Result<double> {
    stays = observations = 0;
    const Stopwatch watch;
    const auto visited = (*store)->visit("", [&](const SamplePtr& sample) {
      ++stays;
      for (const ModalityData& modality : sample->modalities) observations += modality.observationCount();
      return !bench.stop().stop_requested();
    });
    if (!visited) return failure(visited.error());
    if (bench.stop().stop_requested()) return failure("The measurement was stopped.");
    return watch.milliseconds();
  });
  if (!times) return failure(times.error());
  BenchRow row{"cohort", measured, {}, timingOf(*times), {}, {}, {}};
  const double seconds = row.timing->median / 1000;
  row.numbers = {{"stays", stays},
                 {"stays_per_second", static_cast<double>(stays) / seconds},
                 {"observations_per_second", static_cast<double>(observations) / seconds}};
  // Of a database's cohort there is no file to read beside it.
  if (const auto bytes = isDatabaseUrl(path) ? Result<std::int64_t>(failure("")) : fileBytes(path)) {
    const auto reads = repeated(bench.budget(0.2), bench.stop(), [&] { return plainReadTime(path); });
    if (!reads) return failure(reads.error());
    row.floor = BenchFloor{"read() of the whole file, in the page cache, median", timingOf(*reads).median};
    row.numbers["bytes"] = *bytes;
    row.numbers["bytes_per_second"] = static_cast<double>(*bytes) / seconds;
  }
  bench.add(std::move(row));
  return {};
}

Result<void> benchStartup(BenchContext& bench) {
  const std::string program = explorerProgram();
  const ScratchFolder scratch;
  if (program.empty() || !scratch.made()) {
    bench.add(BenchRow::skip(
        kStartup, kStartupMeasured,
        program.empty() ? "fusemoe-explorer is not beside this program" : "there is no folder for temporary files"));
    return {};
  }
  const auto floor = emptyProgramFloor(bench);
  if (!floor) return failure(floor.error());
  const auto times =
      repeated(bench.budget(), bench.stop(), [&] { return startOnce(bench, program, scratch.file("summary.txt")); });
  if (bench.stop().stop_requested()) return failure("The measurement was stopped.");
  // A window that cannot open here (no display, no libraries) is no fault of the other rows.
  if (!times)
    bench.add(BenchRow::skip(kStartup, kStartupMeasured, times.error().line()));
  else
    bench.add({kStartup, kStartupMeasured, {}, timingOf(*times), *floor, {}, {}});
  return {};
}

}  // namespace fusemoe::cli
