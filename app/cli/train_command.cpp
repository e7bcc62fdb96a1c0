#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "analysis/folds.h"
#include "analysis/score.h"
#include "cohort/cohort_store.h"
#include "commands.h"
#include "experiment_file.h"
#include "parallel_environment.h"
#include "train_documents.h"

namespace fusemoe::cli {
namespace {

constexpr std::uint64_t kPaperSeeds[] = {32, 42, 52, 62, 72};

/// What the file says of itself wherever it goes.
std::string cardOf(const Experiment& experiment, const CohortInfo& cohort, std::uint64_t seed) {
  std::string card = "# " + experiment.model.name + "\n\nResearch use only; not for clinical decisions.\n\n";
  card += "- Task: " + experiment.model.task.title + "\n- Cohort: " + cohort.title + " (SHA-256 " +
          cohort.digest.substr(0, 16) + "…)\n";
  card += "- Source of the data: " + cohort.attribution + "\n- Gate " + std::string(nameOf(experiment.model.gate)) +
          ", router " + std::string(nameOf(experiment.model.router)) + ", " + std::to_string(experiment.model.experts) +
          " experts, top " + std::to_string(experiment.model.topK) +
          ", missing modalities: " + std::string(nameOf(experiment.model.missing)) + "\n";
  return card + "- Trained with seed " + std::to_string(seed) + "; epoch chosen on the validation split.\n";
}

std::vector<std::uint64_t> seedsOf(const TrainArguments& arguments) {
  if (arguments.seeds.empty()) return {arguments.seed};
  if (arguments.seeds.size() == 1 && arguments.seeds[0] >= 1 && arguments.seeds[0] <= std::size(kPaperSeeds))
    return {kPaperSeeds, kPaperSeeds + arguments.seeds[0]};
  return arguments.seeds;
}

/// Everything the runs of one command share.
class TrainCommand {
 public:
  TrainCommand(Console& console, const TrainArguments& arguments) : m_console(console), m_arguments(arguments) {}

  Result<void> prepare() {
    auto parallel = parallelFromEnvironment();
    if (!parallel) return failure(parallel.error());
    m_parallel = *parallel;
    m_seeds = seedsOf(m_arguments);
    for (auto seed = m_seeds.begin(); seed != m_seeds.end(); ++seed)
      if (std::find(m_seeds.begin(), seed, *seed) != seed)
        return failure("Seed " + std::to_string(*seed) + " is given twice.", "Every run needs a seed of its own.");
    auto store = CohortStore::open(m_arguments.cohort);
    if (!store) return failure(store.error());
    m_store = *store;
    auto experiment = readExperiment(m_arguments.config, m_store->info(), m_arguments.changes);
    if (!experiment) return failure(experiment.error());
    m_experiment = *experiment;
    m_experiment.training.epochs = m_arguments.epochs.value_or(m_experiment.training.epochs);
    m_experiment.training.patience = m_arguments.patience.value_or(m_experiment.training.patience);
    if (auto valid = validate(m_experiment.training); !valid) return valid;
    if (m_arguments.watch) {
      auto watched = m_store->read(*m_arguments.watch);
      if (!watched) return failure(watched.error());
      m_watched = *watched;
    }
    if (m_arguments.folds > 0) {
      auto folds = FoldSource::deal(*m_store, config().task.name, m_arguments.folds, m_arguments.seed);
      if (!folds) return failure(folds.error());
      m_folds = *folds;
      m_seeds.assign(static_cast<std::size_t>(m_arguments.folds), m_arguments.seed);
    }
    auto engine = m_console.engine();
    if (!engine) return failure(engine.error());
    m_engine = *engine;
    return {};
  }

  /// Trains one model a seed or fold; ends with the first that is stopped.
  Result<std::vector<TrainedRun>> trainAll() {
    std::vector<TrainedRun> runs;
    for (std::size_t i = 0; i < m_seeds.size(); ++i) {
      TrainRequest request = requestFor(i);
      auto report = m_engine->train(sourceOf(i), request, progressOf(i), m_console.stop());
      if (!report) return failure(report.error());
      runs.push_back({m_seeds[i], m_folds ? static_cast<int>(i) + 1 : 0, request.output, std::move(*report), {}});
      if (runs.back().report.stopped) return runs;
    }
    std::error_code ignored;
    if (leads() && m_seeds.size() > 1)
      for (const TrainedRun& run : runs) std::filesystem::remove(run.model + ".checkpoint", ignored);
    return runs;
  }

