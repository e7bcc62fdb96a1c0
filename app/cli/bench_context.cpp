#include "bench_context.h"

#include <stdlib.h>

#include <algorithm>
#include <bit>
#include <filesystem>

#include "base/database_url.h"
#include "bench_sample.h"
#include "cohort/cohort_store.h"

namespace fusemoe::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBundledModel = "models/nafld-permod-laplace.safetensors";
constexpr const char* kBundledCohort = "cohorts/nafld.sqlite";
constexpr int kProductSize = 1024;

/// A file that comes with the program; "" where it is nowhere.
std::string bundled(const std::string& name) {
  std::error_code ignored;
  const char* named = std::getenv("FUSEMOE_RESOURCES");
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const fs::path& root :
       {fs::path(named ? named : ""), program / "../share/fusemoe", fs::path(FUSEMOE_RESOURCE_DIR)}) {
    const fs::path file = root / name;
    if (!root.empty() && fs::exists(file, ignored)) return file.lexically_normal().string();
  }
  return {};
}

/// Stays of a cohort, those with most modalities of the model first.
Result<std::vector<SamplePtr>> fullestStays(const std::string& path, const ModelConfig& config, std::size_t count) {
  auto store = CohortStore::open(path);
  if (!store) return failure(store.error());
  std::uint32_t known = 0;
  const auto& modalities = (*store)->info().modalities;
  for (std::size_t m = 0; m < modalities.size(); ++m)
    if (config.modalityIndex(modalities[m].name) >= 0) known |= 1U << m;
  if (known == 0)
    return failure("The cohort " + withoutPassword(path) + " has no modality of the model " + config.name + ".",
                   "Name a cohort that belongs to the model, or none: stays are invented then.");
  auto stays = (*store)->stays();
  if (!stays) return failure(stays.error());
  std::ranges::stable_sort(*stays, std::greater(),
                           [&](const auto& stay) { return std::popcount(stay.present & known); });
  std::vector<SamplePtr> samples;
  for (std::size_t i = 0; i < std::min(count, stays->size()); ++i) {
    auto sample = (*store)->read((*stays)[i].stayId);
    if (!sample) return failure(sample.error());
    samples.push_back(*sample);
  }
  if (samples.empty()) return failure("The cohort " + withoutPassword(path) + " has no stay.", "Name another cohort.");
  return samples;
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::error_code ignored;
  std::string path = (fs::temp_directory_path(ignored) / "fusemoe-bench-XXXXXX").string();
  if (::mkdtemp(path.data())) m_path = path;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (made()) fs::remove_all(m_path, ignored);
}

BenchContext::BenchContext(Console& console, const BenchArguments& arguments)
    : m_console(console), m_arguments(arguments), m_stop(console.stop()), m_progress(console.progress()) {}

Result<void> BenchContext::chooseFiles() {
  m_modelPath = m_arguments.model.empty() ? bundled(kBundledModel) : m_arguments.model;
  m_cohortPath = m_arguments.cohort;
  if (m_arguments.model.empty() && m_cohortPath.empty()) m_cohortPath = bundled(kBundledCohort);
  if (m_modelPath.empty())
    return failure("The bundled model is not there.", "Name one with --model, or set FUSEMOE_RESOURCES.");
  return {};
}

Result<void> BenchContext::prepare() {
  if (auto chosen = chooseFiles(); !chosen) return chosen;
  m_progress({0, "the floors of this machine"});
  const Stopwatch watch;
  auto engine = m_console.engine();
  if (!engine) return failure(engine.error());
  m_engine = *engine;
  m_report.engineMilliseconds = watch.milliseconds();
  m_report.engine = m_engine->info();
  m_report.machine = describeMachine();
  auto bandwidth = readBandwidth(m_report.engine.threads);
  if (!bandwidth) return failure(bandwidth.error());
  auto products = m_engine->matrixProductRate(kProductSize);
  if (!products) return failure(products.error());
  m_report.floors = {*bandwidth, *products};
  return {};
}

Result<ModelPtr> BenchContext::model() {
  if (m_model) return m_model;
  auto opened = m_engine->open(m_modelPath);
  if (!opened) return failure(opened.error());
  m_model = *opened;
  m_report.model = m_model->info();
  m_report.modelName = m_model->config().name;
  return m_model;
}

Result<std::vector<SamplePtr>> BenchContext::samples(std::size_t count) {
  constexpr std::size_t kMost = 64;
  if (m_samples.empty()) {
    auto opened = model();
    if (!opened) return failure(opened.error());
    if (m_cohortPath.empty()) {
      for (std::size_t i = 0; i < kMost; ++i) m_samples.push_back(inventSample((*opened)->config(), i + 1));
      m_report.stays = "invented, every modality present";
    } else {
      auto read = fullestStays(m_cohortPath, (*opened)->config(), kMost);
      if (!read) return failure(read.error());
      m_samples = std::move(*read);
      m_report.stays = withoutPassword(m_cohortPath) + ", those with most modalities first";
    }
  }
  return std::vector<SamplePtr>(m_samples.begin(),
                                m_samples.begin() + static_cast<std::ptrdiff_t>(std::min(count, m_samples.size())));
}

BenchFloor BenchContext::floorOf(double bytes, double flops) const {
  const double reading = 1000 * bytes / m_report.floors.readBytesPerSecond;
  const double computing = 1000 * flops / m_report.floors.flopsPerSecond;
  if (reading >= computing) return {"reading the chosen experts' bytes at the read bandwidth", reading};
  return {"computing the matrix products at the float32 rate", computing};
}

void BenchContext::begin(double fraction, const std::string& group) {
  m_progress({fraction, group});
}

BenchReport BenchContext::finish() {
  m_report.stopped = m_stop.stop_requested();
  m_report.seconds = m_watch.milliseconds() / 1000;
  m_progress({1, "measured"});
  return std::move(m_report);
}

Result<double> timePredict(const Model& model, std::span<const PredictRequest> requests, const std::stop_token& stop) {
  const Stopwatch watch;
  const auto results = model.predict(requests, {}, stop);
  if (!results) return failure(results.error());
  return watch.milliseconds();
}

Result<double> timeMasks(const Model& model, std::span<const SamplePtr> samples, std::span<const ModalityMask> masks,
                         const std::stop_token& stop) {
  const Stopwatch watch;
  const auto results = model.predictMasks(samples, masks, {}, stop);
  if (!results) return failure(results.error());
  return watch.milliseconds();
}

}  // namespace fusemoe::cli
