#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/engine.h"
#include "base/latest_worker.h"
#include "cohort/cohort_store.h"
#include "state/training_curve.h"

namespace fusemoe::ui {

class Document;
class Task;
class TaskList;

/// What a run is given: a complete experiment, its data and where the model goes.
struct TrainingPlan {
  Experiment experiment;
  std::string cohortPath;  ///< opened anew, so that reading it holds nobody up
  std::string output;      ///< .safetensors to write
  std::uint64_t seed = 32;
  bool resume = false;  ///< go on from the checkpoint beside `output`
  SamplePtr watched;    ///< whose routing is told after every epoch; may be null
};

/// The checkpoint of a run that writes `output`: it lies beside it and is gone when the run is over.
std::string checkpointOf(const std::string& output);

/// One training run at a time, on a thread of low priority: what the user does in the window goes first. It lives on
/// whatever is shown; what it tells is taken over at most ten times a second. GUI thread.
class TrainingSession : public QObject {
  Q_OBJECT

 public:
  enum class State {
    Idle,      ///< none so far
    Running,   ///< under way, or reading the cohort
    Paused,    ///< stands still before its next step
    Stopping,  ///< asked to end; the best epoch is being written
    Done,      ///< a model was written, perhaps after a stop
    Stopped,   ///< before the first epoch was over: nothing was written
    Failed,
  };
  using LoadEngine = std::function<Result<Engine*>()>;
  static constexpr std::chrono::milliseconds kTellEvery{100};

  /// `loadEngine` is called on the worker. All outlive it.
  TrainingSession(Document& document, TaskList& tasks, LoadEngine loadEngine, QObject* parent = nullptr);
  /// Stops the run; what it has trained so far is kept.
  ~TrainingSession() override;

  /// Begins a run; does nothing while one is under way.
  void start(TrainingPlan plan);
  void setPaused(bool paused);
  /// Ends the run and keeps the best epoch.
  void stop();

  State state() const { return m_state; }
  /// How the engine is come by, for other work that needs more than a model; to be called on a worker.
  const LoadEngine& engineLoader() const { return m_loadEngine; }
  /// Running, paused or stopping.
  bool active() const { return m_run != nullptr; }
  /// Of the last run.
  const TrainingPlan& plan() const { return m_plan; }
  const TrainingCurve& curve() const { return m_curve; }
  const std::vector<EpochReport>& epochs() const { return m_epochs; }
  /// The best epoch so far; null before the first is over.
  const EpochReport* best() const;
  /// What is being done, as the trainer says it; empty when nothing is.
  const QString& detail() const { return m_detail; }
  double fraction() const { return m_fraction; }
  /// Seconds to go, as the trainer estimates; nothing while that cannot be said.
  std::optional<double> secondsLeft() const { return m_secondsLeft; }
  /// Of a run that is over.
  const TrainReport& report() const { return m_report; }
  const Error& error() const { return m_error; }

 Q_SIGNALS:
  void stateChanged();
  /// Steps were taken.
  void stepped();
  /// An epoch is over.
  void epochEnded();
  /// A model was written.
  void trained(const QString& path);
  void failed(const fusemoe::Error& error);

 private:
  struct Run;

  void setState(State state);
  void collect();
  void finish(const Result<TrainReport>& answer);

  Document& m_document;
  TaskList& m_tasks;
  LoadEngine m_loadEngine;
  TrainingPlan m_plan;
  TrainingCurve m_curve;
  std::vector<EpochReport> m_epochs;
  TrainReport m_report;
  Error m_error;
  QString m_detail;
  double m_fraction = 0;
  std::optional<double> m_secondsLeft;
  std::shared_ptr<Run> m_run;  // the one under way, else null
  Task* m_task = nullptr;
  QTimer m_timer;
  State m_state = State::Idle;
  LatestWorker m_worker;  // last: joins before the rest goes
};

/// The model card of a run: what was trained on what, and how. No patient in it.
std::string trainingCard(const Experiment& experiment, const CohortInfo& cohort, std::uint64_t seed);

}  // namespace fusemoe::ui
