#include "state/training_session.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

#include "base/cpu.h"
#include "state/document.h"
#include "state/format.h"
#include "state/tasks.h"

namespace fusemoe::ui {

/// One run: what the worker is given, and where it leaves what happens. Any thread.
struct TrainingSession::Run : TrainObserver {
  TrainingPlan plan;
  LoadEngine loadEngine;
  std::function<Result<CohortPtr>(const std::string& path)> openCohort;

  /// What has happened since it was last taken.
  struct News {
    TrainingCurve steps;
    std::vector<EpochReport> epochs;
    std::optional<Progress> progress;
  };

  Result<TrainReport> work(const std::stop_token& stop);
  void beforeStep(const std::stop_token& stop) override {
    std::unique_lock lock(mutex);
    resumed.wait(lock, stop, [this] { return !paused; });
  }
  void stepDone(const StepReport& step) override {
    const std::lock_guard lock(mutex);
    news.steps.append(pointOf(step));
  }
  void epochDone(const EpochReport& epoch) override {
    const std::lock_guard lock(mutex);
    news.epochs.push_back(epoch);
  }
  void setPaused(bool pause) {
    const std::lock_guard lock(mutex);
    paused = pause;
    resumed.notify_all();
  }
  News take() {
    const std::lock_guard lock(mutex);
    return std::exchange(news, {});
  }

 private:
  std::mutex mutex;
  std::condition_variable_any resumed;
  bool paused = false;
  News news;
};

Result<TrainReport> TrainingSession::Run::work(const std::stop_token& stop) {
  const Result<Engine*> engine = loadEngine();
  if (!engine) return failure(engine.error());
  const Result<CohortPtr> cohort = openCohort(plan.cohortPath);
  if (!cohort) return failure(cohort.error());
  TrainRequest request;
  request.model = plan.experiment.model;
  request.training = plan.experiment.training;
  request.output = plan.output;
  request.seed = plan.seed;
  request.card = trainingCard(plan.experiment, (*cohort)->info(), plan.seed);
  request.checkpoint = checkpointOf(plan.output);
  request.resume = plan.resume;
  request.watched = plan.watched;
  request.observer = this;
  const auto tell = [this](const Progress& progress) {
    const std::lock_guard lock(mutex);
    news.progress = progress;
  };
  return (*engine)->train(**cohort, request, tell, stop);
}

std::string checkpointOf(const std::string& output) {
  return output + ".checkpoint";
}

std::string trainingCard(const Experiment& experiment, const CohortInfo& cohort, std::uint64_t seed) {
  const ModelConfig& model = experiment.model;
  std::string card = "# " + model.name + "\n\nResearch use only; not for clinical decisions.\n\n";
  card += "- Task: " + (model.task.title.empty() ? model.task.name : model.task.title) + "\n- Cohort: " + cohort.title +
          " (SHA-256 " + cohort.digest.substr(0, 16) + "…)\n";
  card += "- Source of the data: " + cohort.attribution + "\n- Gate " + std::string(nameOf(model.gate)) + ", router " +
          std::string(nameOf(model.router)) + ", " + std::to_string(model.experts) + " experts, top " +
          std::to_string(model.topK) + ", missing modalities: " + std::string(nameOf(model.missing)) + "\n";
  return card + "- Trained with seed " + std::to_string(seed) + "; epoch chosen on the validation split.\n";
}

TrainingSession::TrainingSession(Document& document, TaskList& tasks, LoadEngine loadEngine, QObject* parent)
    : QObject(parent), m_document(document), m_tasks(tasks), m_loadEngine(std::move(loadEngine)) {
  m_timer.setInterval(kTellEvery);
  connect(&m_timer, &QTimer::timeout, this, &TrainingSession::collect);
}

TrainingSession::~TrainingSession() = default;

const EpochReport* TrainingSession::best() const {
  const EpochReport* best = nullptr;
  for (const EpochReport& epoch : m_epochs)
    if (epoch.best) best = &epoch;  // each that was the best when it ended; the last of them is
  return best;
}

void TrainingSession::start(TrainingPlan plan) {
  if (active()) return;
  m_plan = std::move(plan);
  m_curve = {};
  m_epochs.clear();
  m_report = {};
  m_error = {};
  m_detail.clear();
  m_fraction = 0;
  m_secondsLeft.reset();
  m_run = std::make_shared<Run>();
  m_run->plan = m_plan;
  m_run->loadEngine = m_loadEngine;
  m_run->openCohort = m_document.openers().cohort;
  m_task = m_tasks.begin(tr("Training %1").arg(fileName(m_plan.output)), this);
  connect(m_task, &Task::stopAsked, this, &TrainingSession::stop, Qt::QueuedConnection);
  m_timer.start();
  setState(State::Running);
  Q_EMIT epochEnded();  // the last run's are gone
  m_worker.submit([this, run = m_run](const std::stop_token& stop) {
    lowerThreadPriority();  // also of the threads the engine starts for it
    Result<TrainReport> answer;
    try {
      answer = run->work(stop);
    } catch (const std::exception& error) {  // the worker's border: nothing foreign is thrown past it
      answer = failure("Training ended unexpectedly.", "Please report it.", error.what());
    }
    QMetaObject::invokeMethod(
        this,
        [this, run, answer] {
          if (run == m_run) finish(answer);
        },
        Qt::QueuedConnection);
  });
}

void TrainingSession::setPaused(bool paused) {
  if (m_state != State::Running && m_state != State::Paused) return;
  m_run->setPaused(paused);
  setState(paused ? State::Paused : State::Running);
}

void TrainingSession::stop() {
  if (!active() || m_state == State::Stopping) return;
  m_worker.cancel();
  delete std::exchange(m_task, nullptr);
  setState(State::Stopping);
}

void TrainingSession::collect() {
  Run::News news = m_run->take();
  for (const TrainingPoint& point : news.steps.points()) m_curve.append(point);
  for (EpochReport& epoch : news.epochs) m_epochs.push_back(std::move(epoch));
  if (news.progress) {
    m_fraction = news.progress->fraction;
    m_detail = QString::fromStdString(news.progress->text);
    m_secondsLeft.reset();
    if (news.progress->secondsLeft >= 0) m_secondsLeft = news.progress->secondsLeft;
    if (m_task) {
      const int epoch = m_epochs.empty() ? 1 : m_epochs.back().epoch + 1;
      const int all = m_plan.experiment.training.epochs;
      m_task->setProgress(m_fraction, tr("epoch %1 of %2").arg(std::min(epoch, all)).arg(all), m_secondsLeft);
    }
  }
  if (!news.epochs.empty()) Q_EMIT epochEnded();
  if (!news.steps.empty() || news.progress) Q_EMIT stepped();
}

void TrainingSession::finish(const Result<TrainReport>& answer) {
  const bool asked = m_state == State::Stopping;
  collect();
  m_timer.stop();
  m_run.reset();
  delete std::exchange(m_task, nullptr);
  if (answer) {
    m_report = *answer;
    setState(State::Done);
    Q_EMIT trained(QString::fromStdString(m_plan.output));
  } else {
    m_error = answer.error();
    // Stopped before there was anything to keep is what was asked for, no failure.
    const bool nothing = asked && m_epochs.empty();
    setState(nothing ? State::Stopped : State::Failed);
    if (!nothing) Q_EMIT failed(m_error);
  }
}

void TrainingSession::setState(State state) {
  if (state == m_state) return;
  m_state = state;
  Q_EMIT stateChanged();
}

}  // namespace fusemoe::ui
