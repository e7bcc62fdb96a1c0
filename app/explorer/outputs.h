#pragma once

#include <QObject>
#include <functional>

#include "export/exporter.h"
#include "options.h"
#include "session/session_state.h"
#include "state/view_context.h"
#include "window/figure_collector.h"

namespace fusemoe::ui {
class MainWindow;
class ViewTour;
}  // namespace fusemoe::ui

/// Error where --view names no panel of the window; the hint lists those it has.
fusemoe::Result<void> checkView(const Options& options, const fusemoe::ui::MainWindow& window);

/// How --view wants the routing shown: "heatmap" and "flow" are pictures of the routing panel.
fusemoe::RoutingView routingViewOf(const QString& view);

/// Writes what the command line asks for, one thing after the other: summary, screenshots, exports, report. Begin once
/// the state is shown. GUI thread.
class Outputs : public QObject {
  Q_OBJECT

 public:
  using Done = std::function<void(fusemoe::Result<void>)>;

  Outputs(const Options& options, const fusemoe::ui::ViewContext& context, fusemoe::ui::MainWindow& window,
          QObject* parent = nullptr);

  /// `firstWindow`: seconds from start to the first painted window, said in the summary. `done` is called once, with
  /// the first error or with success.
  void write(double firstWindow, Done done);

 private:
  void next();
  void finish(const fusemoe::Result<void>& result);
  void writeSummary(double firstWindow);
  void takeScreenshot();
  void takeAllScreenshots();
  void exportView();
  void exportReport();
  void visit(const QList<fusemoe::ui::PanelFrame*>& panels, std::function<void(fusemoe::ui::PanelFrame&)> visit,
             std::function<void()> then);
  QList<fusemoe::ui::PanelFrame*> wantedPanels() const;

  const Options& m_options;
  fusemoe::ui::ViewContext m_context;
  fusemoe::ui::MainWindow& m_window;
  Done m_done;
  QList<std::function<void()>> m_steps;
  fusemoe::ui::FigureCollector m_collector;
  fusemoe::ui::Exporter m_exporter;
};
