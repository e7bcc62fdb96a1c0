// The item models, watched by QAbstractItemModelTester through every kind of change.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <random>

#include "models/modality_model.h"
#include "models/slice_model.h"
#include "models/stay_list_model.h"
#include "models/stay_order.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

class TestUiModels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { test::failOnQtWarnings(); }

  void modalitiesFollowTheDocument() {
    Workbench bench;
    ModalityModel model(bench.document);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(bench.start());
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.index(1).data().toString(), QStringLiteral("Blood pressure"));
    QCOMPARE(model.index(0).data(ModalityModel::DetailRole).toString(), QStringLiteral("8 measurements over 3 h"));
    QCOMPARE(model.index(3).data(ModalityModel::DetailRole).toString(), QStringLiteral("1 event"));
    QVERIFY(model.setData(model.index(0), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(bench.settle());
    QCOMPARE(bench.document.mask(), 1U);
    QCOMPARE(model.index(0).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Unchecked);
    QCOMPARE(model.index(0).data(ModalityModel::DetailRole).toString(),
             QStringLiteral("8 measurements, masked by you"));
    bench.document.undoStack().undo();
    QCOMPARE(model.index(0).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Checked);
    bench.document.openModel("other.safetensors");
    QVERIFY(bench.settle());
    QCOMPARE(model.rowCount(), 5);
  }

  void anAbsentModalityIsNotCheckable() {
    Workbench bench;
    QVERIFY(bench.start());
    ModalityModel model(bench.document);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    bench.document.selectStay(FakeCohort::kFirstStay + 1);
    QVERIFY(bench.settle());
    QVERIFY(!changes.isEmpty());
    const QModelIndex absent = model.index(3);
    QVERIFY(!model.flags(absent).testFlag(Qt::ItemIsUserCheckable));
    QVERIFY(!model.setData(absent, Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(absent.data(ModalityModel::DetailRole).toString(), QStringLiteral("not recorded"));
    QVERIFY(!absent.data(Qt::CheckStateRole).isValid());
  }

  void staysFilterAndSort() {
    Workbench bench;
    StayListModel stays(bench.document, bench.sweep);
    const QAbstractItemModelTester tester(&stays, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(bench.start());
    QCOMPARE(stays.rowCount(), 40);
    QCOMPARE(stays.index(0, StayListModel::LabelColumn).data().toString(), QStringLiteral("death"));
    QCOMPARE(stays.index(1, StayListModel::LabelColumn).data().toString(), QStringLiteral("no"));
    QCOMPARE(stays.index(10, StayListModel::LabelColumn).data().toString(), QStringLiteral("unknown"));
    for (int column = 0; column < StayListModel::ColumnCount; ++column) {
      stays.sort(column, Qt::DescendingOrder);
      stays.sort(column, Qt::AscendingOrder);
      QCOMPARE(stays.rowCount(), 40);
    }
    stays.sort(StayListModel::StayColumn, Qt::DescendingOrder);
    QCOMPARE(stays.stayId(0), FakeCohort::kFirstStay + 39);
    QCOMPARE(stays.rowOf(FakeCohort::kFirstStay), 39);
    bench.document.setFilter("test");
    QCOMPARE(stays.rowCount(), 10);
    QCOMPARE(stays.stayId(0), FakeCohort::kFirstStay + 39);
    QCOMPARE(stays.rowOf(FakeCohort::kFirstStay), -1);
    bench.document.undoStack().undo();
    QCOMPARE(stays.rowCount(), 40);
    bench.document.openCohort("other.sqlite");
    QVERIFY(bench.settle());
    QCOMPARE(stays.rowCount(), 40);
  }

  void anotherOrderKeepsPersistentRows() {
    Workbench bench;
    QVERIFY(bench.start());
    StayListModel stays(bench.document, bench.sweep);
    const QPersistentModelIndex kept(stays.index(7, StayListModel::LabelColumn));
    stays.sort(StayListModel::PresentColumn, Qt::DescendingOrder);
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data(StayListModel::StayIdRole).toLongLong(), FakeCohort::kFirstStay + 7);
    QCOMPARE(kept.row(), stays.rowOf(FakeCohort::kFirstStay + 7));
    QVERIFY(kept.row() != 7);
  }

  void ordersAreStableAndUnknownIsLast_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("order");
    for (const auto key : {StayKey::Id, StayKey::Present, StayKey::Label, StayKey::Risk, StayKey::Split})
      for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder})
        QTest::addRow("key %d, order %d", int(key), int(order)) << int(key) << int(order);
  }
  void ordersAreStableAndUnknownIsLast() {
    QFETCH(const int, key);
    QFETCH(const int, order);
    std::vector<StaySummary> stays = *FakeCohort(1000).stays();
    for (std::size_t i = 0; i < stays.size(); i += 17) stays[i].split.clear();
    std::mt19937 random(3);
    std::vector<float> risks;
    for (std::size_t i = 0; i < stays.size(); ++i) risks.push_back(i % 5 == 0 ? NAN : float(random() % 100) / 100);
    const auto sorted = sortedStays(stays, StayKey(key), Qt::SortOrder(order), [&](int i) { return risks[size_t(i)]; });
    // The plain way: unknown apart, then a stable sort by a key that is compared.
    const auto plain = [&](int i) -> double {
      const StaySummary& stay = stays[size_t(i)];
      switch (StayKey(key)) {
        case StayKey::Id:
          return double(stay.stayId);
        case StayKey::Present:
          return std::popcount(stay.present) * 1e6 + stay.present;
        case StayKey::Label:
          return double(stay.labels.front());
        case StayKey::Risk:
          return double(risks[size_t(i)]);
        case StayKey::Split:
          break;
      }
      return stay.split.empty() ? NAN : double(stay.split.front()) * 256 + double(stay.split[1]);
    };
    std::vector<int> expected(stays.size());
    std::iota(expected.begin(), expected.end(), 0);
    std::ranges::stable_sort(expected, [&](int a, int b) {
      const double x = plain(a), y = plain(b);
      if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
      return Qt::SortOrder(order) == Qt::AscendingOrder ? x < y : x > y;
    });
    QCOMPARE(sorted, expected);
  }

  void filterWords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("readable");
    const auto row = [](const char* name, const char* text, int rows, bool readable = true) {
      QTest::newRow(name) << QString::fromUtf8(text) << rows << readable;
    };
    row("nothing", "", 40);
    row("one id", "30041", 1);
    row("beginning of an id", "3004", 9);
    row("an id by name", "id:30041", 1);
    row("all but an id", "-30041", 39);
    row("an id too long for any", "id:99999999999999999999", 40, false);
    row("id of letters", "id:abc", 40, false);
    row("a split", "test", 10);
    row("a split by name", "split:validation", 10);
    row("all but a split", "-split:test", 30);
    row("no such split", "split:banana", 0, false);
    row("a label", "unknown", 3);
    row("a label by name", "label:death", 13);
    row("a label in capitals", "LABEL:Death", 13);
    row("another label", "label:no", 24);
    row("all but a label", "-label:unknown", 37);
    row("no such label", "label:elephant", 0, false);
    row("a modality there", "comorb", countOf(3, true));
    row("a modality missing", "-comorbidity", countOf(3, false));
    row("by title", "blood", countOf(1, true));
    row("by title with its space", "\"blood pressure\"", countOf(1, true));
    row("without it, with its space", "-\"blood pressure\"", countOf(1, false));
    row("an open quote", "\"blood pres", countOf(1, true));
    row("two words", "test,30044", 1);
    row("words that exclude each other", "train test", 0);
    row("no such thing", "elephant", 0, false);
    row("a lone minus", "-", 40);
    row("only separators", " , ,, ", 40);
    row("an unknown key", "colour:red", 40, false);
    row("a key without a value", "label:", 40, false);
    row("risk, nothing known", "risk>0.3", 0);
    row("risk without a number", "risk>", 40, false);
    row("risk of a word", "risk<much", 40, false);
    row("risk that is no number", "risk<nan", 40, false);
    row("risk without a relation", "risk", 0, false);
  }
  void filterWords() {
    QFETCH(const QString, text);
    Workbench bench;
    QVERIFY(bench.start());
    StayListModel stays(bench.document, bench.sweep);
    bench.document.setFilter(text.toStdString());
    QTEST(stays.rowCount(), "rows");
    QTEST(stays.query().problem().isEmpty(), "readable");
    if (stays.rowOf(FakeCohort::kFirstStay) < 0) QVERIFY(stays.rowCount() < 40);
  }

  void filterByRisk_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("quarter");
    QTest::addColumn<bool>("half");
    QTest::newRow("more") << "risk>0.25" << false << true;
    QTest::newRow("at least") << "risk>=0.25" << true << true;
    QTest::newRow("less") << "risk<0.5" << true << false;
    QTest::newRow("at most") << "risk<=0.5" << true << true;
    QTest::newRow("equal") << "risk=0.25" << true << false;
    QTest::newRow("spaces and capitals") << "Risk >= 0.3" << false << true;
    QTest::newRow("percent") << "risk>30%" << false << true;
    QTest::newRow("between") << "risk>0.2 risk<0.3" << true << false;
  }
  void filterByRisk() {
    QFETCH(const QString, text);
    const FakeCohort cohort;
    const StaySummary stay = cohort.stays()->front();
    const StayQuery query(text, cohort.info());
    QVERIFY(query.usesRisk() && query.problem().isEmpty());
    QTEST(query.accepts(stay, 0.25F), "quarter");
    QTEST(query.accepts(stay, 0.5F), "half");
    QVERIFY(!query.accepts(stay, NAN));
  }

  void aHundredThousandStays() {
    Workbench bench;
    bench.cohort = std::make_shared<FakeCohort>(100000);
    QVERIFY(bench.start());
    StayListModel stays(bench.document, bench.sweep);
    QCOMPARE(stays.rowCount(), 100000);
    bench.document.setFilter("split:validation");
    QCOMPARE(stays.rowCount(), 25000);
    stays.sort(StayListModel::LabelColumn, Qt::DescendingOrder);
    QCOMPARE(stays.index(0, StayListModel::LabelColumn).data().toString(), QStringLiteral("death"));
    QCOMPARE(stays.index(stays.rowCount() - 1, StayListModel::LabelColumn).data().toString(),
             QStringLiteral("unknown"));
    SliceModel slices(bench.document, bench.sweep);
    QVERIFY(slices.counting());
    QTRY_VERIFY(!slices.counting());
    QCOMPARE(slices.index(0).data(SliceModel::CountRole).toInt(), 100000);
  }

  void slicesAreSuggestedAndCounted() {
    Workbench bench;
    SliceModel slices(bench.document, bench.sweep);
    const QAbstractItemModelTester tester(&slices, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(slices.rowCount(), 0);
    QVERIFY(bench.start());
    QTRY_VERIFY(!slices.counting());
    // All, the four modalities that some stays lack (all have blood pressure), and the label.
    QStringList names;
    for (int row = 0; row < slices.rowCount(); ++row) names << slices.index(row).data().toString();
    QCOMPARE(names,
             QStringList({"All stays", "No lipids", "No liver and smoking", "No comorbidity", "No body", "Death"}));
    QCOMPARE(slices.index(3).data(SliceModel::CountRole).toInt(), countOf(3, false));
    QCOMPARE(slices.index(5).data(SliceModel::CountRole).toInt(), 13);
    QVERIFY(slices.index(0).data(SliceModel::CurrentRole).toBool());
    slices.choose(3);
    QCOMPARE(bench.document.state().filter, std::string("-comorbidity"));
    QVERIFY(slices.index(3).data(SliceModel::CurrentRole).toBool());
    slices.choose(5);
    bench.document.undoStack().undo();
    QCOMPARE(bench.document.state().filter, std::string("-comorbidity"));
  }

  void slicesAreSavedRenamedAndDeleted() {
    Workbench bench;
    QVERIFY(bench.start());
    SliceModel slices(bench.document, bench.sweep);
    const QAbstractItemModelTester tester(&slices, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(!slices.save(QStringLiteral("nothing to save")));
    bench.document.setFilter("test");
    QVERIFY(!slices.save(QStringLiteral("  ")));
    QVERIFY(slices.save(QStringLiteral(" Held out ")));
    QTRY_VERIFY(!slices.counting());
    QCOMPARE(slices.index(1).data().toString(), QStringLiteral("Held out"));
    QCOMPARE(slices.index(1).data(SliceModel::CountRole).toInt(), 10);
    bench.document.setFilter("test -body");
    QVERIFY(slices.save(QStringLiteral("No measures")));
    QVERIFY(!slices.setData(slices.index(2), QStringLiteral("Held out"), Qt::EditRole));
    QVERIFY(!slices.setData(slices.index(2), QString(), Qt::EditRole));
    QVERIFY(!slices.setData(slices.index(0), QStringLiteral("Everything"), Qt::EditRole));
    QVERIFY(slices.setData(slices.index(2), QStringLiteral("Bodiless"), Qt::EditRole));
    const std::vector<Slice> two{{"Held out", "test"}, {"Bodiless", "test -body"}};
    QCOMPARE(bench.document.state().slices, two);
    QVERIFY(slices.save(QStringLiteral("Held out")));  // takes over the filter of now
    QCOMPARE(bench.document.state().slices.front().filter, std::string("test -body"));
    bench.document.undoStack().undo();
    slices.remove(0);  // that is "All stays"
    QCOMPARE(bench.document.state().slices, two);
    slices.remove(1);
    QCOMPARE(bench.document.state().slices, std::vector<Slice>({two[1]}));
    bench.document.undoStack().undo();
    QCOMPARE(bench.document.state().slices, two);
    while (bench.document.undoStack().canUndo()) bench.document.undoStack().undo();
    QVERIFY(bench.document.state().slices.empty());
    while (bench.document.undoStack().canRedo()) bench.document.undoStack().redo();
    QCOMPARE(bench.document.state().slices.size(), std::size_t(1));
  }

  void slicesByRiskFollowTheSweep() {
    Workbench bench;
    QVERIFY(bench.start());
    bench.document.setSlices({{"High", "risk>0.5"}}, QStringLiteral("slice"));
    SliceModel slices(bench.document, bench.sweep);
    QTRY_VERIFY(!slices.counting());
    QCOMPARE(slices.index(1).data(SliceModel::CountRole).toInt(), 0);
    bench.sweep.setEnabled(true);
    QTRY_COMPARE(bench.sweep.state(), CohortSweep::State::Done);
    int high = 0;
    for (int row = 0; row < 40; ++row) high += bench.sweep.risk(row) > 0.5F;
    QVERIFY(high > 0);
    QTRY_COMPARE(slices.index(1).data(SliceModel::CountRole).toInt(), high);
  }

 private:
  static int countOf(int modality, bool present) {
    int count = 0;
    const std::vector<StaySummary> stays = *FakeCohort().stays();
    for (const StaySummary& stay : stays) count += ((stay.present >> modality) & 1U) == unsigned(present);
    return count;
  }
};

QTEST_GUILESS_MAIN(TestUiModels)
#include "tst_ui_models.moc"
