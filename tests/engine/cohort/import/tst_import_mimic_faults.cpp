#include <QDir>
#include <QtTest>

#include "cohort_fixture.h"
#include "mimic_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

const std::string kBefore = "what was there before";

/// Files in the fixture's folder, the tables apart.
QStringList others(const MimicFixture& mimic) {
  return QDir(QString::fromStdString(mimic.file("."))).entryList(QDir::Files | QDir::Hidden);
}

}  // namespace

class TestImportMimicFaults : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void malformedSource_data();
  void malformedSource();
  void halfDownloaded();
  void missingTable_data();
  void missingTable();
  void nothingToKeep();
  void stopLeavesNothing_data();
  void stopLeavesNothing();
  void progressAscends();
  void preview();
  void unknownChoice();
};

void TestImportMimicFaults::malformedSource_data() {
  QTest::addColumn<QString>("table");
  QTest::addColumn<QString>("find");
  QTest::addColumn<QString>("replace");
  QTest::addColumn<QString>("said");

  QTest::newRow("column missing") << "icu/icustays"
                                  << "outtime"
                                  << "left"
                                  << "\"outtime\" is missing";
  QTest::newRow("item column missing") << "icu/chartevents"
                                       << "itemid"
                                       << "item"
                                       << "\"itemid\" is missing";
  QTest::newRow("old patients") << "hosp/patients"
                                << "anchor_age"
                                << "dob"
                                << "\"anchor_age\" is missing";
  QTest::newRow("stay twice") << "icu/icustays"
                              << "30000004"
                              << "30000003"
                              << "stay 30000003 is there twice";
  QTest::newRow("person twice") << "hosp/patients"
                                << "\n4,M"
                                << "\n3,M"
                                << "the person is there twice";
  QTest::newRow("admission twice") << "hosp/admissions"
                                   << "\n1,14,"
                                   << "\n1,13,"
                                   << "the admission is there twice";
  QTest::newRow("no time") << "icu/icustays"
                           << "2150-01-01 00:00:00"
                           << "2150-13-01 00:00:00"
                           << "holds no time";
  QTest::newRow("a day that is none") << "icu/icustays"
                                      << "2150-01-01 00:00:00"
                                      << "2150-02-30 00:00:00"
                                      << "holds no time";
  QTest::newRow("stay no number") << "icu/icustays"
                                  << "30000004"
                                  << "3000000x"
                                  << "is no whole number";
  QTest::newRow("event's stay no number") << "icu/chartevents"
                                          << ",30000001,"
                                          << ",none,"
                                          << "is no whole number";
  QTest::newRow("flag") << "hosp/admissions"
                        << ",1\n"
                        << ",2\n"
                        << "must be 0 or 1";
  QTest::newRow("age") << "hosp/patients"
                       << ",60,"
                       << ",old,"
                       << "is no number";
  QTest::newRow("a field too few") << "icu/chartevents"
                                   << ",bpm,0\n"
                                   << ",bpm\n"
                                   << "fields where the header has";
  QTest::newRow("encoding") << "icu/icustays"
                            << "Unit, one"
                            << "Unit\xC0"
                            << "not UTF-8";
  QTest::newRow("quote") << "icu/icustays"
                         << "\"Unit, one\""
                         << "\"Unit, one"
                         << "quote";
  QTest::newRow("diagnosis version") << "hosp/diagnoses_icd"
                                     << ",9\n"
                                     << ",nine\n"
                                     << "is no whole number";
}

void TestImportMimicFaults::malformedSource() {
  QFETCH(QString, table);
  QFETCH(QString, find);
  QFETCH(QString, replace);
  QFETCH(QString, said);
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.addDiagnosis(13, "5849", 9);
  std::string& text = mimic.tables.at(table.toStdString());
  const auto at = text.find(find.toStdString());
  QVERIFY(at != std::string::npos);
  text.replace(at, find.toStdString().size(),
               QTest::currentDataTag() == QByteArray("encoding") ? "Unit\xC0" : replace.toStdString());
  writeBytes(mimic.output(), kBefore);
  const auto report = mimic.import();
  QVERIFY(!report);
  const QString line = QString::fromStdString(report.error().line());
  QVERIFY2(line.contains(said), qPrintable(line));
  QVERIFY2(line.contains(table), qPrintable(line));  // says which file
  QVERIFY(readBytes(mimic.output()) == kBefore);
  QCOMPARE(others(mimic), QStringList{"out.sqlite"});
}

