#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>
#include <functional>

#include "state/view_context.h"

namespace fusemoe::ui {

class PanelFrame;
class Workspace;

/// Visits panels one after the other, each brought to the front, laid out and with what it shows computed; then puts
/// the layout back. Between two visits the event loop runs. GUI thread.
class ViewTour : public QObject {
  Q_OBJECT

 public:
  using Visit = std::function<void(PanelFrame&)>;

  /// A panel that was brought up is left this long to compute and move before it is visited.
  static constexpr int kQuietMs = 120;
  /// For those who wait for nobody: also what moves by itself has come to rest.
  static constexpr int kRestMs = 450;

  ViewTour(const ViewContext& context, Workspace& workspace, QList<PanelFrame*> panels, Visit visit,
           int quietMs = kQuietMs, QObject* parent = nullptr);

  void start();

 Q_SIGNALS:
  void finished();

 private:
  void bringUp();
  void look();
  void restore();

  ViewContext m_context;
  Workspace& m_workspace;
  QList<PanelFrame*> m_panels;
  Visit m_visit;
  int m_quietMs;
  qsizetype m_next = 0;
  bool m_moved = false;  // a panel was not in front
  QList<PanelFrame*> m_hidden;  // before the tour
  QList<PanelFrame*> m_front;   // not behind a tab
  QTimer m_poll;
  QElapsedTimer m_quiet;
  QElapsedTimer m_waited;
};

}  // namespace fusemoe::ui
