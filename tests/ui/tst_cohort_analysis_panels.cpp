// The analyses of a cohort: what they show of an answer, what a click does, runs over the fakes, and what they look
// like.
#include <QComboBox>
#include <QPainter>
#include <QPicture>
#include <QPushButton>
#include <QTest>
#include <algorithm>
#include <memory>

#include "charts/composition_chart.h"
#include "charts/distribution_chart.h"
#include "charts/interval_bars.h"
#include "charts/matrix_chart.h"
#include "panels/analysis/cohort_choices.h"
#include "panels/analysis/fact_strip.h"
#include "panels/analysis/finding_list.h"
#include "panels/analysis/pattern_text.h"
#include "panels/panel_frame.h"
#include "state/stay_query.h"
#include "support/analysis_answers.h"
#include "support/golden.h"
#include "support/workbench.h"
#include "window/style.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;
using State = AnalysisPanel::State;

class TestCohortAnalysisPanels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { QApplication::setFont(QFont(QStringLiteral("DejaVu Sans"))); }
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    applyStyle(*qApp, m_bench->appearance.theme());
  }
  void cleanup() {
    m_panel.reset();
    m_bench.reset();
  }

  // Words

  void patternsHaveNames() {
    const ModelConfig config = test::fakeConfig();
    QCOMPARE(patternName(config, 0b11111), QStringLiteral("all 5"));
    QCOMPARE(patternName(config, 0b10111), QStringLiteral("without Comorbidity"));
    QCOMPARE(patternName(config, 0b10011), QStringLiteral("without Liver and smoking and Comorbidity"));
    QCOMPARE(patternName(config, 0b00011), QStringLiteral("Lipids and Blood pressure"));
    QCOMPARE(patternName(config, 0b00010), QStringLiteral("Blood pressure alone"));
  }

  void thePatternsFilterFindsExactlyItsStays() {
    QVERIFY(m_bench->start());
    const Document& document = m_bench->document;
    const CohortInfo& info = document.cohort()->info();
    for (const std::uint32_t present : {0b11111U, 0b10111U, 0b00010U, 0b11010U}) {
      const QString text = patternFilter(document.model()->config(), present, {});
      const StayQuery query(text, info);
      QVERIFY2(query.problem().isEmpty(), qPrintable(query.problem()));
      int found = 0;
      for (const StaySummary& stay : *document.stays()) {
        QCOMPARE(query.accepts(stay, 0), stay.present == present);
        found += stay.present == present;
      }
      QVERIFY(found > 0);
    }
  }

  // Patterns

  void patternsShowMetricsAndWhyThereAreNone() {
    auto& panel = show<PatternsPanel>();
    panel.setFound(test::patternsFound());
    MatrixChart& chart = panel.chart();
    QCOMPARE(chart.content().rows.size(), std::size_t(7));  // all, and six patterns
    QCOMPARE(chart.text(0, 0), QStringLiteral("1,204"));
    QCOMPARE(chart.text(1, 2), QStringLiteral("0.861"));
    QCOMPARE(chart.cell(1, 2).detail, QStringLiteral("0.81–0.91"));
    QCOMPARE(chart.text(6, 2), QStringLiteral("–"));
    QVERIFY(chart.cell(6, 2).reason.contains(QStringLiteral("All 12 stays are negative")));
    QCOMPARE(chart.text(6, 4), QStringLiteral("0.170"));  // Brier is defined with one class
    QVERIFY(panel.said().contains(QStringLiteral("1,204 labelled stays (split test), 6 patterns")));
    QVERIFY(panel.said().contains(QStringLiteral("not defined")));
    const Table table = panel.table(false);
    QCOMPARE(table.columns.size(), 4 + 12 + 1);
    QCOMPARE(table.rows.size(), std::size_t(7));
    QCOMPARE(table.rows[6][4], QString());
    QVERIFY(table.rows[6].back().contains(QStringLiteral("negative")));
  }

  void aClickOnAPatternListsItsStays() {
    QVERIFY(m_bench->start());
    auto& panel = show<PatternsPanel>();
    panel.setFound(test::patternsFound());
    panel.grab();
    const QPoint row(4, int(panel.chart().rowRect(2).center().y()));
    QTest::mouseClick(&panel.chart().canvas(), Qt::LeftButton, {}, row);
    const std::string filter = m_bench->document.state().filter;
    QCOMPARE(filter, patternFilter(test::fakeConfig(), 0b10111, "test").toStdString());
    QCOMPARE(m_bench->document.undoStack().count(), 1);
    QTest::mouseClick(&panel.chart().canvas(), Qt::LeftButton, {},
                      QPoint(4, int(panel.chart().rowRect(0).center().y())));
    QCOMPARE(m_bench->document.state().filter, std::string("split:test"));
  }

  void patternsRunOverTheCohort() {
    QVERIFY(m_bench->start());
    auto& panel = show<PatternsPanel>();
    QCOMPARE(panel.state(), State::NotRun);
    QTest::mouseClick(&panel.runButton(), Qt::LeftButton);
    QTRY_COMPARE(panel.state(), State::Shown);
    int stays = 0;
    for (int row = 1; row < int(panel.chart().content().rows.size()); ++row)
      stays += int(*panel.chart().cell(row, 0).value);
    QCOMPARE(double(stays), *panel.chart().cell(0, 0).value);
    QVERIFY(stays > 0);
    const int other = panel.splits().current() == 0 ? 1 : 0;
    const auto buttons = panel.splits().findChildren<QPushButton*>();
    QVERIFY(buttons.size() >= 2);
    QTest::mouseClick(buttons[other], Qt::LeftButton);
    QCOMPARE(panel.state(), State::Outdated);
  }

  // Support

  void supportSaysHowFarThePatientLies() {
    QVERIFY(m_bench->start());
    auto& panel = show<SupportPanel>();
    panel.setFound(test::supportFound());
    QCOMPARE(panel.chart().values().size(), std::size_t(420));
    QCOMPARE(panel.chart().content().marks.size(), std::size_t(2));
    QCOMPARE(panel.chart().content().marks[0].value, 0.162);
    QVERIFY(panel.facts().facts()[1].warn);
    QCOMPARE(panel.facts().facts()[2].value, QStringLiteral("57 of 2,310"));
    QCOMPARE(panel.misrouted().content().rows.size(), std::size_t(2));
    QCOMPARE(panel.misrouted().content().rows[0].label, QStringLiteral("Layer 1, Blood pressure → E7"));
    QVERIFY(panel.misrouted().isVisible());
    QVERIFY(panel.said().contains(QStringLiteral("not that it is wrong")));
    SupportPanel::Found quiet = test::supportFound();
    quiet.report.misrouted.clear();
    quiet.report.alarm = false;
    panel.setFound(quiet);
    QVERIFY(!panel.misrouted().isVisible());
    QVERIFY(!panel.facts().facts()[1].warn);
  }

  void supportFollowsPatientAndMask() {
    QVERIFY(m_bench->start());
    auto& panel = show<SupportPanel>();
    QCOMPARE(panel.state(), State::NotRun);
    panel.run();
    QTRY_VERIFY(panel.state() != State::Running);
    if (panel.state() == State::Failed) QVERIFY2(false, qPrintable(panel.said()));
    const double first = panel.chart().content().marks.front().value;
    m_bench->document.selectStay(FakeCohort::kFirstStay + 2);
    QVERIFY(m_bench->settle());
    QTRY_VERIFY(panel.state() == State::Shown && panel.chart().content().marks.front().value != first);
    const double second = panel.chart().content().marks.front().value;
    m_bench->document.toggleModality(1);
    QVERIFY(m_bench->settle());
    QTRY_VERIFY(panel.state() == State::Shown && panel.chart().content().marks.front().value != second);
    for (int m = 0; m < 5; ++m) m_bench->document.setMasked(m, true);
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(panel.state(), State::Nothing);
    QVERIFY(panel.said().contains(QStringLiteral("Every modality")));
  }

  // Missingness

  void missingnessShowsDifferencesAndBalance() {
    QVERIFY(m_bench->start());
    auto& panel = show<MissingnessPanel>();
    QCOMPARE(panel.modality().count(), 5);
    panel.setFound(test::missingnessFound());
    const auto& rows = panel.differences().content().rows;
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].value, std::optional<double>(-0.044));
    QCOMPARE(rows[0].interval, std::optional<Interval>(Interval{-0.061, -0.028}));
    QCOMPARE(panel.routing().content().rows[0].second, std::optional<double>(0.048));
    QCOMPARE(panel.balance().content().rows[0].second, std::optional<double>(0.62));
    MissingnessPanel::Found unknown = test::missingnessFound();
    unknown.report.outcome.reset();
    panel.setFound(unknown);
    QVERIFY(!panel.differences().content().rows[1].value);
    QVERIFY(!panel.differences().content().rows[1].reason.isEmpty());
    QCOMPARE(panel.table(false).rows.size(), std::size_t(2 + 2 + 5 + 18));
  }

  // Donors

  void donorsTellWhatTheModelWouldHaveSaid() {
    QVERIFY(m_bench->start());
    m_bench->document.setMasked(3, true);
    QVERIFY(m_bench->settle());
    auto& panel = show<DonorsPanel>();
    QCOMPARE(panel.modality().count(), 1);
    QCOMPARE(panel.modality().currentText(), QStringLiteral("Comorbidity, masked"));
    panel.setFound(test::donorsFound());
    QCOMPARE(panel.chart().values().size(), std::size_t(20));
    QCOMPARE(panel.chart().content().marks.size(), std::size_t(3));
    QCOMPARE(panel.donors().text(0, 0), QStringLiteral("0.31"));
    QVERIFY(panel.said().contains(QStringLiteral("nor what to measure")));
    QVERIFY(!panel.said().contains(QStringLiteral("should")));
    QVERIFY(panel.drawsIdentifiers());
    for (const QStringList& row : panel.table(false).rows) QVERIFY(!row.join(' ').contains(QStringLiteral("3005")));
    QCOMPARE(panel.table(true).rows.back().back(), QStringLiteral("30183"));
  }

  void donorsNeedAMissingModality() {
    QVERIFY(m_bench->start());
    auto& panel = show<DonorsPanel>();
    QCOMPARE(panel.state(), State::Nothing);
    QVERIFY(panel.said().contains(QStringLiteral("every modality")));
    m_bench->document.toggleModality(1);
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(panel.state(), State::NotRun);
    QCOMPARE(panel.modality().currentText(), QStringLiteral("Blood pressure, masked"));
  }

  void aDonorCanBeComparedWith() {
    QVERIFY(m_bench->start());
    auto& panel = show<DonorsPanel>();
    DonorsPanel::Found found = test::donorsFound();
    found.report.donors[1].stayId = FakeCohort::kFirstStay + 4;
    panel.setFound(found);
    panel.grab();
    Q_EMIT panel.donors().clicked(1, -1);
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->document.state().reference.stayId, FakeCohort::kFirstStay + 4);
    QCOMPARE(m_bench->document.state().stayId, FakeCohort::kFirstStay);  // the patient stays
  }

  // Collapse

  void collapseSharesOutAndFinds() {
    QVERIFY(m_bench->start());
    auto& panel = show<CollapsePanel>();
    panel.setFound(test::collapseFound());
    QCOMPARE(panel.facts().facts()[0].value, QStringLiteral("0.38"));
    QCOMPARE(panel.facts().facts()[1].value, QStringLiteral("7.4 of 12"));
    QCOMPARE(panel.facts().facts()[2].value, QStringLiteral("2"));
    QVERIFY(panel.facts().facts()[2].warn);
    QCOMPARE(panel.attribution().content().rows[0].value, std::optional<double>(0.094));
    QVERIFY(!panel.attribution().content().rows[4].value);  // nobody has it
    QVERIFY(!panel.attribution().content().rows[4].reason.isEmpty());
    QCOMPARE(panel.findings().entries().size(), 4);
    QVERIFY(panel.findings().entries()[2].warn);
    panel.showPage(CollapsePanel::Experts);
    double all = 0;
    for (int e = 0; e < 12; ++e)
      for (int m = 0; m < 5; ++m) all += panel.composition().segment(m, e);
    QVERIFY(std::abs(all - 100) < 1e-6);
    panel.showPage(CollapsePanel::Gates);
    QCOMPARE(panel.gates().content().rows.size(), std::size_t(12));
    QCOMPARE(panel.gates().cell(3, 3).value, std::optional<double>(0));
    QVERIFY(panel.said().contains(QStringLiteral("gate vectors")));
  }

  // Matching

  void matchingFramesThePairs() {
    QVERIFY(m_bench->start());
    auto& panel = show<MatchingPanel>();
    panel.setFound(test::matchingFound());
    int framed = 0;
    for (int i = 0; i < 12; ++i)
      for (int j = 0; j < 12; ++j) framed += panel.chart().cell(i, j).outlined;
    QCOMPARE(framed, 12);
    QVERIFY(panel.chart().cell(0, 5).outlined);
    QCOMPARE(panel.facts().facts()[0].value, QStringLiteral("0.06"));
    QVERIFY(panel.said().contains(QStringLiteral("other-seed.safetensors")));
    QVERIFY(panel.said().contains(QStringLiteral("does not mean the same")));
    QCOMPARE(panel.table(false).rows.size(), std::size_t(2 * 144));
  }

  void matchingOpensASecondModel() {
    QVERIFY(m_bench->start());
    auto& panel = show<MatchingPanel>();
    QCOMPARE(panel.state(), State::NotRun);
    QTest::mouseClick(&panel.runButton(), Qt::LeftButton);
    QTRY_COMPARE(panel.state(), State::Failed);
    QVERIFY(panel.said().contains(QStringLiteral("No second model")));
    panel.setOther("bad.safetensors");
    QTRY_COMPARE(panel.state(), State::Failed);
    QVERIFY(!panel.said().contains(QStringLiteral("No second model")));
    panel.setOther("other.safetensors");
    QTRY_VERIFY(panel.state() != State::Running);
    QVERIFY2(panel.state() == State::Shown, qPrintable(panel.said()));
    QCOMPARE(panel.chart().content().rows.size(), std::size_t(12));
  }

  // All

  void theyKeepVectorsAndSayNoNaN_data() { views(); }
  void theyKeepVectorsAndSayNoNaN() {
    QFETCH(const QString, name);
    QVERIFY(m_bench->start());
    AnalysisPanel& panel = filled(name);
    QPicture picture;
    QPainter painter(&picture);
    panel.draw(painter, QRect(0, 0, 840, 460));
    painter.end();
    const QByteArray bytes(picture.data(), int(picture.size()));
    QVERIFY(bytes.size() > 4000);
    QVERIFY(!bytes.contains("PNG"));  // no image in it
    for (const QStringList& row : panel.table(true).rows)
      QVERIFY2(!row.join(' ').contains(QStringLiteral("nan"), Qt::CaseInsensitive), qPrintable(row.join(' ')));
    QVERIFY(!panel.said().contains(QStringLiteral("nan ")));
  }

  void looks_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    for (const char* name : kViews) {
      const QString text = QString::fromLatin1(name);
      QTest::addRow("%s-light", name) << text << QSize(840, 500) << false;
      QTest::addRow("%s-dark", name) << text << QSize(840, 500) << true;
      QTest::addRow("%s-small", name) << text << QSize(620, 420) << false;
    }
  }
  void looks() {
    QFETCH(const QString, name);
    QFETCH(const QSize, size);
    QFETCH(const bool, dark);
    if (dark) m_bench->appearance.setTheme(Theme::darkTheme());
    applyStyle(*qApp, m_bench->appearance.theme());
    QVERIFY(m_bench->start());
    m_bench->document.setMasked(3, true);
    QVERIFY(m_bench->settle());
    AnalysisPanel& panel = filled(name, size);
    QCoreApplication::processEvents();
    const QString difference = test::compareWithGolden(
        panel.grab().toImage(), QStringLiteral("analysis/") + QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
  }

 private:
  static constexpr const char* kViews[] = {"patterns", "support",          "missingness",    "donors",
                                           "collapse", "collapse-experts", "collapse-gates", "matching"};

  static void views() {
    QTest::addColumn<QString>("name");
    for (const char* name : kViews) QTest::addRow("%s", name) << QString::fromLatin1(name);
  }

  template <class T>
  T& show(const QSize& size = {840, 500}) {
    auto panel = std::make_unique<T>(m_bench->context());
    T& made = *panel;
    m_panel = std::move(panel);
    m_panel->resize(size);
    m_panel->QWidget::show();
    if (!QTest::qWaitForWindowExposed(m_panel.get())) qFatal("not shown");
    return made;
  }
  AnalysisPanel& filled(const QString& name, const QSize& size = {840, 500}) {
    if (name == QStringLiteral("patterns")) show<PatternsPanel>(size).setFound(test::patternsFound());
    if (name == QStringLiteral("support")) show<SupportPanel>(size).setFound(test::supportFound());
    if (name == QStringLiteral("missingness")) show<MissingnessPanel>(size).setFound(test::missingnessFound());
    if (name == QStringLiteral("donors")) show<DonorsPanel>(size).setFound(test::donorsFound());
    if (name == QStringLiteral("matching")) show<MatchingPanel>(size).setFound(test::matchingFound());
    if (name.startsWith(QStringLiteral("collapse"))) {
      auto& panel = show<CollapsePanel>(size);
      panel.setFound(test::collapseFound());
      if (name.endsWith(QStringLiteral("experts"))) panel.showPage(CollapsePanel::Experts);
      if (name.endsWith(QStringLiteral("gates"))) panel.showPage(CollapsePanel::Gates);
    }
    return *m_panel;
  }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<AnalysisPanel> m_panel;
};

QTEST_MAIN(TestCohortAnalysisPanels)
#include "tst_cohort_analysis_panels.moc"
