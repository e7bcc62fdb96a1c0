// The analyses' docks: nothing before they are shown, what they say while they cannot run, and what a click does.
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <atomic>
#include <bit>
#include <cmath>

#include "charts/lattice_chart.h"
#include "panels/analysis/analysis_panel.h"
#include "panels/analysis/lattice_panel.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

namespace {

/// An analysis that finds the number of its runs.
class CountingPanel : public AnalysisPanel {
 public:
  CountingPanel(const ViewContext& context, bool byItself)
      : AnalysisPanel(context,
                      {QStringLiteral("counting"), QStringLiteral("Counting"), QStringLiteral("Counts."), byItself}) {}

  QLabel* label = nullptr;
  std::atomic<bool> fails = false;
  test::Gate gate;
  mutable std::atomic<int> runs = 0;

 protected:
  QWidget* makeContent(QHBoxLayout&) override { return label = new QLabel; }
  QString inputs() const override { return stayInputs() + QString::number(context().document.mask()); }
  Work work() const override {
    return [this](const ProgressSink&, const std::stop_token&) -> Result<Take> {
      const_cast<test::Gate&>(gate).pass();
      const int run = ++runs;
      if (fails) return failure("It cannot be counted.", "Count on fingers.");
      return Take([this, run] { label->setText(QString::number(run)); });
    };
  }
  QString note() const override { return QStringLiteral("n = %1").arg(label->text()); }
  void drawAnswer(QPainter&, const QRect&) const override {}
  Table answerTable(bool) const override { return {{QStringLiteral("runs")}, {{label->text()}}}; }
};

}  // namespace

class TestAnalysisPanels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    m_bench->model->setUnlike();
  }
  void cleanup() { m_bench.reset(); }

  void whatIsNotOpenIsSaid() {
    CountingPanel panel(m_bench->context(), false);
    panel.show();
    QCOMPARE(panel.state(), AnalysisPanel::State::Nothing);
    QVERIFY(panel.said().contains(QStringLiteral("Ctrl+O")));
    QVERIFY(panel.table(false).columns.isEmpty());
  }

  void longOnesWaitForTheirButton() {
    QVERIFY(m_bench->start());
    CountingPanel panel(m_bench->context(), false);
    QVERIFY(panel.label == nullptr);  // nothing is made before it is shown
    panel.show();
    QVERIFY(panel.label != nullptr);
    QCOMPARE(panel.state(), AnalysisPanel::State::NotRun);
    QCOMPARE(panel.said(), QStringLiteral("Counts."));
    panel.gate.close();
    QTest::mouseClick(&panel.runButton(), Qt::LeftButton);
    QCOMPARE(panel.state(), AnalysisPanel::State::Running);
    QCOMPARE(m_bench->tasks.running().size(), 1);
    panel.gate.open();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    QVERIFY(m_bench->tasks.running().isEmpty());
    QCOMPARE(panel.said(), QStringLiteral("n = 1"));
    QCOMPARE(panel.table(false).rows.front().front(), QStringLiteral("1"));
  }

  void changedInputsAreSaidAndRunAgain() {
    QVERIFY(m_bench->start());
    CountingPanel panel(m_bench->context(), false);
    panel.show();
    panel.run();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    m_bench->document.toggleModality(0);
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Outdated);
    QVERIFY(panel.said().startsWith(QStringLiteral("Out of date")));
    QCOMPARE(panel.runs.load(), 1);
    m_bench->document.toggleModality(0);  // back to what it was made of
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    QVERIFY(m_bench->settle());
  }

  void aStopIsSaid() {
    QVERIFY(m_bench->start());
    CountingPanel panel(m_bench->context(), false);
    panel.show();
    panel.gate.close();
    panel.run();
    m_bench->tasks.running().front()->askToStop();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Failed);
    QVERIFY(panel.said().contains(QStringLiteral("stopped")));
    panel.gate.open();
    QVERIFY(panel.runButton().isVisible());
  }

  void aFailureIsSaidAndTriedAgain() {
    QVERIFY(m_bench->start());
    CountingPanel panel(m_bench->context(), false);
    panel.fails = true;
    panel.show();
    panel.run();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Failed);
    QVERIFY(panel.said().contains(QStringLiteral("Count on fingers.")));
    panel.fails = false;
    QTest::mouseClick(&panel.runButton(), Qt::LeftButton);
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
  }

  void quickOnesFollowWhileSeen() {
    QVERIFY(m_bench->start());
    CountingPanel panel(m_bench->context(), true);
    panel.show();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    m_bench->document.toggleModality(0);
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(panel.runs.load(), 2);
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    panel.hide();
    m_bench->document.toggleModality(1);
    QVERIFY(m_bench->settle());
    QTest::qWait(50);
    QCOMPARE(panel.runs.load(), 2);
    panel.show();
    QTRY_COMPARE(panel.runs.load(), 3);
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
  }

  void theLatticeMasksWhatIsClicked() {
    QVERIFY(m_bench->start());
    LatticePanel panel(m_bench->context());
    panel.resize(900, 480);
    panel.show();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    LatticeChart& chart = *panel.chart();
    QCOMPARE(chart.lattice()->points.size(), 32U);
    QVERIFY(std::abs(chart.lattice()->sumCheck) < 1e-9);
    const QRectF node = chart.node(0b00101);
    QVERIFY(!node.isEmpty());
    QTest::mouseClick(&chart, Qt::LeftButton, {}, node.center().toPoint());
    QCOMPARE(m_bench->document.mask(), 0b00101U);
    QCOMPARE(m_bench->document.undoStack().count(), 1);
    QVERIFY(m_bench->settle());
    const int runs = m_bench->model->runs();
    QTest::keyClick(&chart, Qt::Key_Up);  // a mask is no input of the lattice: nothing is computed again
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(std::popcount(m_bench->document.mask()), 1);
    QVERIFY(m_bench->settle());
    QVERIFY(m_bench->model->runs() <= runs + 1);
    QVERIFY(panel.table(false).rows.size() > 32U);
  }

  void theLatticeDrawsNoNodeOverAnother() {
    QVERIFY(m_bench->start());
    LatticePanel panel(m_bench->context());
    panel.resize(760, 400);
    panel.show();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    for (ModalityMask a = 0; a < 32; ++a)
      for (ModalityMask b = 0; b < a; ++b) QVERIFY(!panel.chart()->node(a).intersects(panel.chart()->node(b)));
  }

 private:
  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestAnalysisPanels)
#include "tst_analysis_panels.moc"
