#include "state/tasks.h"

namespace fusemoe::ui {

std::optional<double> Task::secondsLeft() const {
  constexpr double kToldFrom = 0.01;  // of the work: below it the pace says little
  if (m_secondsLeft) return m_secondsLeft;
  if (m_fraction < kToldFrom) return std::nullopt;
  return static_cast<double>(m_clock.elapsed()) / 1000.0 * (1.0 - m_fraction) / m_fraction;
}

void Task::setProgress(double fraction, const QString& detail, std::optional<double> secondsLeft) {
  m_fraction = fraction;
  m_detail = detail;
  m_secondsLeft = secondsLeft;
  Q_EMIT progressed();
}

Task* TaskList::begin(const QString& title, QObject* owner) {
  auto* task = new Task(title, owner);
  m_running.append(task);
  connect(task, &Task::progressed, this, &TaskList::changed);
  connect(task, &QObject::destroyed, this, [this, task] {
    m_running.removeOne(task);
    Q_EMIT changed();
  });
  Q_EMIT changed();
  return task;
}

}  // namespace fusemoe::ui
