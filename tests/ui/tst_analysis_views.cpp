// The analyses that change the model or look at the stay: what a click does, what is found, and what is said.
#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <cmath>
#include <set>

#include "charts/interval_bars.h"
#include "charts/matrix_chart.h"
#include "panels/analysis/answer_table.h"
#include "panels/analysis/drift_panel.h"
#include "panels/analysis/experts_panel.h"
#include "panels/analysis/gates_panel.h"
#include "panels/analysis/invariance_panel.h"
#include "panels/analysis/mechanism_panel.h"
#include "panels/segmented_switch.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

namespace {

/// Clicks a segment as a user does.
void choose(SegmentedSwitch& control, int index) {
  QTest::mouseClick(control.findChildren<QPushButton*>().at(index), Qt::LeftButton);
}

}  // namespace

class TestAnalysisViews : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    m_bench->model->setUnlike();
    QVERIFY(m_bench->start());
  }
  void cleanup() { m_bench.reset(); }

  void theMechanismSaysWhenNothingIsMissing() {
    MechanismPanel panel(m_bench->context());
    panel.show();
    QCOMPARE(panel.state(), AnalysisPanel::State::Nothing);
    QVERIFY(panel.said().contains(QStringLiteral("Nothing is missing")));
    document().toggleModality(1);
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    QCOMPARE(panel.ways().size(), 4U);
  }

  void theMechanismChangesTheModelLive() {
    document().toggleModality(1);
    QVERIFY(m_bench->settle());
    const double trained = probability();
    MechanismPanel panel(m_bench->context());
    panel.resize(860, 400);
    panel.show();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    QVERIFY(!panel.ways()[3].probability);  // the mean is only computed when asked for
    QVERIFY(!panel.ways()[3].reason.isEmpty());
    choose(*panel.choice(), 2);
    QCOMPARE(document().state().intervention.missing, MissingSubstitute::Zeros);
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    QVERIFY(probability() < trained);
    QCOMPARE(float(*panel.ways()[2].probability), float(probability()));
    QCOMPARE(float(*panel.ways()[0].probability), float(trained));
    choose(*panel.choice(), 3);
    QVERIFY(m_bench->settle());
    QTRY_VERIFY(panel.ways()[3].probability.has_value());
    QCOMPARE(float(*panel.ways()[3].probability), float(probability()));
    QCOMPARE(panel.table(false).rows.size(), 4U);
    document().undoStack().undo();
    QCOMPARE(panel.choice()->current(), 2);
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
  }

  void expertsAreChangedByTheControls() {
    ExpertsPanel panel(m_bench->context());
    panel.resize(900, 420);
    panel.show();
    QCOMPARE(panel.state(), AnalysisPanel::State::NotRun);
    panel.layer().setCurrentIndex(2);
    panel.expert().setCurrentIndex(6);
    QTest::mouseClick(&panel.applyButton(), Qt::LeftButton);
    QCOMPARE(describe(document().state().intervention), std::string("knock-out 2:7"));
    QTest::mouseClick(&panel.applyButton(), Qt::LeftButton);  // no second time
    QCOMPARE(document().state().intervention.experts.size(), 1U);
    QVERIFY(m_bench->settle());
    QVERIFY(panel.effect().contains(QStringLiteral("against")));
    choose(panel.kind(), 2);
    QVERIFY(panel.other().isVisible());
    panel.other().setCurrentIndex(0);
    QTest::mouseClick(&panel.applyButton(), Qt::LeftButton);
    QCOMPARE(document().state().intervention.experts.back().kind, ExpertChange::Kind::Swap);
    panel.topK().setFocus();
    QTest::keyClick(&panel.topK(), Qt::Key_Up);
    QCOMPARE(document().state().intervention.topK, 1);
    QTest::mouseClick(&panel.removeButton(), Qt::LeftButton);
    QVERIFY(document().state().intervention.empty());
    QCOMPARE(panel.topK().value(), 0);
    QVERIFY(m_bench->settle());
  }

  void expertsAreRankedAndABarKnocksOut() {
    ExpertsPanel panel(m_bench->context());
    panel.resize(900, 420);
    panel.show();
    panel.run();
    QTRY_COMPARE_WITH_TIMEOUT(panel.state(), AnalysisPanel::State::Shown, 20000);
    QCOMPARE(panel.bars().content().rows.size(), 24U);  // two layers of twelve
    QVERIFY(panel.said().contains(QStringLiteral("n = 40 stays of all 40 stays")));
    Q_EMIT panel.bars().clicked(0, -1);
    QCOMPARE(document().state().intervention.experts.size(), 1U);
    QCOMPARE(document().state().intervention.experts.front().kind, ExpertChange::Kind::KnockOut);
    QVERIFY(panel.bars().content().rows.front().label.contains(QStringLiteral("out")));
    Q_EMIT panel.bars().clicked(0, -1);
    QVERIFY(document().state().intervention.empty());
    QVERIFY(m_bench->settle());
    QCOMPARE(panel.state(), AnalysisPanel::State::Shown);  // the ranking is of the model as trained
    document().setFilter("id:30041");
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Outdated);
  }

  void driftOfTheStayFollowsTheMask() {
    DriftPanel panel(m_bench->context());
    panel.resize(900, 460);
    panel.show();
    QVERIFY(panel.matrix().content().rows.empty());
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    QCOMPARE(panel.matrix().content().rows.size(), 5U);
    QCOMPARE(panel.matrix().content().columns.size(), 2U);
    QVERIFY(*panel.matrix().cell(0, 0).value > 0);
    QVERIFY(*panel.matrix().cell(0, 0).value > *panel.matrix().cell(4, 0).value);  // the masked one's router moved most
  }

  void driftRanksStaysAndOpensOne() {
    DriftPanel panel(m_bench->context());
    panel.resize(900, 460);
    panel.show();
    panel.masks().setCurrentIndex(panel.masks().findData(0b1000U));
    panel.run();
    QTRY_COMPARE_WITH_TIMEOUT(panel.state(), AnalysisPanel::State::Shown, 20000);
    QVERIFY(!panel.moved().empty());
    QVERIFY(panel.moved().size() < 40U);  // those that lack the modality cannot lose it
    for (int row = 1; row < panel.ranking().shownRows(); ++row)
      QVERIFY(panel.ranking().shownRow(row - 1).cells[2].order >= panel.ranking().shownRow(row).cells[2].order);
    const qint64 stay = panel.ranking().shownRow(3).id;
    const QRect place = panel.ranking().visualRect(panel.ranking().model()->index(3, 0));
    QTest::mouseClick(panel.ranking().viewport(), Qt::LeftButton, {}, place.center());
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, stay);
    QVERIFY(!panel.table(false).columns.contains(QStringLiteral("stay")));
    QVERIFY(panel.table(true).columns.contains(QStringLiteral("stay")));
  }

  void gatesChangeTheModelLive() {
    GatesPanel panel(m_bench->context());
    panel.resize(900, 460);
    panel.show();
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    QCOMPARE(panel.rows().size(), 3U);
    choose(*panel.choice(), 3);
    QVERIFY(document().state().intervention.gate == Gate::Gaussian);
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(panel.state(), AnalysisPanel::State::Shown);
    const auto gaussian = std::ranges::find(panel.rows(), std::optional(Gate::Gaussian), &GatesPanel::Row::gate);
    QVERIFY(gaussian != panel.rows().end());
    QCOMPARE(float(*gaussian->probability), float(probability()));
    choose(*panel.choice(), 0);
    QVERIFY(document().state().intervention.empty());
    QVERIFY(m_bench->settle());
  }

  void otherCheckpointsStandBeside() {
    m_bench->otherConfig.router = Router::Joint;
    GatesPanel panel(m_bench->context());
    panel.show();
    panel.addModels({QStringLiteral("joint.safetensors"), QStringLiteral("bad.safetensors")});
    QTRY_COMPARE(panel.rows().size(), 5U);
    QCOMPARE(panel.rows()[3].router, Router::Joint);
    QVERIFY(panel.rows()[3].probability.has_value());
    QVERIFY(!panel.rows()[4].probability);
    QVERIFY(panel.rows()[4].problem.contains(QStringLiteral("cut off")));
  }

  void invarianceIsSaidInOneLine() {
    InvariancePanel panel(m_bench->context());
    panel.resize(800, 360);
    panel.show();
    QCOMPARE(panel.state(), AnalysisPanel::State::NotRun);
    QTest::mouseClick(&panel.runButton(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(panel.state(), AnalysisPanel::State::Shown, 20000);
    QVERIFY2(panel.verdict().startsWith(QStringLiteral("✓ Equal to the bit")), qPrintable(panel.verdict()));
    QVERIFY(panel.rows().shownRows() >= 5);
    QVERIFY(panel.said().startsWith(QStringLiteral("8 stays")));
  }

 private:
  Document& document() { return m_bench->document; }
  double probability() { return double(document().result()->probability.front()); }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestAnalysisViews)
#include "tst_analysis_views.moc"
