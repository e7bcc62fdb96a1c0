// The stay list, slices, modalities and the model's card under real events, and their looks.
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextDocument>

#include "charts/load_chart.h"
#include "models/slice_model.h"
#include "models/stay_list_model.h"
#include "panels/chart_panels.h"
#include "panels/facts_panel.h"
#include "panels/filter_help.h"
#include "panels/modality_panel.h"
#include "panels/quiet_text.h"
#include "panels/segmented_switch.h"
#include "panels/slice_panel.h"
#include "panels/stay_panel.h"
#include "support/golden.h"
#include "support/workbench.h"
#include "window/style.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::compareWithGolden;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

class TestCohortPanel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    applyStyle(*qApp, m_bench->appearance.theme());
    m_stays = std::make_unique<StayPanel>(m_bench->context());
    m_stays->resize(300, 420);
    m_stays->show();
    QVERIFY(QTest::qWaitForWindowActive(m_stays.get()));
    QVERIFY(m_bench->start());
  }
  void cleanup() {
    m_stays.reset();
    m_bench.reset();
  }

  void fieldAndDocumentStayInStep() {
    QLineEdit& search = m_stays->search();
    QTest::keyClicks(&search, QStringLiteral("split:test"));
    QCOMPARE(document().state().filter, std::string("split:test"));
    QCOMPARE(document().undoStack().count(), 1);  // typing is one step
    QCOMPARE(view().model()->rowCount(), 10);
    document().undoStack().undo();
    QCOMPARE(search.text(), QString());
    QCOMPARE(view().model()->rowCount(), 40);
    QTest::keyClicks(&search, QStringLiteral("body"));
    QTest::keyClick(&search, Qt::Key_Return);
    QTest::keyClicks(&search, QStringLiteral(" test"));
    QCOMPARE(document().undoStack().count(), 2);
    document().setFilter("risk>");
    QCOMPARE(search.text(), QStringLiteral("risk>"));
    QVERIFY(m_stays->problem().contains(QStringLiteral("number")));
  }

  void theStayShownStaysChosen() {
    select(12);
    const std::int64_t chosen = document().state().stayId;
    view().sortByColumn(StayListModel::PresentColumn, Qt::DescendingOrder);
    QCOMPARE(chosenStay(), chosen);
    document().setFilter("elephant");
    QVERIFY(!view().currentIndex().isValid());
    QCOMPARE(document().state().stayId, chosen);
    document().setFilter("");
    QCOMPARE(chosenStay(), chosen);
    QVERIFY(view().viewport()->rect().intersects(view().visualRect(view().currentIndex())));
  }

  void risksArriveWithoutMovingAnything() {
    select(3);
    view().verticalScrollBar()->setValue(130);
    const int scroll = view().verticalScrollBar()->value();
    QVERIFY(scroll > 0);
    QCOMPARE(riskText(0), QStringLiteral("…"));
    sweepAll();
    QCOMPARE(riskText(0), QString::number(double(m_bench->sweep.risk(0)), 'f', 2));
    QCOMPARE(chosenStay(), FakeCohort::kFirstStay + 3);
    QCOMPARE(view().verticalScrollBar()->value(), scroll);
  }

  void sortedByRiskTheListFollows() {
    select(3);
    view().sortByColumn(StayListModel::RiskColumn, Qt::DescendingOrder);
    sweepAll();
    const auto risk = [&](int row) { return view().model()->index(row, 0).data(StayListModel::RiskRole).toFloat(); };
    for (int row = 1; row < 40; ++row) QVERIFY(risk(row - 1) >= risk(row));
    QCOMPARE(chosenStay(), FakeCohort::kFirstStay + 3);
    document().setFilter("risk>0.5");
    const int high = view().model()->rowCount();
    QVERIFY(high > 0 && high < 40);
    QVERIFY(risk(high - 1) > 0.5F);
  }

  void keysWalkTheList() {
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_End);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay + 39);
    QTest::keyClick(&view(), Qt::Key_Home);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay);
    QTest::keyClick(&view(), Qt::Key_Down);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay + 1);
  }

  void aHashAndDigitsGoToAnId() {
    view().setFocus();
    QTest::keyClicks(&view(), QStringLiteral("#30056"));
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, std::int64_t(30056));
  }

  void theHelpFillsTheFilter() {
    m_stays->showFilterHelp();
    auto* help = m_stays->findChild<FilterHelp*>();
    QVERIFY(help && help->isVisible());
    const QList<QPushButton*> examples = help->findChildren<QPushButton*>();
    QVERIFY(examples.size() >= 6);
    QTest::mouseClick(examples.at(4), Qt::LeftButton);
    QCOMPARE(m_stays->search().text(), QStringLiteral("split:test"));
    for (const FilterExample& example : filterExamples(*model(), QStringLiteral("death"))) {
      const StayQuery query(example.filter, m_bench->cohort->info());
      QVERIFY2(query.problem().isEmpty() && !query.acceptsAll(), qPrintable(example.filter));
    }
  }

  void allColumnsFit() {
    sweepAll();
    QCoreApplication::processEvents();
    const QFontMetrics metrics(view().font());
    for (int column = 0; column < StayListModel::ColumnCount; ++column) {
      if (view().isColumnHidden(column)) continue;
      const QString title = view().model()->headerData(column, Qt::Horizontal).toString();
      QVERIFY2(view().columnWidth(column) >= metrics.horizontalAdvance(title) + 8, qPrintable(title));
    }
    QVERIFY(view().columnWidth(StayListModel::LabelColumn) >=
            metrics.horizontalAdvance(QStringLiteral("unknown")) + 10);
    QVERIFY(view().isColumnHidden(StayListModel::SplitColumn));
  }

  void tablesHideIdentifiers() {
    sweepAll();
    const Table with = m_stays->table(true), without = m_stays->table(false);
    QCOMPARE(with.rows.size(), std::size_t(40));
    QCOMPARE(with.rows[4].front(), QStringLiteral("30045"));
    QCOMPARE(without.rows[4].front(), QStringLiteral("5"));
    QCOMPARE(with.rows[4].size(), with.columns.size());
    for (const QStringList& row : without.rows)
      for (const QString& cell : row) QVERIFY(!cell.startsWith(QStringLiteral("300")));
    QCOMPARE(with.rows[4].back().toFloat(), m_bench->sweep.risk(4));
  }

  void slicesAreMadeInPlace() {
    SlicePanel slices(m_bench->context());
    slices.resize(300, 200);
    slices.show();
    QVERIFY(QTest::qWaitForWindowActive(&slices));
    QVERIFY(!slices.saveButton().isEnabled());
    document().setFilter("test");
    QTest::mouseClick(&slices.saveButton(), Qt::LeftButton);
    QVERIFY(slices.nameField().isVisible());
    QTest::keyClicks(&slices.nameField(), QStringLiteral("Held out"));
    QTest::keyClick(&slices.nameField(), Qt::Key_Return);
    QVERIFY(!slices.nameField().isVisible());
    QCOMPARE(document().state().slices, std::vector<Slice>({{"Held out", "test"}}));
    QListView& list = slices.view();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(list.model()->index(0, 0)).center());
    QCOMPARE(document().state().filter, std::string());
    QCOMPARE(m_stays->search().text(), QString());
    list.setFocus();
    list.setCurrentIndex(list.model()->index(1, 0));
    QTest::keyClick(&list, Qt::Key_F2);
    auto* editor = list.viewport()->findChild<QLineEdit*>();
    QVERIFY(editor);
    editor->setText(QStringLiteral("Test part"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(document().state().slices.front().name, std::string("Test part"));
    list.setFocus();
    list.setCurrentIndex(list.model()->index(1, 0));
    QTest::keyClick(&list, Qt::Key_Delete);
    QTRY_VERIFY(document().state().slices.empty());
    document().undoStack().undo();
    QCOMPARE(document().state().slices.front().name, std::string("Test part"));
  }

  void aNameCanBeGivenUp() {
    SlicePanel slices(m_bench->context());
    slices.show();
    document().setFilter("test");
    slices.saveButton().click();
    QTest::keyClicks(&slices.nameField(), QStringLiteral("never"));
    QTest::keyClick(&slices.nameField(), Qt::Key_Escape);
    QVERIFY(!slices.nameField().isVisible());
    QVERIFY(document().state().slices.empty());
  }

  void theLoadOfASliceIsShownAsFarAsKnown() {
    LoadPanel load(m_bench->context());
    load.resize(420, 300);
    load.show();
    document().setLoadScope(LoadScope::Cohort);
    QVERIFY(load.chart().scopeText().contains(QStringLiteral("0 of 40")));
    QVERIFY(load.chart().scopeText().contains(QStringLiteral("off")));
    QCOMPARE(load.chart().share(0), 0.0);
    sweepAll();
    QTRY_COMPARE(load.chart().scopeText(), QStringLiteral("40 stays"));
    double all = 0;
    for (int expert = 0; expert < 12; ++expert) all += load.chart().share(expert);
    QVERIFY(std::abs(all - 100) < 1e-6);
    const LoadSum& total = m_bench->sweep.table().total(0);
    double first = 0, sum = 0;
    for (int router = 0; router < 5; ++router) {
      const auto parts = m_bench->sweep.table().received(total, router, LoadMeasure::Tokens);
      first += parts[0];
      for (const double part : parts) sum += part;
    }
    QVERIFY(std::abs(load.chart().share(0) - 100 * first / sum) < 1e-9);
    document().setLoadScope(LoadScope::Slice);
    document().setFilter("test");
    QTRY_COMPARE(load.chart().scopeText(), QStringLiteral("10 stays"));
  }

  void aCardOpensNothing() {
    QuietText text;
    text.showMarkdown(
        QStringLiteral("# Card\n\n![picture](file:///etc/passwd) [link](http://example.org)\n\n"
                       "<img src=\"http://example.org/a.png\">\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"));
    QVERIFY(text.toPlainText().contains(QStringLiteral("Card")));
    QVERIFY(!text.loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/passwd"))).isValid());
    QVERIFY(!text.openLinks() && !text.openExternalLinks());
  }

  void theCardIsAPageOfTheModelPanel() {
    FactsPanel facts(m_bench->context());
    facts.resize(272, 200);
    facts.show();
    QVERIFY(!facts.card().isVisible());
    Q_EMIT facts.pages().chosen(1);
    QVERIFY(facts.card().isVisible());
    QVERIFY(facts.card().toPlainText().contains(QStringLiteral("no model card")));
    QCOMPARE(facts.table(false).rows.back().back(), QStringLiteral("digest of fake.safetensors"));
  }

  void looks_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  void looks() {
    QFETCH(const bool, dark);
    m_bench->appearance.setTheme(dark ? Theme::darkTheme() : Theme::light());
    applyStyle(*qApp, m_bench->appearance.theme());
    const QString theme = dark ? QStringLiteral("dark") : QStringLiteral("light");
    sweepAll();
    document().setSlices({{"Held out, without body", "test -body"}}, QStringLiteral("slice"));
    select(3);
    m_stays->resize(300, 320);
    check(*m_stays, QStringLiteral("stays-") + theme);
    SlicePanel slices(m_bench->context());
    slices.resize(300, 200);
    QTRY_VERIFY(slices.view().model()->index(6, 0).data(SliceModel::CountRole).isValid());
    check(slices, QStringLiteral("slices-") + theme);
    document().setMasked(1, true);
    QVERIFY(m_bench->settle());
    ModalityPanel modalities(m_bench->context());
    modalities.resize(272, 276);
    check(modalities, QStringLiteral("modalities-") + theme);
    QuietText card;
    card.resize(272, 240);
    card.showMarkdown(
        QStringLiteral("# NAFLD model\n\nPredicts death **within five years**.\n\n## Data\n\n* 10,676 people\n"
                       "* five modalities\n\n| part | AUROC |\n|---|---|\n| test | 0.83 |\n\nFor teaching."));
    check(card, QStringLiteral("card-") + theme);
    FilterHelp help(filterExamples(*model(), QStringLiteral("death")), m_stays.get());
    check(help, QStringLiteral("help-") + theme);
  }

 private:
  Document& document() { return m_bench->document; }
  QTableView& view() { return m_stays->view(); }
  StayListModel* model() { return static_cast<StayListModel*>(view().model()); }
  QString riskText(int row) { return view().model()->index(row, StayListModel::RiskColumn).data().toString(); }
  std::int64_t chosenStay() { return view().currentIndex().data(StayListModel::StayIdRole).toLongLong(); }
  void select(int row) {
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(view().model()->index(row, 0)).center());
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, FakeCohort::kFirstStay + row);
  }
  void sweepAll() {
    m_bench->sweep.setEnabled(true);
    QTRY_COMPARE(m_bench->sweep.state(), CohortSweep::State::Done);
  }
  static void check(QWidget& panel, const QString& name) {
    panel.show();
    QCoreApplication::processEvents();
    const QString difference = compareWithGolden(panel.grab().toImage(), QStringLiteral("cohort/") + name);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
  }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<StayPanel> m_stays;
};

QTEST_MAIN(TestCohortPanel)
#include "tst_cohort_panel.moc"
