#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <set>

#include "cohort/cohort_store.h"
#include "cohort/import/eicu_cohort.h"
#include "cohort/import/importer.h"
#include "cohort_fixture.h"
#include "import_stop.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

const std::string kSource = FUSEMOE_SOURCE_DIR "/../shared/data/yaib-eicu-mortality24";
const std::string kPatients = FUSEMOE_SOURCE_DIR "/../shared/data/eicu-crd-demo-2.0/patient.csv.gz";
constexpr int kSeries = 48;

/// An hourly row: stay, seconds, and values by variable.
std::string hour(const std::string& stay, const std::string& time, const std::map<std::string, std::string>& values) {
  std::string row = stay + "," + time;
  for (const ParameterGroup& group : eicuGroups())
    if (group.kind == ModalityKind::Series)
      for (const Parameter& parameter : group.parameters) {
        const auto value = values.find(std::string(parameter.name));
        row += "," + (value == values.end() ? "" : value->second);
      }
  return row + "\n";
}

std::string hourlyHeader() {
  std::map<std::string, std::string> names;
  for (const ParameterGroup& group : eicuGroups())
    for (const Parameter& parameter : group.parameters) names[std::string(parameter.name)] = parameter.name;
  return hour("stay_id", "time", names);
}

std::string hourly() {
  return hourlyHeader() + hour("8", "3600", {{"hr", "80"}, {"wbc", "12.5"}, {"resp", "0"}}) +
         hour("8", "0", {{"hr", "70"}, {"urine", "0"}}) + hour("8", "0", {{"hr", "71"}}) +
         hour("8", "93600", {{"hr", "90"}}) + hour("5", "86400", {{"lact", "2.5"}, {"temp", "NA"}}) +
         hour("6", "0", {{"hr", "60"}});
}
const std::string kStatics =
    "stay_id,age,sex,height,weight\n8,87,Female,70,46.5\n5,,Male,13,\n9,40,Other,170,80\n6,1,Male,1,1\n";
const std::string kOutcomes = "stay_id,label\n8,0\n5,1\n9,\n";

}  // namespace

class TestImportEicu : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void countsEveryCellOnce();
  void values();
  void staysOfAPatientShareAPart();
  void sameInputSameBytes();
  void previews();
  void stopLeavesTheTarget();
  void malformed_data();
  void malformed();
  void wholeDemo();

 private:
  std::string path(const char* name) const { return m_directory->filePath(name).toStdString(); }
  ImportRequest request() const {
    return {"eicu-yaib", {{"dir", m_directory->path().toStdString()}}, {}, path("out.sqlite"), 32};
  }
  CohortPtr imported() const { return CohortStore::open(path("out.sqlite")).value(); }
  std::unique_ptr<QTemporaryDir> m_directory;
};

void TestImportEicu::init() {
  m_directory = std::make_unique<QTemporaryDir>();
  writeGzip(path("x_dyn.csv.gz"), hourly());
  writeBytes(path("x_sta.csv"), kStatics);
  writeGzip(path("x_outc.csv.gz"), kOutcomes);
}

void TestImportEicu::countsEveryCellOnce() {
  const auto report = runImport(request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::map<std::string, std::int64_t> expected = {{"stays.kept", 3},
                                                        {"rows.total", 6 * kSeries},
                                                        {"rows.kept", 5},
                                                        {"rows.repeated.other_value", 1},
                                                        {"rows.implausible.resp", 1},
                                                        {"rows.after_window", 1},
                                                        {"rows.unknown_stay", 1},
                                                        {"rows.empty", 6 * kSeries - 9},
                                                        {"static.total", 16},
                                                        {"static.kept", 8},
                                                        {"static.unknown_stay", 4},
                                                        {"static.unknown_sex", 1},
                                                        {"static.empty.age", 1},
                                                        {"static.empty.weight", 1},
                                                        {"static.implausible.height", 1},
                                                        {"converted.height.from_inches", 1},
                                                        {"label.mortality24.positive", 1},
                                                        {"label.mortality24.negative", 1},
                                                        {"label.mortality24.unknown", 1},
                                                        {"patients.unknown", 3}};
  for (const auto& [reason, count] : expected) {
    const auto found = report->counts.find(reason);
    QVERIFY2(found != report->counts.end() && found->second == count, reason.c_str());
  }
  for (const std::string table : {"rows.", "static."}) {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : report->counts)
      if (reason.starts_with(table) && reason != table + "total") sum += count;
    QCOMPARE(sum, report->counts.at(table + "total"));
  }
  QCOMPARE(report->notes.size(), 1U);
  QVERIFY(report->notes[0].find("no file of patients") != std::string::npos);
}

void TestImportEicu::values() {
  QVERIFY(runImport(request(), {}, {}));
  const SamplePtr sample = imported()->read(8).value();
  QVERIFY(sample->modality("vitals")->variables[0].observations == (std::vector<Observation>{{0, 70}, {1, 80}}));
  QVERIFY(sample->modality("blood")->variables[0].observations == (std::vector<Observation>{{1, 12.5F}}));
  const auto& person = sample->modality("static")->variables;
  QVERIFY(person[0].observations == (std::vector<Observation>{{0, 87}}));
  QVERIFY(person[1].observations == (std::vector<Observation>{{0, 0}}));
  QVERIFY(std::abs(person[2].observations[0].value - 177.8F) < 1e-3F);
  QVERIFY(imported()->read(5).value()->modality("gas")->variables[6].observations ==
          (std::vector<Observation>{{24, 2.5F}}));
}

