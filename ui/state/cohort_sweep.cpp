#include "state/cohort_sweep.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

#include "base/cpu.h"
#include "state/document.h"
#include "state/format.h"
#include "state/tasks.h"

namespace fusemoe::ui {

/// Where the worker stands still while the user's own state is computed.
class CohortSweep::Gate {
 public:
  using Clock = std::chrono::steady_clock;

  /// Closed until open(); then for the pause more.
  void close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_closing.request_stop();
  }
  void open() {
    const std::lock_guard lock(m_mutex);
    m_closed = false;
    m_closing = std::stop_source();
    m_openFrom = Clock::now() + kPause;
    m_changed.notify_all();
  }
  /// Asked to stop when the gate closes next: what runs behind it is in the way of the user's own state.
  std::stop_token closing() {
    const std::lock_guard lock(m_mutex);
    return m_closing.get_token();
  }
  /// Returns when it is open; false when asked to stop.
  bool pass(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
      if (m_closed) {
        m_changed.wait(lock, stop, [this] { return !m_closed; });
      } else if (const auto openFrom = m_openFrom; Clock::now() < openFrom) {
        m_changed.wait_until(lock, stop, openFrom, [&] { return m_closed || m_openFrom != openFrom; });
      } else {
        return true;
      }
    }
    return false;
  }

 private:
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  bool m_closed = false;
  std::stop_source m_closing;
  Clock::time_point m_openFrom;
};

/// One run over the cohort: what the worker is given, and where it leaves what it found.
struct CohortSweep::Run {
  ModelPtr model;
  StayList stays;
  std::function<Result<CohortPtr>(const std::string& path)> open;
  std::string path, digest;
  std::vector<bool> tried;  ///< known from an earlier run
  std::shared_ptr<Gate> gate;

  std::vector<SweepRow> take() {
    const std::lock_guard lock(mutex);
    return std::exchange(found, {});
  }
  Result<void> work(const std::stop_token& stop);

 private:
  /// Nothing when asked to stop. Begins again when the user's own state came between.
  std::optional<SweepRow> compute(int row, const SamplePtr& sample, const std::stop_token& stop) const;

  std::mutex mutex;
  std::vector<SweepRow> found;
};

std::optional<SweepRow> CohortSweep::Run::compute(int row, const SamplePtr& sample, const std::stop_token& stop) const {
  const PredictRequest request{sample, 0};
  while (gate->pass(stop)) {
    std::stop_source either;
    const auto end = [&either] { either.request_stop(); };
    const std::stop_callback asked(stop, end), closed(gate->closing(), end);
    const auto answer = model->predict({&request, 1}, {}, either.get_token());
    if (answer) return sweepRow(row, model->config(), *answer->front());
    // A stay the model cannot take is a gap in the column, not the end of it.
    if (!either.stop_requested()) return SweepRow{row, std::numeric_limits<float>::quiet_NaN(), {}};
  }
  return std::nullopt;
}

Result<void> CohortSweep::Run::work(const std::stop_token& stop) {
  const Result<CohortPtr> store = open(path);
  if (!store) return failure(store.error());
  if ((*store)->info().digest != digest)
    return failure(path + " has changed since it was opened, so the risk column cannot be computed.",
                   "Open the cohort again.");
  std::size_t row = 0;
  return (*store)->visit("", [&](const SamplePtr& sample) {
    while (row < stays->size() && (*stays)[row].stayId < sample->stayId) ++row;
    if (row == stays->size()) return false;
    if (tried[row]) return !stop.stop_requested();
    std::optional<SweepRow> computed = compute(static_cast<int>(row), sample, stop);
    if (!computed) return false;
    const std::lock_guard lock(mutex);
    found.push_back(std::move(*computed));
    return true;
  });
}

CohortSweep::CohortSweep(Document& document, TaskList& tasks, QObject* parent)
    : QObject(parent), m_document(document), m_tasks(tasks), m_gate(std::make_shared<Gate>()) {
  m_timer.setInterval(kDeliverEvery);
  connect(&m_timer, &QTimer::timeout, this, &CohortSweep::deliver);
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Model | Change::Cohort)) restart();
  });
  connect(&document.runner(), &InferenceRunner::waitingChanged, this, [this](bool waiting) {
    if (waiting) {
      m_gate->close();
    } else {
      m_gate->open();
    }
  });
  restart();
}

