#include "window/responsive_application.h"

#include <time.h>

#include <QElapsedTimer>
#include <QMetaEnum>
#include <QThread>
#include <utility>

namespace fusemoe::ui {
namespace {

[[maybe_unused]] constexpr double kBudgetMs = 8;

double threadMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

}  // namespace

QString describe(const SlowEvent& event) {
  const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(event.type);
  return QStringLiteral("%1 of %2 took %3 ms (%4 of its own)")
      .arg(name ? QString::fromLatin1(name) : QString::number(event.type), QString::fromLatin1(event.receiver))
      .arg(event.milliseconds, 0, 'f', 1)
      .arg(event.cpuMilliseconds, 0, 'f', 1);
}

std::optional<double> ResponsiveApplication::wantedBudget() {
  bool valid = false;
  const double asked = qEnvironmentVariable("FUSEMOE_GUI_BUDGET_MS").toDouble(&valid);
  if (valid && asked > 0) return asked;
#ifdef NDEBUG
  return std::nullopt;
#else
  return kBudgetMs;
#endif
}

void ResponsiveApplication::begin(double budgetMs, Report report) {
  m_budget = budgetMs;
  m_report = std::move(report);
}

bool ResponsiveApplication::notify(QObject* receiver, QEvent* event) {
  if (!m_report || QThread::currentThread() != thread()) return QApplication::notify(receiver, event);
  if (m_depth > 0) {
    // An event inside an event: part of it, unless the outer one waits in a loop of its own.
    if (thread()->loopLevel() > m_loopLevel) m_looped = true;
    return QApplication::notify(receiver, event);
  }
  // The receiver may be gone afterwards.
  SlowEvent slow{receiver->metaObject()->className(), event->type(), 0, 0};
  m_loopLevel = thread()->loopLevel();
  m_looped = false;
  const double before = threadMilliseconds();
  QElapsedTimer clock;
  clock.start();
  ++m_depth;
  const bool handled = QApplication::notify(receiver, event);
  --m_depth;
  slow.milliseconds = double(clock.nsecsElapsed()) / 1e6;
  slow.cpuMilliseconds = threadMilliseconds() - before;
  if (!m_looped && slow.milliseconds > m_budget && m_report) m_report(slow);
  return handled;
}

}  // namespace fusemoe::ui