void TestImportEicu::staysOfAPatientShareAPart() {
  std::string outcomes = "stay_id,label\n", patients = "patientunitstayid,uniquepid,age\n",
              statics = "stay_id,age,sex,height,weight\n";
  for (int stay = 1; stay <= 90; ++stay) {
    outcomes += std::to_string(stay) + "," + (stay % 9 == 0 ? "1\n" : "0\n");
    patients += std::to_string(stay) + ",002-" + std::to_string(stay / 4) + ",\n";
  }
  writeBytes(path("x_sta.csv"), statics);
  writeGzip(path("x_outc.csv.gz"), outcomes);
  writeBytes(path("patient.csv"), patients);
  ImportRequest wish = request();
  wish.options["patients"] = path("patient.csv");
  const auto report = runImport(wish, {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QCOMPARE(report->counts.at("patients.known"), 90);
  std::map<int, std::string> partOf;
  const auto stays = imported()->stays();
  QVERIFY(stays);
  std::set<std::string> parts;
  for (const StaySummary& stay : *stays) {
    const auto known = partOf.emplace(static_cast<int>(stay.stayId / 4), stay.split);
    QCOMPARE(known.first->second, stay.split);
    parts.insert(stay.split);
  }
  QCOMPARE(parts.size(), 3U);
}

void TestImportEicu::sameInputSameBytes() {
  QVERIFY(runImport(request(), {}, {}));
  const std::string first = readBytes(path("out.sqlite"));
  QVERIFY(runImport(request(), {}, {}));
  QVERIFY(readBytes(path("out.sqlite")) == first);
}

void TestImportEicu::previews() {
  ImportRequest wish = request();
  wish.modalityOf = {{"urine", "output"}};
  const auto preview = previewImport(wish, {});
  QVERIFY2(preview, preview ? "" : preview.error().line().c_str());
  QCOMPARE(preview->info.modalities.back().name, std::string("output"));
  QCOMPARE(preview->tables.size(), 3U);
  QCOMPARE(preview->tables[0].columns.size(), static_cast<std::size_t>(kSeries + 2));
  QCOMPARE(preview->tables[0].rows.size(), 6U);
  QCOMPARE(preview->notes.size(), 1U);
}

void TestImportEicu::stopLeavesTheTarget() {
  importStopsAtEveryReport(request(), 4);
}

void TestImportEicu::malformed_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("content");
  QTest::addColumn<QString>("what");
  const QString statics = "stay_id,age,sex,height,weight\n", header = QString::fromStdString(hourlyHeader());
  QTest::newRow("two outcomes") << "y_outc.csv"
                                << "stay_id,label\n"
                                << "several files";
  QTest::newRow("label 2") << "x_outc.csv.gz"
                           << "stay_id,label\n8,2\n"
                           << "line 2: the label must be 0 or 1";
  QTest::newRow("label column") << "x_outc.csv.gz"
                                << "stay_id,died\n8,1\n"
                                << "\"label\" is missing";
  QTest::newRow("stay twice") << "x_outc.csv.gz"
                              << "stay_id,label\n8,1\n8,1\n"
                              << "line 3: the stay 8 is there twice";
  QTest::newRow("no stay") << "x_outc.csv.gz"
                           << "stay_id,label\n"
                           << "The source has no stay.";
  QTest::newRow("empty file") << "x_sta.csv"
                              << ""
                              << "is empty";
  QTest::newRow("age text") << "x_sta.csv" << statics + "8,old,Male,170,80\n"
                            << "line 2: in the column age";
  QTest::newRow("no variable") << "x_dyn.csv.gz"
                               << "stay_id,time,hr\n8,0,80\n"
                               << "is missing";
  QTest::newRow("time empty") << "x_dyn.csv.gz" << header + "8,," + QString(kSeries - 1, ',') + "\n"
                              << "line 2: the column time must be";
  QTest::newRow("value text") << "x_dyn.csv.gz" << header + "8,0,high" + QString(kSeries - 1, ',') + "\n"
                              << "line 2: in the column hr, \"high\"";
}

void TestImportEicu::malformed() {
  QFETCH(QString, name);
  QFETCH(QString, content);
  QFETCH(QString, what);
  writeBytes(path("out.sqlite"), "old");
  if (name.endsWith(".gz"))
    writeGzip(path(qPrintable(name)), content.toStdString());
  else
    writeBytes(path(qPrintable(name)), content.toStdString());
  const auto report = runImport(request(), {}, {});
  QVERIFY(!report);
  QVERIFY2(report.error().what.find(what.toStdString()) != std::string::npos, report.error().what.c_str());
  QCOMPARE(readBytes(path("out.sqlite")), std::string("old"));
}

void TestImportEicu::wholeDemo() {
  if (!QFile::exists(QString::fromStdString(kSource)) || !QFile::exists(QString::fromStdString(kPatients)))
    QSKIP("The eICU demo (../shared/data) is not beside the repository.");
  ImportRequest wish = request();
  wish.options = {{"dir", kSource}, {"patients", kPatients}};
  const auto report = runImport(wish, {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const auto& counts = report->counts;
  QCOMPARE(counts.at("stays.kept"), 1367);
  QCOMPARE(counts.at("label.mortality24.positive"), 70);
  QCOMPARE(counts.at("rows.total"), 34'175 * kSeries);
  QCOMPARE(counts.at("patients.known"), 1367);
  for (const std::string table : {"rows.", "static."}) {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : counts)
      if (reason.starts_with(table) && reason != table + "total") sum += count;
    QCOMPARE(sum, counts.at(table + "total"));
  }
  QVERIFY(counts.at("rows.kept") > (counts.at("rows.total") - counts.at("rows.empty")) * 0.999);
}

QTEST_APPLESS_MAIN(TestImportEicu)
#include "tst_import_eicu.moc"