void CohortSweep::setEnabled(bool enabled) {
  if (enabled == m_enabled) return;
  m_enabled = enabled;
  end(State::Idle);
  begin();
}

void CohortSweep::stop() {
  if (m_state == State::Running) end(State::Stopped);
}

void CohortSweep::resume() {
  if (m_state == State::Stopped || m_state == State::Failed) begin();
}

void CohortSweep::restart() {
  if (m_run) collect();  // without a word: the rows are those of a list that is gone
  end(State::Idle);
  m_table = keptTable();
  Q_EMIT restarted();
  begin();
}

std::shared_ptr<SweepTable> CohortSweep::keptTable() {
  if (!m_document.model() || !m_document.cohort()) return std::make_shared<SweepTable>();
  const std::string& model = m_document.model()->info().digest;
  const std::string& cohort = m_document.cohort()->info().digest;
  const auto found = std::ranges::find_if(
      m_kept, [&](const Kept& kept) { return kept.modelDigest == model && kept.cohortDigest == cohort; });
  if (found != m_kept.end()) {
    std::rotate(m_kept.begin(), found, found + 1);
  } else {
    const auto table = std::make_shared<SweepTable>(m_document.model()->config(), m_document.stays()->size());
    m_kept.insert(m_kept.begin(), {model, cohort, table});
    if (m_kept.size() > kKept) m_kept.pop_back();
  }
  return m_kept.front().table;
}

void CohortSweep::begin() {
  if (!m_enabled) return setState(State::Off);
  if (!m_document.model() || !m_document.cohort()) return setState(State::Idle);
  if (m_table->triedCount() == m_table->rows()) return setState(State::Done);
  m_run = std::make_shared<Run>();
  m_run->model = m_document.model();
  m_run->stays = m_document.stays();
  m_run->open = m_document.openers().cohort;
  m_run->path = m_document.cohort()->info().path;
  m_run->digest = m_document.cohort()->info().digest;
  m_run->gate = m_gate;
  for (std::size_t row = 0; row < m_table->rows(); ++row) m_run->tried.push_back(m_table->tried(static_cast<int>(row)));
  m_task = m_tasks.begin(tr("Risk column"), this);
  connect(m_task, &Task::stopAsked, this, &CohortSweep::stop);
  setState(State::Running);
  m_timer.start();
  m_worker.submit([this, run = m_run](const std::stop_token& stop) {
    lowerThreadPriority();
    Result<void> answer;
    try {
      answer = run->work(stop);
    } catch (const std::exception& error) {  // the worker's border: nothing foreign is thrown past it
      answer = failure("The risk column could not be computed.", "Please report it.", error.what());
    }
    QMetaObject::invokeMethod(
        this,
        [this, run, answer] {
          if (run == m_run) finish(answer);
        },
        Qt::QueuedConnection);
  });
}

void CohortSweep::end(State state) {
  if (m_run) {
    m_worker.cancel();
    m_timer.stop();
    deliver();
    m_run.reset();
    delete std::exchange(m_task, nullptr);
  }
  setState(state);
}

void CohortSweep::setState(State state) {
  if (state == m_state) return;
  m_state = state;
  Q_EMIT stateChanged();
}

std::vector<int> CohortSweep::collect() {
  std::vector<int> rows;
  for (const SweepRow& row : m_run->take()) {
    m_table->insert(row);
    rows.push_back(row.row);
  }
  return rows;
}

void CohortSweep::deliver() {
  const std::vector<int> rows = collect();
  const auto tried = static_cast<qint64>(m_table->triedCount());
  const auto all = static_cast<qint64>(m_table->rows());
  m_task->setProgress(double(tried) / double(all), tr("%1 of %2").arg(count(tried), count(all)));
  if (!rows.empty()) Q_EMIT rowsArrived(rows);
}

void CohortSweep::finish(const Result<void>& answer) {
  end(answer ? State::Done : State::Failed);
  if (!answer) Q_EMIT failed(answer.error());
}

}  // namespace fusemoe::ui
