// The window under real events: mouse, keys, files.
#include <QAction>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QMimeData>
#include <QTableView>
#include <QTest>
#include <QUrl>

#include "charts/router_chart.h"
#include "panels/chart_panels.h"
#include "panels/message_bar.h"
#include "panels/modality_panel.h"
#include "panels/prediction_panel.h"
#include "panels/probability_view.h"
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

class TestWindow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    m_window = test::openedWindow(*m_bench);
    QVERIFY(m_window);
  }
  void cleanup() {
    m_bench->model->openGate();
    m_window.reset();
    m_bench.reset();
  }

  void aClickOnTheRowToggles() {
    QListView& view = static_cast<ModalityPanel*>(panel("modalities"))->view();
    const QPoint row = view.visualRect(view.model()->index(2, 0)).center();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, row);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().mask(), 0b100U);
    QVERIFY(router().hatched(2));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, row);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().mask(), 0U);
    QTest::mouseClick(view.viewport(), Qt::RightButton, {}, row);
    QCOMPARE(document().mask(), 0U);
  }

  void keysToggleAndRestore() {
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QTest::keyClick(m_window.get(), Qt::Key_5);
    QCOMPARE(document().mask(), 0b10001U);
    QTest::keyClick(m_window.get(), Qt::Key_7);  // the model has five
    QCOMPARE(document().mask(), 0b10001U);
    QTest::keyClick(m_window.get(), Qt::Key_0);
    QCOMPARE(document().mask(), 0U);
    QVERIFY(m_bench->settle());
  }

  void theKeyOfAnAbsentModalityDoesNothing() {
    document().selectStay(FakeCohort::kFirstStay + 1);
    QVERIFY(m_bench->settle());
    QTest::keyClick(m_window.get(), Qt::Key_4);
    QCOMPARE(document().mask(), 0U);
    QListView& view = static_cast<ModalityPanel*>(panel("modalities"))->view();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(view.model()->index(3, 0)).center());
    QCOMPARE(document().mask(), 0U);
    QCOMPARE(document().undoStack().count(), 1);  // the stay
  }

  void undoAndRedoByKey() {
    QTest::keyClick(m_window.get(), Qt::Key_2);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(document().mask(), 0U);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(document().mask(), 0b10U);
    QVERIFY(m_bench->settle());
  }

  void thePredictionFollows() {
    const auto* prediction = static_cast<PredictionPanel*>(panel("prediction"));
    QCOMPARE(prediction->view().remark(), QStringLiteral("as recorded"));
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    QCOMPARE(prediction->view().figure(), QString::number(double(document().result()->probability.front()), 'f', 2));
    QVERIFY(prediction->view().remark().contains(QStringLiteral("as recorded")));
  }

  void staysByTableKeysAndArrows() {
    QTableView& view = m_window->workspace().stays().view();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(view.model()->index(3, 0)).center());
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay + 3);
    QTest::keyClick(&view, Qt::Key_Down);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay + 4);
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay + 3);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay + 4);
    QCOMPARE(view.currentIndex().row(), 4);
    QVERIFY(m_bench->settle());
  }

  void theFilterTakesDigitsAndChoosesNoStay() {
    StayPanel& stays = m_window->workspace().stays();
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(stays.search().hasFocus());
    QTest::keyClicks(&stays.search(), QStringLiteral("30052"));
    QCOMPARE(stays.search().text(), QStringLiteral("30052"));
    QCOMPARE(document().mask(), 0U);
    QCOMPARE(stays.view().model()->rowCount(), 1);
    QVERIFY(document().settled());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay);
    stays.search().clear();
    QCOMPARE(stays.view().currentIndex().row(), 0);
  }

  void aBadFileIsSaidInTheBar() {
    const SessionState before = document().state();
    m_window->openFile(QStringLiteral("bad.safetensors"));
    QVERIFY(m_bench->settle());
    const MessageBar& bar = m_window->messageBar();
    QVERIFY(bar.isVisible());
    QCOMPARE(bar.text(), QStringLiteral("bad.safetensors is cut off. Get the file again."));
    QCOMPARE(bar.detail(), QStringLiteral("header 8123 > 400"));
    QVERIFY(document().state() == before);
    QCOMPARE(document().undoStack().count(), 0);
  }

  void aDroppedFileOpens() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/other.safetensors"))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().modelPath, std::string("/tmp/other.safetensors"));
    m_window->openFile(QStringLiteral("notes.txt"));
    QVERIFY(m_window->messageBar().isVisible());
  }

  void fastTogglesEndInTheLastState() {
    m_bench->model->closeGate();
    for (int i = 0; i < 50; ++i) QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_1 + i % 5));
    m_bench->model->openGate();
    QVERIFY(m_bench->settle());
    QCOMPARE(document().result()->key.mask, document().mask());
    QCOMPARE(document().undoStack().count(), 50);
    QVERIFY(!router().dirty());
  }

  void theThemeChangesInPlace() {
    const QImage light = m_window->grab().toImage();
    m_bench->appearance.setTheme(Theme::darkTheme());
    applyStyle(*qApp, m_bench->appearance.theme());
    const QImage dark = m_window->grab().toImage();
    const QPoint inside = router().mapTo(m_window.get(), QPoint(6, 6));
    QCOMPARE(light.pixelColor(inside), Theme::light().surface);
    QCOMPARE(dark.pixelColor(inside), Theme::darkTheme().surface);
  }

  void panelsComeBackWhereTheyWere() {
    Workspace& workspace = m_window->workspace();
    QCoreApplication::processEvents();
    const QRect before = panel("load")->geometry();
    panel("load")->setFloating(true);
    panel("entropy")->hide();
    workspace.resetLayout();
    const auto near = [](int a, int b) { return std::abs(a - b) <= 2; };
    QTRY_VERIFY(near(panel("load")->x(), before.x()) && near(panel("load")->y(), before.y()));
    QVERIFY(near(panel("load")->width(), before.width()) && near(panel("load")->height(), before.height()));
    QVERIFY(!panel("load")->isFloating());
    QVERIFY(panel("entropy")->isVisible());
  }

  void itFitsASmallScreen() {
    QCOMPARE(m_window->size(), QSize(1280, 720));
    const QSize least = m_window->minimumSizeHint();
    QVERIFY2(least.width() <= 1280 && least.height() <= 720,
             qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
  }

  void theResearchLineIsAlwaysThere() {
    const auto* badge = m_window->findChild<QLabel*>(QStringLiteral("researchBadge"));
    QVERIFY(badge && badge->isVisible());
    QVERIFY(m_window->menuBar()->rect().contains(badge->geometry()));
  }

 private:
  Document& document() { return m_bench->document; }
  PanelFrame* panel(const char* key) { return m_window->workspace().panel(QString::fromLatin1(key)); }
  RouterChart& router() { return static_cast<RouterPanel*>(panel("router"))->chart(); }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
