#pragma once

#include <QMetaObject>
#include <QObject>
#include <QPointer>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "base/cpu.h"
#include "base/latest_worker.h"
#include "base/progress.h"
#include "base/result.h"
#include "state/tasks.h"

namespace fusemoe::ui {

/// Runs one analysis at a time on a thread of low priority, listed as a task that can be cancelled. A newer run
/// replaces an older one, whose answer is dropped. GUI thread only; `done` runs there too, and not after cancel().
/// Destroy it before `owner`.
template <class T>
class BackgroundAnalysis {
 public:
  using Work = std::function<Result<T>(const ProgressSink& progress, const std::stop_token& stop)>;
  using Done = std::function<void(Result<T>)>;
  static constexpr std::chrono::milliseconds kTellEvery{100};

  BackgroundAnalysis(QObject* owner, TaskList& tasks) : m_owner(owner), m_tasks(tasks) {}
  ~BackgroundAnalysis() { endTask(); }

  /// `title` names the task; empty = too short to be listed.
  void start(const QString& title, Work work, Done done) {
    cancel();
    const std::uint64_t ticket = ++m_ticket;
    m_running = true;
    if (!title.isEmpty()) {
      m_task = m_tasks.begin(title, m_owner);
      QObject::connect(
          m_task, &Task::stopAsked, m_owner,
          [this, ticket] {
            if (ticket == m_ticket) stopAsked();
          },
          Qt::QueuedConnection);
    }
    m_stopped = done;
    m_worker.submit([this, ticket, work = std::move(work), done = std::move(done)](const std::stop_token& stop) {
      lowerThreadPriority();
      auto told = std::make_shared<std::chrono::steady_clock::time_point>();
      const ProgressSink tell = [this, ticket, told](const Progress& progress) {
        const auto now = std::chrono::steady_clock::now();
        if (now - *told < kTellEvery) return;
        *told = now;
        QMetaObject::invokeMethod(
            m_owner, [this, ticket, progress] { show(ticket, progress); }, Qt::QueuedConnection);
      };
      auto answer = std::make_shared<Result<T>>(guarded(work, tell, stop));
      const auto deliver = [this, ticket, done, answer] {
        if (ticket != m_ticket) return;
        end();
        done(std::move(*answer));
      };
      QMetaObject::invokeMethod(m_owner, deliver, Qt::QueuedConnection);
    });
  }

  /// Drops the answer of a run that is under way.
  void cancel() {
    ++m_ticket;
    m_worker.cancel();
    end();
  }

  bool running() const { return m_running; }

 private:
  /// The worker's border: nothing foreign is thrown past it.
  static Result<T> guarded(const Work& work, const ProgressSink& tell, const std::stop_token& stop) {
    try {
      return work(tell, stop);
    } catch (const std::exception& error) {
      return failure("The analysis ended unexpectedly.", "Please report it.", error.what());
    }
  }

  /// The user's cancel: answered at once, as a failure that says so.
  void stopAsked() {
    const Done done = m_stopped;
    cancel();
    done(failure("The analysis was stopped."));
  }
  void show(std::uint64_t ticket, const Progress& progress) {
    if (ticket != m_ticket || !m_task) return;
    std::optional<double> left;
    if (progress.secondsLeft >= 0) left = progress.secondsLeft;
    m_task->setProgress(progress.fraction, QString::fromStdString(progress.text), left);
  }
  void end() {
    m_running = false;
    m_stopped = {};
    endTask();
  }
  void endTask() { delete m_task.data(); }

  QObject* m_owner;
  TaskList& m_tasks;
  QPointer<Task> m_task;
  Done m_stopped;
  std::uint64_t m_ticket = 0;
  bool m_running = false;
  LatestWorker m_worker;  // last: joins before the rest goes
};

}  // namespace fusemoe::ui
