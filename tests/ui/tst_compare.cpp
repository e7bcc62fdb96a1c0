// Comparing: pinning, another model, another stay, the panel's numbers, and the space bar that flips.
#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include "charts/compare_chart.h"
#include "charts/router_chart.h"
#include "models/compare_model.h"
#include "panels/chart_panels.h"
#include "panels/compare_panel.h"
#include "panels/modality_panel.h"
#include "panels/stay_panel.h"
#include "support/opened_window.h"
#include "support/workbench.h"
#include "window/main_window.h"
#include "window/style.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

class TestCompare : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    m_window = test::openedWindow(*m_bench);
    QVERIFY(m_window);
  }
  void cleanup() {
    m_window.reset();
    m_bench.reset();
  }

  void spaceShowsTheReferenceWhileHeld() {
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    QWidget& focused = m_window->workspace().stays().view();  // where the focus is at first
    focused.setFocus();
    const double now = bars().value(0, 0);
    QTest::keyPress(&focused, Qt::Key_Space);
    QVERIFY(document().flipped());
    QVERIFY(bars().value(0, 0) != now);
    QVERIFY(!bars().notice().isEmpty());
    QKeyEvent repeat(QEvent::KeyRelease, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" "), true);
    QCoreApplication::sendEvent(&focused, &repeat);
    QVERIFY(document().flipped());
    QTest::keyRelease(&focused, Qt::Key_Space);
    QVERIFY(!document().flipped());
    QCOMPARE(bars().value(0, 0), now);
  }

  void spaceFlipsFromAClickedChart() {
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    QTest::mouseClick(&bars().canvas(), Qt::LeftButton, {}, QPoint(200, 60));
    QVERIFY(bars().hasFocus());
    QTest::keyPress(&bars(), Qt::Key_Space);
    QVERIFY(document().flipped());
    QTest::keyRelease(&bars(), Qt::Key_Space);
    QVERIFY(!document().flipped());
  }

  void spaceKeepsItsUseElsewhere() {
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    QLineEdit& search = m_window->workspace().stays().search();
    search.setFocus();
    QTest::keyClicks(&search, QStringLiteral("a b"));
    QCOMPARE(search.text(), QStringLiteral("a b"));
    QVERIFY(!document().flipped());
    search.clear();
    QListView& modalities = static_cast<ModalityPanel*>(panel("modalities"))->view();
    modalities.setFocus();
    modalities.setCurrentIndex(modalities.model()->index(1, 0));
    QTest::keyPress(&modalities, Qt::Key_Space);
    QVERIFY(!document().flipped());
    QCOMPARE(document().mask(), 0b11U);  // it checks
    QTest::keyRelease(&modalities, Qt::Key_Space);
    QVERIFY(m_bench->settle());
  }

  void aLostReleaseDoesNotStick() {
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    QTest::keyPress(&m_window->workspace().stays().view(), Qt::Key_Space);
    QVERIFY(document().flipped());
    QEvent away(QEvent::ApplicationDeactivate);
    QCoreApplication::sendEvent(qApp, &away);
    QVERIFY(!document().flipped());
  }

  void thePinIsAToggle() {
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    QAction* pin = action("&Pin A");
    QVERIFY(pin && !pin->isChecked());
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier);
    QVERIFY(pin->isChecked());
    QVERIFY(!document().state().reference.isAsRecorded());
    QVERIFY(m_bench->settle());
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier);
    QVERIFY(!pin->isChecked());
    QVERIFY(document().state().reference.isAsRecorded());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(pin->isChecked());
    QVERIFY(m_bench->settle());
  }

  void withNothingToCompareItSaysWhatToDo() {
    ComparePanel& compare = shown();
    QVERIFY(!compare.comparing());
    QVERIFY(compare.remark().contains(QStringLiteral("Ctrl+P")));
    QVERIFY(compare.table(true).rows.empty() || !compare.comparing());
    QTest::mouseClick(button(compare, "Pin A"), Qt::LeftButton);
    QVERIFY(m_bench->settle());
    QVERIFY(compare.comparing());
    QTest::mouseClick(button(compare, "As recorded"), Qt::LeftButton);
    QVERIFY(m_bench->settle());
    QVERIFY(!compare.comparing());
  }

  void theNumbersStandSideBySide() {
    ComparePanel& compare = shown();
    const QAbstractItemModelTester tester(&compare.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTest::keyClick(m_window.get(), Qt::Key_3);
    QVERIFY(m_bench->settle());
    QVERIFY(compare.comparing());
    const Table table = compare.table(true);
    const RoutingResult& now = *document().result();
    const RoutingResult& before = *document().reference();
    checkRow(table, "Death within five years", "death", double(before.probability[0]), double(now.probability[0]));
    for (int layer = 0; layer < 2; ++layer) {
      const QString group = QStringLiteral("Layer %1, entropy in nats").arg(layer + 1);
      const EntropyTerms& a = before.layers[size_t(layer)].entropy;
      const EntropyTerms& b = now.layers[size_t(layer)].entropy;
      checkRow(table, group, "E", a.regularizer, b.regularizer);
      checkRow(table, group, "mean of H", a.mean, b.mean);
      checkRow(table, group, "H of Lipids", a.perModality[0], b.perModality[0]);
    }
    const QStringList liver = row(table, "Modalities", "Liver and smoking");
    QCOMPARE(liver.mid(2), (QStringList{"present", "masked", "differs"}));
    QVERIFY(compare.chart().paired());
    for (int r = 0; r < 5; ++r) {
      for (int e = 0; e < 12; ++e) {
        const double a = double(before.layers[0].routers[size_t(r)].meanDense[size_t(e)]);
        const double b = double(now.layers[0].routers[size_t(r)].meanDense[size_t(e)]);
        QCOMPARE(compare.chart().referenceValue(r, e), a);
        QCOMPARE(compare.chart().value(r, e), b);
        QCOMPARE(compare.chart().difference(r, e), b - a);
      }
    }
  }

  void anotherStayByItsId() {
    ComparePanel& compare = shown();
    auto* stay = compare.findChild<QComboBox*>();
    QVERIFY(stay->count() > 0);  // the neighbours
    QVERIFY(stay->findText(QString::number(FakeCohort::kFirstStay + 1)) >= 0);
    QTest::keyClicks(stay->lineEdit(), QString::number(FakeCohort::kFirstStay + 2));
    QTest::keyClick(stay->lineEdit(), Qt::Key_Return);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().referenceSample()->stayId, FakeCohort::kFirstStay + 2);
    QCOMPARE(document().undoStack().count(), 1);
    QVERIFY(compare.comparing());
    QCOMPARE(row(compare.table(true), "Setup", "Stay").value(2), QString::number(FakeCohort::kFirstStay + 2));
    QVERIFY(row(compare.table(false), "Setup", "Stay").isEmpty());  // no patient is told apart
    stay->lineEdit()->selectAll();
    QTest::keyClicks(stay->lineEdit(), QStringLiteral("77"));
    QTest::keyClick(stay->lineEdit(), Qt::Key_Return);
    QVERIFY(compare.remark().contains(QStringLiteral("77")));
    QCOMPARE(document().undoStack().count(), 1);
  }

  void modelsOfOtherShapeStandApart() {
    ModelConfig other = test::fakeConfig();
    other.experts = 8;
    other.layers = 1;
    other.modalities.pop_back();
    m_bench->otherConfig = other;
    ComparePanel& compare = shown();
    document().compareWithModel("other.safetensors");
    QVERIFY(m_bench->settle());
    QVERIFY(compare.comparing());
    QVERIFY(!compare.chart().paired());
    QVERIFY(!compare.remark().isEmpty());
    const RoutingResult& before = *document().reference();
    QCOMPARE(compare.chart().referenceValue(3, 7), double(before.layers[0].routers[3].meanDense[7]));
    const Table table = compare.table(true);
    QCOMPARE(row(table, "Modalities", "Body").value(2), QStringLiteral("not in the model"));
    QCOMPARE(row(table, "Layer 2, entropy in nats", "E").value(2), QString());
    QVERIFY(!row(table, "Layer 2, entropy in nats", "E").value(3).isEmpty());
    document().setLayer(1);  // the other has no second layer
    QVERIFY(m_bench->settle());
    QVERIFY(!document().flipped());
    QTest::keyPress(&m_window->workspace().stays().view(), Qt::Key_Space);
    QVERIFY(!document().flipped());  // it cannot be shown in this model's place
    QTest::keyRelease(&m_window->workspace().stays().view(), Qt::Key_Space);
  }

  void theTitleRowFitsASmallWindow() {
    QCoreApplication::processEvents();
    const auto* router = static_cast<RouterPanel*>(panel("router"));
    QList<QRect> places;
    for (const QPushButton* control : router->titleBarWidget()->findChildren<QPushButton*>()) {
      if (!control->isVisible()) continue;
      QVERIFY2(control->width() >= control->sizeHint().width(), qPrintable(control->text()));
      places << QRect(control->mapTo(router, QPoint()), control->size());
    }
    QVERIFY(places.size() >= 7);
    for (qsizetype i = 0; i < places.size(); ++i) {
      QVERIFY(router->rect().contains(places[i]));
      for (qsizetype j = 0; j < i; ++j) QVERIFY(!places[i].intersects(places[j]));
    }
  }

  void theSwitchChangesTheView() {
    auto* router = static_cast<RouterPanel*>(panel("router"));
    for (const auto& [name, view] : {std::pair("Heat map", RoutingView::HeatMap), std::pair("Flow", RoutingView::Flow),
                                     std::pair("Bars", RoutingView::Bars)}) {
      QTest::mouseClick(button(*router, name), Qt::LeftButton);
      QCOMPARE(document().state().routingView, view);
      QVERIFY(router->shown().isVisible() && !router->shown().dirty());
    }
    QVERIFY(!button(*router, "Change")->isVisibleTo(router));
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    document().setRoutingView(RoutingView::HeatMap);
    QVERIFY(button(*router, "Change")->isVisible());
  }

 private:
  Document& document() { return m_bench->document; }
  PanelFrame* panel(const char* key) { return m_window->workspace().panel(QString::fromLatin1(key)); }
  RouterChart& bars() { return static_cast<RouterPanel*>(panel("router"))->chart(); }

  ComparePanel& shown() {
    action("&Compare")->trigger();
    auto& compare = static_cast<ComparePanel&>(*panel("compare"));
    [&] { QTRY_VERIFY(compare.isVisible() && compare.height() > 100); }();
    return compare;
  }

  QAction* action(const char* text) {
    for (QAction* candidate : m_window->actions())
      if (candidate->text() == QString::fromLatin1(text)) return candidate;
    return nullptr;
  }

  static QPushButton* button(const QWidget& parent, const char* text) {
    for (QPushButton* candidate : parent.findChildren<QPushButton*>())
      if (candidate->text() == QString::fromUtf8(text)) return candidate;
    return nullptr;
  }

  static QStringList row(const Table& table, const QString& group, const QString& name) {
    for (const QStringList& candidate : table.rows)
      if (candidate[0] == group && candidate[1] == name) return candidate;
    return {};
  }
  static QStringList row(const Table& table, const char* group, const char* name) {
    return row(table, QString::fromLatin1(group), QString::fromLatin1(name));
  }

  static void checkRow(const Table& table, const QString& group, const char* name, double before, double now) {
    const QStringList found = row(table, group, QString::fromLatin1(name));
    QCOMPARE(found.size(), 5);
    QCOMPARE(found[2].toDouble(), before);
    QCOMPARE(found[3].toDouble(), now);
    QCOMPARE(found[4].toDouble(), now - before);
  }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
