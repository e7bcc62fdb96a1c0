// The item models, watched by QAbstractItemModelTester through every kind of change.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "models/modality_model.h"
#include "models/stay_filter_model.h"
#include "models/stay_list_model.h"
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
    QCOMPARE(model.index(0).data(ModalityModel::DetailRole).toString(), QStringLiteral("8 measurements"));
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
    StayListModel stays(bench.document);
    StayFilterModel filter(stays);
    const QAbstractItemModelTester list(&stays, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester proxy(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(bench.start());
    QCOMPARE(filter.rowCount(), 40);
    QCOMPARE(stays.index(0, StayListModel::LabelColumn).data().toString(), QStringLiteral("death"));
    QCOMPARE(stays.index(1, StayListModel::LabelColumn).data().toString(), QStringLiteral("no"));
    QCOMPARE(stays.index(10, StayListModel::LabelColumn).data().toString(), QStringLiteral("unknown"));
    for (int column = 0; column < StayListModel::ColumnCount; ++column) {
      filter.sort(column, Qt::DescendingOrder);
      filter.sort(column, Qt::AscendingOrder);
    }
    filter.sort(StayListModel::StayColumn, Qt::DescendingOrder);
    QCOMPARE(filter.stayId(0), FakeCohort::kFirstStay + 39);
    QCOMPARE(filter.rowOf(FakeCohort::kFirstStay), 39);
    bench.document.openCohort("other.sqlite");
    QVERIFY(bench.settle());
    QCOMPARE(filter.rowCount(), 40);
  }

  void filterWords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::newRow("nothing") << "" << 40;
    QTest::newRow("one id") << "30041" << 1;
    QTest::newRow("beginning of an id") << "3004" << 9;
    QTest::newRow("a split") << "test" << 10;
    QTest::newRow("a label") << "unknown" << 3;
    QTest::newRow("a modality there") << "comorb" << countOf(3, true);
    QTest::newRow("a modality missing") << "-comorbidity" << countOf(3, false);
    QTest::newRow("by title") << "blood" << countOf(1, true);
    QTest::newRow("two words") << "test,30044" << 1;
    QTest::newRow("no such thing") << "elephant" << 0;
    QTest::newRow("a lone minus") << "-" << 40;
  }
  void filterWords() {
    QFETCH(const QString, text);
    Workbench bench;
    QVERIFY(bench.start());
    StayListModel stays(bench.document);
    StayFilterModel filter(stays);
    filter.setFilter(text);
    QTEST(filter.rowCount(), "rows");
    if (filter.rowOf(FakeCohort::kFirstStay) < 0) QVERIFY(filter.rowCount() < 40);
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
