// Charts draw what the result says, follow edits when visible, and share the selection.
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include "charts/entropy_chart.h"
#include "charts/load_chart.h"
#include "charts/router_chart.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestCharts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
  }
  void cleanup() {
    m_bench->model->openGate();
    m_bench.reset();
  }

  void routerBarsAreTheResult() {
    RouterChart chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    compareRouters(chart);
    document().toggleModality(2);
    QVERIFY(m_bench->settle());
    compareRouters(chart);
    QVERIFY(chart.hatched(2));
    QVERIFY(!chart.hatched(1));
    document().setDistribution(Distribution::TopK);
    compareRouters(chart);
    document().setLayer(1);
    compareRouters(chart);
  }

  void exactlyTopKAreOutlined() {
    RouterChart chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    for (int router = 0; router < 5; ++router) {
      int outlined = 0;
      for (int expert = 0; expert < 12; ++expert) outlined += chart.outlined(router, expert);
      QCOMPARE(outlined, 2);
    }
  }

  void loadSharesAddUp() {
    LoadChart chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    for (const LoadMeasure measure : {LoadMeasure::Tokens, LoadMeasure::Importance}) {
      document().setLoadMeasure(measure);
      const auto& expected =
          measure == LoadMeasure::Tokens ? document().shownLayer()->load : document().shownLayer()->importance;
      double all = 0;
      for (const float value : expected) all += double(value);
      double sum = 0;
      for (int expert = 0; expert < 12; ++expert) {
        QVERIFY(std::abs(chart.share(expert) - 100 * double(expected[size_t(expert)]) / all) < 1e-3);
        sum += chart.share(expert);
        double segments = 0;
        for (int router = 0; router < 5; ++router) segments += chart.segment(router, expert);
        QVERIFY(std::abs(segments - chart.share(expert)) < 1e-9);
      }
      QVERIFY(std::abs(sum - 100) < 1e-6);
    }
    QVERIFY(std::abs(chart.balance() - 100.0 / 12) < 1e-9);
  }

  void entropyRowsAndTrace() {
    EntropyChart chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    const EntropyTerms& terms = document().shownLayer()->entropy;
    QCOMPARE(chart.rows(), 7);
    for (int i = 0; i < 5; ++i) QCOMPARE(chart.row(i), terms.perModality[size_t(i)]);
    QCOMPARE(chart.row(5), terms.mean);
    QCOMPARE(chart.row(6), terms.mixture);
    QCOMPARE(chart.traceLength(), 2);
    QCOMPARE(chart.traceValue(1), terms.regularizer);
  }

  void aHiddenChartOnlyMarksItselfDirty() {
    RouterChart chart(m_bench->context());
    chart.resize(600, 300);
    QVERIFY(m_bench->start());
    QVERIFY(chart.dirty());
    show(chart);
    QVERIFY(!chart.dirty());
    compareRouters(chart);
    chart.hide();
    document().toggleModality(1);
    QVERIFY(m_bench->settle());
    QVERIFY(chart.dirty());
    chart.show();
    compareRouters(chart);
  }

  void anOldPictureIsDimmedWhileALongRunLasts() {
    RouterChart chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    const double before = chart.value(0, 0);
    m_bench->model->closeGate();
    document().toggleModality(0);
    QVERIFY(!chart.dimmed());
    QTRY_VERIFY(chart.dimmed());
    QCOMPARE(chart.value(0, 0), before);
    m_bench->model->openGate();
    QVERIFY(m_bench->settle());
    QVERIFY(!chart.dimmed());
    compareRouters(chart);
  }

  void pointingSelectsEverywhere() {
    RouterChart router(m_bench->context());
    LoadChart load(m_bench->context());
    show(router);
    show(load);
    QVERIFY(m_bench->start());
    QSignalSpy changes(&m_bench->selection, &ui::Selection::changed);
    QWidget* plot = router.childAt(router.rect().center() - QPoint(0, 20));
    QTest::mouseMove(plot, plot->rect().center() - QPoint(20, 0));
    QTest::mouseMove(plot, plot->rect().center());
    QTRY_VERIFY(!changes.isEmpty());
    QVERIFY(m_bench->selection.expert() >= 4 && m_bench->selection.expert() <= 8);
    QVERIFY(m_bench->selection.modality() >= 0);
    m_bench->selection.clear();
    QCOMPARE(m_bench->selection.expert(), -1);
  }

  void aJointRouterIsOneSeries() {
    ModelConfig joint = test::fakeConfig();
    joint.router = Router::Joint;
    m_bench->model = std::make_shared<test::FakeModel>(joint);
    RouterChart router(m_bench->context());
    LoadChart load(m_bench->context());
    EntropyChart entropy(m_bench->context());
    for (QWidget* chart :
         {static_cast<QWidget*>(&router), static_cast<QWidget*>(&load), static_cast<QWidget*>(&entropy)}) {
      show(*chart);
    }
    QVERIFY(m_bench->start());
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    QCOMPARE(router.value(0, 3), double(document().shownLayer()->routers.front().meanDense[3]));
    QVERIFY(!router.hatched(0));
    QCOMPARE(load.share(3), load.segment(0, 3));
    QCOMPARE(entropy.rows(), 3);
    QCOMPARE(entropy.traceValue(1), 0.0);
  }

  void everyChartIsNamed() {
    const RouterChart router(m_bench->context());
    const LoadChart load(m_bench->context());
    const EntropyChart entropy(m_bench->context());
    for (const QWidget* chart : {static_cast<const QWidget*>(&router), static_cast<const QWidget*>(&load),
                                 static_cast<const QWidget*>(&entropy)}) {
      QVERIFY(!chart->accessibleName().isEmpty());
      QVERIFY(!chart->accessibleDescription().isEmpty());
    }
  }

 private:
  Document& document() { return m_bench->document; }

  static void show(QWidget& chart) {
    chart.resize(700, 320);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
  }

  void compareRouters(const RouterChart& chart) {
    QVERIFY(!chart.dirty());
    const bool dense = document().state().distribution == Distribution::Dense;
    const auto& routers = document().shownLayer()->routers;
    const auto& unmasked = document().ghostLayer()->routers;
    for (int router = 0; router < 5; ++router) {
      const auto& shown = dense ? routers[size_t(router)].meanDense : routers[size_t(router)].meanTopK;
      const auto& before = dense ? unmasked[size_t(router)].meanDense : unmasked[size_t(router)].meanTopK;
      for (int expert = 0; expert < 12; ++expert) {
        QCOMPARE(chart.value(router, expert), double(shown[size_t(expert)]));
        QCOMPARE(chart.referenceValue(router, expert), double(before[size_t(expert)]));
      }
    }
  }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
