#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include "cohort/cohort_store.h"
#include "cohort/import/importer.h"

using namespace fusemoe;

namespace {

const QString kDemo = QStringLiteral(FUSEMOE_SOURCE_DIR "/../shared/data/mimic-iv-demo-2.2");

}  // namespace

/// The MIMIC-IV demo (PhysioNet, ODbL), which stands beside the repository where there is a copy.
class TestImportMimicDemo : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void selection();
  void everyRowOnce_data();
  void everyRowOnce();

 private:
  Result<ImportReport> import(const std::string& group) const {
    return runImport({"mimic-iv",
                      {{"dir", kDemo.toStdString()}, {"group", group}},
                      {},
                      m_directory.filePath("demo.sqlite").toStdString(),
                      32},
                     {}, {});
  }
  QTemporaryDir m_directory;
};

void TestImportMimicDemo::initTestCase() {
  if (!QFileInfo::exists(kDemo + "/icu/icustays.csv.gz"))
    QSKIP("The MIMIC-IV demo is not beside the repository (../shared/data/mimic-iv-demo-2.2).");
}

/// Counted from the tables by an independent script: 140 stays, 74 of at least 48 h, 12 of them with
/// hospital_expire_flag 1; 31 with less than 96 h and flag 0.
void TestImportMimicDemo::selection() {
  const auto report = import("paper");
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::map<std::string, std::int64_t> expected = {{"stays.total", 140},
                                                        {"stays.kept", 74},
                                                        {"stays.left_out.under_48h", 66},
                                                        {"label.ihm.positive", 12},
                                                        {"label.los.positive", 31},
                                                        {"rows.diagnoses.total", 4506},
                                                        {"rows.chartevents.total", 257474},
                                                        {"rows.labevents.total", 107727}};
  for (const auto& [name, count] : expected) QVERIFY2(report->counts.at(name) == count, name.c_str());
  const auto cohort = CohortStore::open(report->output);
  QVERIFY(cohort);
  QCOMPARE((*cohort)->stays()->size(), 74U);
  QCOMPARE((*cohort)->info().modalities.size(), 1U);
}

void TestImportMimicDemo::everyRowOnce_data() {
  QTest::addColumn<QString>("group");
  QTest::newRow("paper") << "paper";
  QTest::newRow("clinical") << "clinical";
}

void TestImportMimicDemo::everyRowOnce() {
  QFETCH(QString, group);
  const auto report = import(group.toStdString());
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  std::int64_t read = 0, found = 0;
  for (const auto& [name, count] : report->counts) {
    if (name.starts_with("rows.diagnoses")) continue;
    if (name.ends_with(".total") && name.starts_with("rows."))
      read += count;
    else if (name == "rows.patients.values")
      read += count;
    else if (name.starts_with("rows.") || name.starts_with("static."))
      found += count;
  }
  QVERIFY(read > 365000);
  QCOMPARE(found, read);
  for (const auto& [name, count] : report->counts) QVERIFY2(!name.starts_with("rows.unit."), name.c_str());
}

QTEST_GUILESS_MAIN(TestImportMimicDemo)
#include "tst_import_mimic_demo.moc"
