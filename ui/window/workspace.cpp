#include "window/workspace.h"

#include <QAction>
#include <QChildEvent>
#include <QShowEvent>
#include <QTabBar>
#include <algorithm>

#include "panels/analysis/analysis_panel.h"
#include "panels/analysis/analysis_panels.h"
#include "panels/chart_panels.h"
#include "panels/compare_panel.h"
#include "panels/facts_panel.h"
#include "panels/log_panel.h"
#include "panels/modality_panel.h"
#include "panels/prediction_panel.h"
#include "panels/record_panel.h"
#include "panels/scene_panel.h"
#include "panels/slice_panel.h"
#include "panels/stay_panel.h"
#include "panels/training_panel.h"
#include "window/history_panel.h"

namespace fusemoe::ui {
namespace {

constexpr int kStaysWidth = 300;
constexpr int kSideWidth = 272;
constexpr int kGap = 8;
constexpr int kLeastWidth = kStaysWidth + kSideWidth + 4 * kGap;
constexpr int kLeastHeight = 480;
constexpr int kSlicesHeight = 176;
constexpr int kThreeRowsHeight = 660;  // below it charts of three rows would be too low to read
constexpr int kModalitiesHeight = 276;
constexpr int kPredictionHeight = 132;
constexpr int kLargeShare = 68;  // percent of the height, of training and analyses in the column's middle

}  // namespace

Workspace::Workspace(const ViewContext& context, QWidget* parent)
    : QMainWindow(parent, Qt::Widget), m_stays(new StayPanel(context)), m_analyses(makeAnalysisPanels(context)) {
  setObjectName(QStringLiteral("workspace"));
  m_panels = {m_stays,
              new SlicePanel(context),
              new RouterPanel(context),
              new LoadPanel(context),
              new EntropyPanel(context),
              new RecordPanel(context),
              new ScenePanel(context),
              new ModalityPanel(context),
              new PredictionPanel(context),
              new ComparePanel(context),
              new TrainingPanel(context),
              new FactsPanel(context),
              new HistoryPanel(context),
              new LogPanel(context)};
  for (AnalysisPanel* panel : m_analyses) m_panels.append(panel);
  // Shown from a menu or the palette, a panel is wanted in front, not behind a tab.
  for (PanelFrame* panel : m_panels) connect(panel->toggleViewAction(), &QAction::triggered, panel, &QWidget::raise);
  setDockOptions(AllowNestedDocks | AllowTabbedDocks | AnimatedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  arrange();
}

PanelFrame* Workspace::panel(const QString& key) const {
  const auto found =
      std::ranges::find_if(m_panels, [&](const PanelFrame* panel) { return panel->objectName() == key; });
  return found == m_panels.end() ? nullptr : *found;
}

void Workspace::present(const QString& key) {
  PanelFrame* wanted = panel(key);
  wanted->show();
  wanted->raise();
  const bool large = key == QStringLiteral("training") || m_analyses.contains(wanted);
  if (!large || wanted->isFloating()) return;
  const auto grow = [this, wanted] {
    PanelFrame* below = panel(QStringLiteral("load"));
    if (below->isVisible() && !below->isFloating())
      resizeDocks({wanted, below}, {height() * kLargeShare / 100, height() * (100 - kLargeShare) / 200}, Qt::Vertical);
  };
  QMetaObject::invokeMethod(this, grow, Qt::QueuedConnection);  // once the tab has its place
}

void Workspace::arrange() {
  // One dock area for all: between two areas and the empty centre Qt would leave gaps of unlike width.
  PanelFrame* router = panel(QStringLiteral("router"));
  PanelFrame* load = panel(QStringLiteral("load"));
  PanelFrame* modalities = panel(QStringLiteral("modalities"));
  PanelFrame* prediction = panel(QStringLiteral("prediction"));
  addDockWidget(Qt::TopDockWidgetArea, m_stays, Qt::Horizontal);
  splitDockWidget(m_stays, router, Qt::Horizontal);
  splitDockWidget(router, modalities, Qt::Horizontal);
  splitDockWidget(m_stays, panel(QStringLiteral("slices")), Qt::Vertical);
  splitDockWidget(router, load, Qt::Vertical);
  splitDockWidget(load, panel(QStringLiteral("entropy")), Qt::Horizontal);
  splitDockWidget(panel(QStringLiteral("entropy")), panel(QStringLiteral("record")), Qt::Vertical);
  splitDockWidget(load, panel(QStringLiteral("scene")), Qt::Vertical);
  splitDockWidget(modalities, prediction, Qt::Vertical);
  splitDockWidget(prediction, panel(QStringLiteral("model")), Qt::Vertical);
  for (PanelFrame* panel : m_panels)
    if (!m_analyses.contains(panel)) panel->show();  // the analyses are made when first seen
  PanelFrame* history = panel(QStringLiteral("history"));
  tabifyDockWidget(panel(QStringLiteral("model")), history);
  history->hide();
  PanelFrame* compare = panel(QStringLiteral("compare"));
  tabifyDockWidget(router, compare);
  compare->hide();  // until asked for
  PanelFrame* training = panel(QStringLiteral("training"));
  tabifyDockWidget(router, training);
  training->hide();
  for (AnalysisPanel* analysis : m_analyses) {
    tabifyDockWidget(router, analysis);
    analysis->hide();
  }
  PanelFrame* log = panel(QStringLiteral("log"));
  tabifyDockWidget(panel(QStringLiteral("entropy")), log);
  log->hide();
}

void Workspace::stackLowRows() {
  const auto behind = [this](const char* front, const char* back) {
    tabifyDockWidget(panel(QLatin1String(front)), panel(QLatin1String(back)));
    panel(QLatin1String(front))->raise();
  };
  behind("load", "scene");
  behind("entropy", "record");
}

void Workspace::proportion() {
  if (width() < kLeastWidth || height() < kLeastHeight) return;  // nothing to share out
  PanelFrame* router = panel(QStringLiteral("router"));
  PanelFrame* load = panel(QStringLiteral("load"));
  PanelFrame* prediction = panel(QStringLiteral("prediction"));
  const int centre = width() - kStaysWidth - kSideWidth - 2 * kGap;
  resizeDocks({m_stays, panel(QStringLiteral("slices"))}, {height() - kSlicesHeight - kGap, kSlicesHeight},
              Qt::Vertical);
  resizeDocks({m_stays, router, prediction}, {kStaysWidth, centre, kSideWidth}, Qt::Horizontal);
  resizeDocks({load, panel(QStringLiteral("entropy"))}, {centre / 2, centre / 2}, Qt::Horizontal);
  if (height() < kThreeRowsHeight) {
    resizeDocks({router, load}, {height() * 55 / 100, height() * 45 / 100}, Qt::Vertical);
  } else {
    const int middle = height() * 28 / 100, low = height() * 36 / 100;
    resizeDocks({router, load, panel(QStringLiteral("scene"))}, {height() - middle - low, middle, low}, Qt::Vertical);
    resizeDocks({panel(QStringLiteral("entropy")), panel(QStringLiteral("record"))}, {middle, low}, Qt::Vertical);
  }
  resizeDocks({panel(QStringLiteral("modalities")), prediction, panel(QStringLiteral("model"))},
              {kModalitiesHeight, kPredictionHeight, height() - kModalitiesHeight - kPredictionHeight - 2 * kGap},
              Qt::Vertical);
}

int Workspace::panelSet() const {
  QByteArray keys;
  for (const PanelFrame* panel : m_panels) keys += panel->objectName().toUtf8() + '\n';
  return qChecksum(keys);
}

QMenu* Workspace::createPopupMenu() {
  return nullptr;
}

void Workspace::resetLayout() {
  // Built anew: restoreState() on a visible window may show tab bars that are gone (seen in Qt 6.4).
  for (PanelFrame* panel : m_panels) {
    panel->setFloating(false);
    removeDockWidget(panel);
  }
  arrange();
  settle();
}

void Workspace::settle() {
  // Docks take sizes only once they have been laid out.
  const auto share = [this] {
    if (height() < kThreeRowsHeight) stackLowRows();
    proportion();
  };
  QMetaObject::invokeMethod(this, share, Qt::QueuedConnection);
}

void Workspace::childEvent(QChildEvent* event) {
  QMainWindow::childEvent(event);
  if (event->added()) event->child()->installEventFilter(this);
}

bool Workspace::eventFilter(QObject* watched, QEvent* event) {
  // Qt leaves the tab bar of a group that is no more somewhere, and its base line would be drawn across the panels.
  if (event->type() == QEvent::Show)
    if (auto* tabs = qobject_cast<QTabBar*>(watched)) tabs->setDrawBase(false);
  return QMainWindow::eventFilter(watched, event);
}

void Workspace::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (m_shown) return;
  m_shown = true;
  settle();
  const auto remember = [this] {
    if (!m_remembered.isEmpty()) restoreState(m_remembered, panelSet());
  };
  QMetaObject::invokeMethod(this, remember, Qt::QueuedConnection);
}

}  // namespace fusemoe::ui
