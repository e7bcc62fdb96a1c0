// The Analysis menu of the window: every analysis is shown in front by it, and made only then.
#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>

#include "panels/analysis/analysis_panel.h"
#include "support/opened_window.h"
#include "support/workbench.h"
#include "window/intervention_banner.h"
#include "window/main_window.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestAnalysisMenu : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
  }
  void cleanup() { m_bench.reset(); }

  void theMenuShowsThem() {
    const auto window = test::openedWindow(*m_bench);
    QVERIFY(window);
    m_bench->document.toggleModality(1);  // some ask what is missing
    QVERIFY(m_bench->settle());
    auto* menu = window->menuBar()->findChild<QMenu*>(QStringLiteral("analysisMenu"));
    QVERIFY(menu);
    const QList<AnalysisPanel*>& panels = window->workspace().analyses();
    QCOMPARE(menu->actions().size(), panels.size());
    for (int i = 0; i < panels.size(); ++i) {
      QVERIFY2(panels[i]->isHidden() && !panels[i]->findChild<QPushButton*>(QStringLiteral("primary")),
               qPrintable(panels[i]->key()));
      menu->actions().at(i)->trigger();
      QTRY_VERIFY2(!panels[i]->visibleRegion().isEmpty(), qPrintable(panels[i]->key()));
      QVERIFY2(panels[i]->state() != AnalysisPanel::State::Nothing, qPrintable(panels[i]->key()));
      QTRY_VERIFY2(!panels[i]->busy(), qPrintable(panels[i]->key()));
      menu->actions().at(i)->trigger();
      QVERIFY(panels[i]->isHidden());
    }
  }

  void theBannerStandsOverTheCharts() {
    const auto window = test::openedWindow(*m_bench);
    QVERIFY(window);
    QVERIFY(!window->interventionBanner().isVisible());
    Intervention intervention;
    intervention.topK = 1;
    m_bench->document.setIntervention(intervention);
    QVERIFY(window->interventionBanner().isVisible());
    QVERIFY(m_bench->settle());
  }

 private:
  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestAnalysisMenu)
#include "tst_analysis_menu.moc"