void TestImportMimicFaults::halfDownloaded() {
  MimicFixture mimic;
  mimic.addHeartRates();
  for (int hour = 2; hour < 48; ++hour)
    for (int n = 0; n < 40; ++n) mimic.addChart(30000003, hour + n / 60.0, 220045, std::to_string(60 + hour + n));
  mimic.write();
  const std::string path = mimic.file("icu/chartevents.csv.gz");
  const std::string whole = readBytes(path);
  writeBytes(path, whole.substr(0, whole.size() / 2));
  writeBytes(mimic.output(), kBefore);
  const auto report = runImport(mimic.request(), {}, {});
  QVERIFY(!report);
  QVERIFY2(report.error().what.find("damaged or cut off") != std::string::npos, report.error().line().c_str());
  QVERIFY(readBytes(mimic.output()) == kBefore);
  QCOMPARE(others(mimic), QStringList{"out.sqlite"});
}

void TestImportMimicFaults::missingTable_data() {
  QTest::addColumn<QString>("table");
  for (const char* table :
       {"icu/icustays", "icu/chartevents", "hosp/labevents", "hosp/patients", "hosp/admissions", "hosp/diagnoses_icd"})
    QTest::newRow(table) << table;
}

void TestImportMimicFaults::missingTable() {
  QFETCH(QString, table);
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.write();
  QFile::remove(QString::fromStdString(mimic.file(table.toStdString() + ".csv.gz")));
  const auto report = runImport(mimic.request(), {}, {});
  QVERIFY(!report);
  QVERIFY(report.error().what.find(table.toStdString()) != std::string::npos);
  QVERIFY(report.error().hint.find("hosp/") != std::string::npos);
  QVERIFY(!previewImport(mimic.request(), {}));
  QVERIFY(others(mimic).isEmpty());
}

void TestImportMimicFaults::nothingToKeep() {
  MimicFixture mimic;  // stays, but no measurement
  const auto report = mimic.import();
  QVERIFY(!report);
  QVERIFY2(report.error().what.find("no stay") != std::string::npos, report.error().line().c_str());
  QVERIFY(others(mimic).isEmpty());
}

void TestImportMimicFaults::stopLeavesNothing_data() {
  QTest::addColumn<int>("report");
  for (const int report : {1, 2, 4, 5, 6, 7}) QTest::addRow("at report %d", report) << report;
}

void TestImportMimicFaults::stopLeavesNothing() {
  QFETCH(int, report);
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.write();
  writeBytes(mimic.output(), kBefore);
  std::stop_source stop;
  int reports = 0;
  const auto progress = [&](const Progress&) {
    if (++reports == report) stop.request_stop();
  };
  const auto imported = runImport(mimic.request(), progress, stop.get_token());
  QVERIFY(reports >= report);
  QVERIFY(!imported);
  QVERIFY(readBytes(mimic.output()) == kBefore);
  QCOMPARE(others(mimic), QStringList{"out.sqlite"});
}

void TestImportMimicFaults::progressAscends() {
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.write();
  double last = -1;
  QStringList texts;
  const auto report = runImport(mimic.request(),
                                [&](const Progress& progress) {
                                  QVERIFY(progress.fraction >= last && progress.fraction <= 1);
                                  last = progress.fraction;
                                  texts << QString::fromStdString(progress.text);
                                },
                                {});
  QVERIFY(report);
  QCOMPARE(last, 1.0);
  for (const char* part : {"icu/icustays", "icu/chartevents", "hosp/labevents", "writing stays", "done"})
    QVERIFY2(std::ranges::any_of(texts, [&](const QString& text) { return text.contains(part); }), part);
}

void TestImportMimicFaults::preview() {
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.write();
  ImportRequest request = mimic.request({{"group", "clinical"}, {"task", "pheno"}});
  request.modalityOf["lactate"] = "chemistry";
  const auto preview = previewImport(request, {});
  QVERIFY2(preview, preview ? "" : preview.error().line().c_str());
  QCOMPARE(preview->info.modalities.size(), 9U);
  QCOMPARE(preview->info.modalities[2].variables.back().name, std::string("lactate"));
  QCOMPARE(preview->info.tasks.front().name, std::string("pheno"));
  QCOMPARE(preview->tables.size(), 3U);
  QCOMPARE(preview->tables[0].name, std::string("icu/icustays"));
  QCOMPARE(preview->tables[0].rows.size(), 13U);
  QCOMPARE(preview->tables[1].columns.size(), 11U);
  QVERIFY(others(mimic).isEmpty());
}

void TestImportMimicFaults::unknownChoice() {
  MimicFixture mimic;
  mimic.write();
  QVERIFY(!runImport(mimic.request({{"task", "readmission"}}), {}, {}));
  QVERIFY(!runImport(mimic.request({{"group", "all"}}), {}, {}));
}

QTEST_GUILESS_MAIN(TestImportMimicFaults)
#include "tst_import_mimic_faults.moc"
