#pragma once

#include <QApplication>
#include <QByteArray>
#include <QEvent>
#include <functional>
#include <optional>

namespace fusemoe::ui {

/// An event whose handling kept the GUI thread longer than the budget.
struct SlowEvent {
  QByteArray receiver;  ///< class of the object it was for
  QEvent::Type type = QEvent::None;
  double milliseconds = 0;     ///< by the clock
  double cpuMilliseconds = 0;  ///< of the thread's own work; less where it waited or others had the processor
};

/// "Paint of RouterChart took 12.3 ms (11.9 of its own)".
QString describe(const SlowEvent& event);

/// An application that times how long each event keeps the GUI thread, with all that it sends on the way. Handlers that
/// wait in an event loop of their own (dialogs, drags) are not counted, nor is anything before begin().
class ResponsiveApplication : public QApplication {
  Q_OBJECT

 public:
  using Report = std::function<void(const SlowEvent&)>;

  using QApplication::QApplication;

  /// What FUSEMOE_GUI_BUDGET_MS asks for; in a debug build 8 ms without it. Nothing = do not measure.
  static std::optional<double> wantedBudget();

  /// Reports every event over the budget from now on.
  void begin(double budgetMs, Report report);
  void end() { m_report = {}; }

  bool notify(QObject* receiver, QEvent* event) override;

 private:
  double m_budget = 0;
  Report m_report;
  int m_depth = 0;
  int m_loopLevel = 0;    // of the outermost event
  bool m_looped = false;  // it ran a loop of its own
};

}  // namespace fusemoe::ui
