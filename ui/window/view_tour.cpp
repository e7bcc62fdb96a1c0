#include "window/view_tour.h"

#include <utility>

#include "panels/panel_frame.h"
#include "state/document.h"
#include "window/workspace.h"

namespace fusemoe::ui {
namespace {

constexpr int kPollMs = 10;
constexpr int kPatienceMs = 15000;

bool inFront(const PanelFrame& panel) {
  return panel.isVisible() && !panel.visibleRegion().isEmpty();
}

}  // namespace

ViewTour::ViewTour(const ViewContext& context, Workspace& workspace, QList<PanelFrame*> panels, Visit visit,
                   int quietMs, QObject* parent)
    : QObject(parent),
      m_context(context),
      m_workspace(workspace),
      m_panels(std::move(panels)),
      m_visit(std::move(visit)),
      m_quietMs(quietMs) {
  m_poll.setInterval(kPollMs);
  connect(&m_poll, &QTimer::timeout, this, &ViewTour::look);
}

void ViewTour::start() {
  for (PanelFrame* panel : m_workspace.panels()) {
    if (panel->isHidden()) m_hidden << panel;
    if (inFront(*panel)) m_front << panel;
  }
  m_workspace.setAnimated(false);
  bringUp();
  m_poll.start();
}

void ViewTour::bringUp() {
  m_waited.start();
  m_quiet.invalidate();
  if (m_next >= m_panels.size()) return;
  PanelFrame& panel = *m_panels.at(m_next);
  if (inFront(panel)) return;
  m_moved = true;
  panel.show();
  panel.raise();
  m_quiet.start();
}

void ViewTour::look() {
  if (m_next >= m_panels.size()) {
    m_poll.stop();
    restore();
    Q_EMIT finished();
    return;
  }
  PanelFrame& panel = *m_panels.at(m_next);
  const bool patient = m_waited.elapsed() < kPatienceMs;
  if (patient && (!inFront(panel) || panel.busy() || !m_context.document.settled())) {
    m_quiet.start();
    return;
  }
  if (patient && m_quiet.isValid() && m_quiet.elapsed() < m_quietMs) return;
  m_visit(panel);
  ++m_next;
  bringUp();
}

void ViewTour::restore() {
  if (m_moved) {
    for (PanelFrame* panel : std::as_const(m_hidden)) panel->hide();
    for (PanelFrame* panel : std::as_const(m_front)) panel->raise();
  }
  m_workspace.setAnimated(true);
}

}  // namespace fusemoe::ui
