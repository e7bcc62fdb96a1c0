#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/latest_worker.h"
#include "base/result.h"
#include "state/sweep_table.h"

namespace fusemoe::ui {

class Document;
class Task;
class TaskList;

/// Runs the open model over every stay of the open cohort, as recorded (nothing masked, no what-if edits), in the
/// background: the risk column and the load of many stays. One stay a run and on a thread of low priority, which stands
/// still while the user's own state is being computed and kPause after, so that a toggle waits for one stay at most.
/// The stays are read through a connection of its own. What is found is kept for the last few pairs of model and
/// cohort, also of sweeps cut short. The same numbers as `Model::predict` gives. GUI thread.
class CohortSweep : public QObject {
  Q_OBJECT

 public:
  enum class State {
    Off,      ///< switched off
    Idle,     ///< nothing to run over: no model or no cohort
    Running,  ///< under way, or standing still for the user
    Stopped,  ///< by the user
    Failed,   ///< the cohort could not be read on
    Done,
  };
  static constexpr std::chrono::milliseconds kPause{150};
  static constexpr std::chrono::milliseconds kDeliverEvery{250};
  static constexpr std::size_t kKept = 4;

  /// Begins on its own when both are open. Both outlive it; make it before the views.
  CohortSweep(Document& document, TaskList& tasks, QObject* parent = nullptr);

  /// Whether it may run; what is known stays. On at first.
  void setEnabled(bool enabled);
  bool enabled() const { return m_enabled; }
  State state() const { return m_state; }
  /// Stops it for this model and cohort until resume().
  void stop();
  void resume();

  /// What is known of the document's stays, a row a stay; of no rows while no model or cohort is open.
  const SweepTable& table() const { return *m_table; }
  float risk(int row) const { return m_table->risk(row); }

 Q_SIGNALS:
  /// Another model or cohort: the table is another one, empty or filled before.
  void restarted();
  /// More of the table is known, at most four times a second.
  void rowsArrived(const std::vector<int>& rows);
  void stateChanged();
  void failed(const fusemoe::Error& error);

 private:
  class Gate;
  struct Run;
  struct Kept {
    std::string modelDigest, cohortDigest;
    std::shared_ptr<SweepTable> table;
  };

  void restart();
  void begin();
  void end(State state);
  void setState(State state);
  /// Takes what the worker has found into the table; answers which rows.
  std::vector<int> collect();
  void deliver();
  void finish(const Result<void>& answer);
  std::shared_ptr<SweepTable> keptTable();

  Document& m_document;
  TaskList& m_tasks;
  std::vector<Kept> m_kept;  // most recent first
  std::shared_ptr<SweepTable> m_table = std::make_shared<SweepTable>();
  std::shared_ptr<Gate> m_gate;
  std::shared_ptr<Run> m_run;  // the one under way, else null
  Task* m_task = nullptr;
  QTimer m_timer;
  State m_state = State::Idle;
  bool m_enabled = true;
  LatestWorker m_worker;  // last: joins before the rest goes
};

}  // namespace fusemoe::ui
