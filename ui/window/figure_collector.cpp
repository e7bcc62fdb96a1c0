#include "window/figure_collector.h"

#include <QAction>
#include <QApplication>
#include <utility>

#include "panels/panel_frame.h"
#include "state/appearance.h"
#include "window/style.h"
#include "window/view_tour.h"
#include "window/workspace.h"

namespace fusemoe::ui {

QList<PanelFrame*> openPanels(const Workspace& workspace) {
  QList<PanelFrame*> open;
  for (PanelFrame* panel : workspace.panels())
    if (!panel->isHidden() || panel->toggleViewAction()->isChecked()) open.append(panel);
  return open;
}

QList<PanelFrame*> reportPanels(const Workspace& workspace) {
  static const QStringList kElsewhere{QStringLiteral("stays"), QStringLiteral("history"), QStringLiteral("modalities"),
                                      QStringLiteral("model"), QStringLiteral("slices"),  QStringLiteral("log")};
  QList<PanelFrame*> panels = openPanels(workspace);
  panels.removeIf([](const PanelFrame* panel) { return kElsewhere.contains(panel->key()); });
  return panels;
}

FigureCollector::FigureCollector(const ViewContext& context, Workspace& workspace, QObject* parent)
    : QObject(parent), m_context(context), m_workspace(workspace) {}

FigureCollector::~FigureCollector() = default;

bool FigureCollector::collect(const QList<PanelFrame*>& panels, Look look, Identifiers identifiers, int quietMs,
                              Done done) {
  if (m_tour) return false;
  m_figures.clear();
  m_shown = m_context.appearance.theme();
  const bool relit = look == Look::Print && m_shown.dark;
  if (relit) setTheme(Theme::light());
  const auto visit = [this, identifiers](const PanelFrame& panel) {
    m_figures.push_back(recordFigure(panel, m_context.document, m_context.appearance.theme(), identifiers));
  };
  m_tour = new ViewTour(m_context, m_workspace, panels, visit, quietMs, this);
  connect(m_tour, &ViewTour::finished, this, [this, relit, done = std::move(done)] {
    m_tour->deleteLater();
    m_tour = nullptr;
    if (relit) setTheme(m_shown);
    done(std::exchange(m_figures, {}));
  });
  m_tour->start();
  return true;
}

void FigureCollector::setTheme(const Theme& theme) {
  applyStyle(*qApp, theme);
  m_context.appearance.setTheme(theme);
}

}  // namespace fusemoe::ui
