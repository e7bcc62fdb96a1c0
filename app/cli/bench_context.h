#pragma once

#include <string>
#include <vector>

#include "bench_rows.h"
#include "console.h"

namespace fusemoe::cli {

struct BenchArguments {
  std::string what = "all", model, cohort;
  double seconds = 2;  ///< a row is repeated for
};

/// A folder for files that are measured, removed with all in it at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file(const std::string& name) const { return m_path + "/" + name; }
  bool made() const { return !m_path.empty(); }

 private:
  std::string m_path;
};

/// What the groups of rows share: files, engine, floors, what was measured so far.
class BenchContext {
 public:
  BenchContext(Console& console, const BenchArguments& arguments);

  /// Loads the engine and measures the floors all rows share. Errors: no engine; no file to measure.
  Result<void> prepare();
  const std::stop_token& stop() const { return m_stop; }
  Engine& engine() const { return *m_engine; }
  const std::string& modelPath() const { return m_modelPath; }
  const std::string& cohortPath() const { return m_cohortPath; }  ///< "" = stays are invented
  /// Of a row; a share of it for one of many points.
  Repetition budget(double share = 1, std::size_t fewest = 3) const {
    return {m_arguments.seconds * share, fewest, 2000};
  }

  /// The model, opened once. Errors: those of opening.
  Result<ModelPtr> model();
  /// Up to `count` stays, those with most of the model's modalities first; invented where no cohort was given.
  Result<std::vector<SamplePtr>> samples(std::size_t count);
  /// Gives the model back, so that a row can measure opening it.
  void closeModel() { m_model.reset(); }

  /// The larger of reading `bytes` and computing `flops`, and which.
  BenchFloor floorOf(double bytes, double flops) const;
  const BenchFloors& floors() const { return m_report.floors; }
  /// The aims of the issue are for models like the paper's; of a small one calls and kernels, not bytes, take the time.
  bool paperScale() const { return m_report.model && m_report.model->parameters >= 100'000'000; }

  void begin(double fraction, const std::string& group);
  void add(BenchRow row) { m_report.rows.push_back(std::move(row)); }
  BenchReport finish();

 private:
  Result<void> chooseFiles();

  Console& m_console;
  const BenchArguments& m_arguments;
  std::stop_token m_stop;
  ProgressSink m_progress;
  Stopwatch m_watch;
  Engine* m_engine = nullptr;
  std::string m_modelPath, m_cohortPath;
  ModelPtr m_model;
  std::vector<SamplePtr> m_samples;
  BenchReport m_report;
};

/// Milliseconds of one `predict`. Errors: those of predicting.
Result<double> timePredict(const Model& model, std::span<const PredictRequest> requests, const std::stop_token& stop);
/// Milliseconds of one `predictMasks`.
Result<double> timeMasks(const Model& model, std::span<const SamplePtr> samples, std::span<const ModalityMask> masks,
                         const std::stop_token& stop);

// A group of rows each. Errors end the run; what cannot be measured here is a row that says why.
Result<void> benchOpen(BenchContext& bench);
Result<void> benchPredict(BenchContext& bench);
Result<void> benchMasks(BenchContext& bench);
Result<void> benchToggle(BenchContext& bench);
Result<void> benchStop(BenchContext& bench);
Result<void> benchBatch(BenchContext& bench);
Result<void> benchTrain(BenchContext& bench);
Result<void> benchCohort(BenchContext& bench);
Result<void> benchStartup(BenchContext& bench);
Result<void> benchScaling(BenchContext& bench);

}  // namespace fusemoe::cli
