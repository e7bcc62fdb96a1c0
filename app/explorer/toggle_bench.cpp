#include "toggle_bench.h"

#include <QAction>
#include <QCoreApplication>
#include <QEventLoop>
#include <QStringList>
#include <QTimer>
#include <algorithm>
#include <bit>
#include <cmath>

#include "state/document.h"
#include "window/actions.h"
#include "window/main_window.h"

using fusemoe::failure;
using fusemoe::ModalityState;
using fusemoe::Result;
using fusemoe::StaySummary;

namespace {

constexpr std::size_t kToggles = 200;
constexpr int kPatienceMs = 10000;
constexpr int kTurnMs = 4;
constexpr double kFrameMs = 1000.0 / 60;

double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(std::lround(share * last))];
}

template <class Values, class Part>
QString spread(const Values& values, Part part) {
  std::vector<double> numbers;
  std::ranges::transform(values, std::back_inserter(numbers), part);
  return QStringLiteral("p50 %1  p95 %2 ms")
      .arg(percentile(numbers, 0.5), 6, 'f', 2)
      .arg(percentile(numbers, 0.95), 6, 'f', 2);
}

}  // namespace

ToggleBench::ToggleBench(fusemoe::ui::Document& document, QObject* parent) : QObject(parent), m_document(document) {
  connect(&document, &fusemoe::ui::Document::resultChanged, this, [this] { m_resultCame = milliseconds(); });
}

Result<QString> ToggleBench::run(fusemoe::ui::MainWindow& window) {
  if (!m_document.result()) return failure("There is no result to toggle.", "Name a model, a cohort and a stay.");
  std::vector<StaySummary> stays = *m_document.stays();
  std::ranges::stable_sort(stays, std::greater(), [](const StaySummary& stay) { return std::popcount(stay.present); });
  QString text;
  for (const StaySummary& stay : stays) {
    if (m_steps.size() >= kToggles) break;
    if (!showStay(stay.stayId) || !walkMasks(window, kToggles)) return failure("A stay could not be shown.");
  }
  text += report(QStringLiteral("every state computed anew"));
  m_steps.clear();
  m_computing.clear();
  m_cached = 0;
  while (m_steps.size() < kToggles) {
    if (!walkMasks(window, kToggles)) return failure("A state could not be shown.");
  }
  text += report(QStringLiteral("states seen before (cache)"));
  return text;
}

bool ToggleBench::showStay(std::int64_t stayId) {
  if (m_document.state().stayId == stayId && m_document.mask() == 0) return true;
  m_document.restoreModalities();
  m_document.selectStay(stayId);
  QEventLoop loop;
  connect(&m_document, &fusemoe::ui::Document::becameSettled, &loop, &QEventLoop::quit);
  QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
  if (!m_document.settled()) loop.exec();
  return m_document.settled() && m_document.state().stayId == stayId;
}

bool ToggleBench::walkMasks(fusemoe::ui::MainWindow& window, std::size_t wanted) {
  std::vector<int> present;
  for (int i = 0; i < m_document.model()->config().modalityCount() && i < fusemoe::ui::Actions::kModalityKeys; ++i) {
    if (m_document.modalityState(i) != ModalityState::Absent) present.push_back(i);
  }
  // A Gray code: every step toggles one modality and no state comes twice.
  const std::size_t states = std::size_t{1} << present.size();
  for (std::size_t step = 1; step < states && m_steps.size() < wanted; ++step) {
    if (!toggle(window, present[static_cast<std::size_t>(std::countr_zero(step))])) return false;
  }
  return true;
}

bool ToggleBench::toggle(fusemoe::ui::MainWindow& window, int modality) {
  m_clock.restart();
  m_resultCame = -1;
  m_lastTurn = m_longestPause = 0;
  QTimer turns;
  turns.setTimerType(Qt::PreciseTimer);
  connect(&turns, &QTimer::timeout, this, &ToggleBench::noteTurn);
  turns.start(kTurnMs);
  QEventLoop loop;
  connect(&m_document, &fusemoe::ui::Document::becameSettled, &loop, &QEventLoop::quit);
  QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
  window.actionSet().modality(modality)->trigger();
  Steps steps;
  steps.command = milliseconds();
  // A state from the cache is there, charts and all, when the command returns.
  const bool cached = m_document.settled();
  if (!cached) loop.exec();
  const double drawn = milliseconds();
  if (m_resultCame < 0 || !m_document.result()) return false;
  if (cached) {
    ++m_cached;
    steps.charts = drawn - m_resultCame;
    steps.command = m_resultCame;
  } else {
    steps.engine = m_resultCame - steps.command;
    steps.charts = drawn - m_resultCame;
  }
  // What a turn of the event loop does: repaint what the toggle changed.
  QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
  QCoreApplication::sendPostedEvents(nullptr, QEvent::UpdateRequest);
  steps.paint = milliseconds() - drawn;
  noteTurn();
  steps.pause = m_longestPause;
  m_steps.push_back(steps);
  m_computing.push_back(m_document.result()->milliseconds);
  return true;
}

void ToggleBench::noteTurn() {
  const double now = milliseconds();
  m_longestPause = std::max(m_longestPause, now - m_lastTurn);
  m_lastTurn = now;
}

QString ToggleBench::report(const QString& title) const {
  QStringList lines;
  lines << QStringLiteral("toggle to painted window, %1, %2 toggles: %3")
               .arg(title)
               .arg(m_steps.size())
               .arg(spread(m_steps, &Steps::total));
  lines << QStringLiteral("  command and views of the state %1").arg(spread(m_steps, [](const Steps& s) {
    return s.command;
  }));
  lines << QStringLiteral("  queue and engine               %1").arg(spread(m_steps, [](const Steps& s) {
    return s.engine;
  }));
  lines << QStringLiteral("    of which the engine          %1").arg(spread(m_computing, [](double value) {
    return value;
  }));
  lines << QStringLiteral("  result to charts drawn         %1").arg(spread(m_steps, [](const Steps& s) {
    return s.charts;
  }));
  lines << QStringLiteral("  repaint of what changed        %1").arg(spread(m_steps, [](const Steps& s) {
    return s.paint;
  }));
  const auto longest = std::ranges::max_element(m_steps, {}, &Steps::pause);
  const auto missed = std::ranges::count_if(m_steps, [](const Steps& s) { return s.pause > kFrameMs; });
  lines << QStringLiteral("  longest pause of the window    %1, worst %2; over a frame of 60 a second: %3 of %4")
               .arg(spread(m_steps, &Steps::pause))
               .arg(longest->pause, 0, 'f', 2)
               .arg(missed)
               .arg(m_steps.size());
  lines << QStringLiteral("  answered by the cache: %1 of %2").arg(m_cached).arg(m_steps.size());
  return lines.join('\n') + '\n';
}
