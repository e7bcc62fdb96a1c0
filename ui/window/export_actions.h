#pragma once

#include <QMap>
#include <QObject>
#include <functional>

#include "export/exporter.h"
#include "state/view_context.h"
#include "window/figure_collector.h"

class QAction;
class QMenu;
class QWidget;

namespace fusemoe::ui {

class PanelFrame;
class ToolBar;
class Workspace;

/// Questions to the user about files; tests answer in their stead. An empty answer = the user changed their mind.
struct ExportQuestions {
  /// `suggested` is a whole path; `filters` as QFileDialog takes them.
  std::function<QString(const QString& title, const QString& suggested, const QString& filters)> file;
  std::function<QString(const QString& title, const QString& suggested)> folder;
};

/// Everything that leaves the window: figures of one view or all, the report, and copies on the clipboard. Files are
/// drawn and written by a worker. GUI thread.
class ExportActions : public QObject {
  Q_OBJECT

 public:
  ExportActions(const ViewContext& context, Workspace& workspace, QWidget& window);

  /// Puts its submenu before the last separator of the File menu.
  void fill(QMenu& file);
  void fill(ToolBar& bar);
  void setQuestions(ExportQuestions questions) { m_questions = std::move(questions); }
  /// Exports of views and report carry the stay's id.
  Identifiers identifiers() const;

  /// By the ending of `path`.
  void exportView(PanelFrame& panel, const QString& path);
  /// Every view that is not closed, in every format, as <folder>/<key>.<ending>.
  void exportAll(const QString& folder);
  void exportReport(const QString& path);
  void copyImage(PanelFrame& panel);
  void copyNumbers(const PanelFrame& panel);
  /// True while something is being recorded or written.
  bool busy() const { return m_collector.busy() || m_exporter.busy(); }

 Q_SIGNALS:
  /// What was done, in a sentence; `written` also for the log.
  void said(const QString& text);
  void written(const QString& text);
  void failed(const fusemoe::Error& error);

 private:
  void createViewActions();
  void askForView(PanelFrame& panel);
  void askForAll();
  void askForReport();
  QString suggested(const QString& name) const;
  void openPanelMenu(PanelFrame& panel, const QPoint& global);
  void collect(const QList<PanelFrame*>& panels, Look look, FigureCollector::Done done);
  void follow();

  ViewContext m_context;
  Workspace& m_workspace;
  QWidget& m_window;
  ExportQuestions m_questions;
  QMenu* m_menu;
  QMenu* m_views;
  QAction* m_all;
  QAction* m_report;
  QMap<QString, QAction*> m_viewActions;
  QString m_folder;  // exported to last
  FigureCollector m_collector;
  Exporter m_exporter;  // last: waits for what is being written
};

}  // namespace fusemoe::ui