  /// Metrics of each run on its test stays, and of all folds' together. Thresholds are chosen on validation.
  Result<std::optional<EvaluationReport>> testAll(std::vector<TrainedRun>& runs) {
    Scores allValidation, all;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      auto model = m_engine->open(runs[i].model);
      if (!model) return failure(model.error());
      const SampleSource& source = sourceOf(i);
      auto validation = scoreSplit(**model, source, "validation", {}, m_console.progress(), m_console.stop());
      if (!validation) return failure(validation.error());
      auto test = scoreSplit(**model, source, "test", {}, m_console.progress(), m_console.stop());
      if (!test) return failure(test.error());
      auto evaluated = metricsOf(*validation, *test);
      if (!evaluated) return failure(evaluated.error());
      runs[i].test = std::move(*evaluated);
      append(allValidation, *validation);
      append(all, *test);
    }
    if (!m_folds) return std::optional<EvaluationReport>();
    auto pooled = metricsOf(allValidation, all);
    if (!pooled) return failure(pooled.error());
    return std::optional<EvaluationReport>(std::move(*pooled));
  }

  bool leads() const { return m_parallel.rank == 0; }
  const ModelConfig& config() const { return m_experiment.model; }

 private:
  const SampleSource& sourceOf(std::size_t index) const {
    if (!m_folds) return *m_store;
    m_folds->turnTo(static_cast<int>(index));
    return *m_folds;
  }

  static void append(Scores& all, const Scores& some) {
    all.labels = some.labels;
    all.stays.insert(all.stays.end(), some.stays.begin(), some.stays.end());
    all.probability.insert(all.probability.end(), some.probability.begin(), some.probability.end());
    all.truth.insert(all.truth.end(), some.truth.begin(), some.truth.end());
    all.present.insert(all.present.end(), some.present.begin(), some.present.end());
  }

  Result<EvaluationReport> metricsOf(const Scores& validation, const Scores& test) const {
    auto thresholds = bestF1Thresholds(validation);
    if (!thresholds) return failure(thresholds.error());
    EvaluationOptions options;
    options.thresholds = *thresholds;
    options.bootstrap.resamples = m_arguments.resamples;
    std::vector<std::string> modalities;
    for (const ModalityConfig& modality : config().modalities) modalities.push_back(modality.name);
    return fusemoe::evaluate(test, modalities, config().task.labels, options);
  }

  TrainRequest requestFor(std::size_t index) const {
    TrainRequest request;
    request.model = m_experiment.model;
    request.training = m_experiment.training;
    request.seed = m_seeds[index];
    request.output = m_arguments.out;
    std::string suffix;
    if (!m_arguments.seeds.empty()) suffix = "-" + std::to_string(request.seed);
    if (m_folds) suffix = "-fold" + std::to_string(index + 1);
    if (!suffix.empty()) {
      const std::filesystem::path out(m_arguments.out);
      request.output = (out.parent_path() / (out.stem().string() + suffix + out.extension().string())).string();
    }
    request.card = cardOf(m_experiment, m_store->info(), request.seed);
    if (!m_arguments.noCheckpoint) request.checkpoint = request.output + ".checkpoint";
    // Of several runs the finished ones stay resumable until all are.
    request.keepCheckpoint = m_seeds.size() > 1;
    request.resume = m_arguments.resume;
    request.watched = leads() ? m_watched : nullptr;
    request.parallel = m_parallel;
    request.parallel.port += static_cast<int>(index);  // a process may be at the next run while rank 0 ends this one
    return request;
  }

  ProgressSink progressOf(std::size_t index) const {
    if (!leads()) return {};
    if (m_seeds.size() == 1) return m_console.progress();
    const auto runs = static_cast<double>(m_seeds.size());
    const std::string name = m_folds ? "fold " + std::to_string(index + 1) : "seed " + std::to_string(m_seeds[index]);
    return [sink = m_console.progress(), index, runs, name](const Progress& progress) {
      sink(
          {(static_cast<double>(index) + progress.fraction) / runs, name + ", " + progress.text, progress.secondsLeft});
    };
  }

  Console& m_console;
  const TrainArguments& m_arguments;
  ParallelConfig m_parallel;
  std::vector<std::uint64_t> m_seeds;   // a run each
  std::shared_ptr<FoldSource> m_folds;  // null = the cohort's own splits
  CohortPtr m_store;
  Experiment m_experiment;
  SamplePtr m_watched;
  Engine* m_engine = nullptr;
};

}  // namespace

int train(Console& console, const TrainArguments& arguments) {
  TrainCommand command(console, arguments);
  if (auto prepared = command.prepare(); !prepared) return console.fail(prepared.error());
  auto runs = command.trainAll();
  if (!runs) return console.fail(runs.error());
  if (!command.leads()) return 0;
  std::optional<EvaluationReport> pooled;
  if ((arguments.test || arguments.folds > 0) && !runs->back().report.stopped) {
    auto tested = command.testAll(*runs);
    if (!tested) return console.fail(tested.error());
    pooled = std::move(*tested);
  }
  return console.answer(trainDocument(command.config(), *runs, pooled), trainText(command.config(), *runs, pooled));
}

}  // namespace fusemoe::cli
