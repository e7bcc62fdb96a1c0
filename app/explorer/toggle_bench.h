#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <vector>

#include "base/result.h"

namespace fusemoe::ui {
class Document;
class MainWindow;
}  // namespace fusemoe::ui

/// Times mask toggles through the whole way: action, command, runner, worker, result, charts, repaint of the window.
/// Make it before the window, so that it sees a result before any view does.
class ToggleBench : public QObject {
  Q_OBJECT

 public:
  explicit ToggleBench(fusemoe::ui::Document& document, QObject* parent = nullptr);

  /// The report to print. Error: no result to begin with, or a stay or state that fails on the way.
  fusemoe::Result<QString> run(fusemoe::ui::MainWindow& window);

 private:
  /// Milliseconds of one toggle.
  struct Steps {
    double command = 0, engine = 0, charts = 0, paint = 0;
    double pause = 0;  ///< longest time in which the event loop did not turn, so that nothing else could be painted
    double total() const { return command + engine + charts + paint; }
  };

  bool toggle(fusemoe::ui::MainWindow& window, int modality);
  bool walkMasks(fusemoe::ui::MainWindow& window, std::size_t wanted);
  bool showStay(std::int64_t stayId);
  QString report(const QString& title) const;
  /// The event loop turns: a timer of some milliseconds came.
  void noteTurn();
  double milliseconds() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }

  fusemoe::ui::Document& m_document;
  QElapsedTimer m_clock;
  double m_resultCame = -1;
  double m_lastTurn = 0, m_longestPause = 0;  // of the toggle that is measured
  std::vector<Steps> m_steps;
  std::vector<double> m_computing;
  std::size_t m_cached = 0;
};
