#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "archive_fixture.h"
#include "cohort/cohort_store.h"
#include "cohort/import/importer.h"
#include "cohort/import/physionet_cohort.h"
#include "cohort_fixture.h"
#include "import_stop.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

const std::string kHeader = "Time,Parameter,Value\n";
const std::string kSource = FUSEMOE_SOURCE_DIR "/../shared/data/physionet2012/";

std::string record(int id, const std::string& rows) {
  return kHeader + "00:00,RecordID," + std::to_string(id) + "\n" + rows;
}

// 19 rows over time and 8 static values (the ICU type is four of them).
const std::string kFull = record(1, R"(00:00,Age,54
00:00,Gender,0
00:00,Height,-1
00:00,ICUType,4
00:00,Weight,80.5
00:07,HR,73
00:07,HR,75
00:07,Temp,98.6
00:07,Temp,0
00:37,Urine,60
00:37,Urine,40
01:30,pH,735
01:30,FiO2,50
01:30,MechVent,1
02:00,Weight,81
47:59,GCS,15
48:00,GCS,14
48:01,GCS,3
2:00,HR,80
x:00,HR,80
02:60,HR,80
03:00,XYZ,1
03:00,,1
03:00,HR,nan
03:00,HR
03:00,HR,-1
)");
const std::string kSecond =
    record(2, "00:00,Age,-1\n00:00,Gender,1\n00:00,Height,1.8\n00:00,ICUType,7\n00:00,Weight,-1\n");
const std::string kThird = record(3, "00:00,Age,x\n00:00,Height,406.4\n05:00,Lactate,2.5\n");
const std::string kOutcomes =
    "RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death\n1,6,1,5,-1,0\n2,6,1,5,-1,1\n4,6,1,5,-1,1\n";

}  // namespace

class TestImportPhysionet : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void countsEveryRowOnce();
  void values();
  void unitRules_data();
  void unitRules();
  void archiveEqualsFolder_data();
  void archiveEqualsFolder();
  void hostileArchive();
  void previews();
  void stopLeavesTheTarget();
  void malformed_data();
  void malformed();
  void damagedArchive();
  void wholeSetA();

 private:
  std::string path(const char* name) const { return m_directory->filePath(name).toStdString(); }
  ImportRequest request(const std::string& records) const {
    return {"physionet2012", {{"records", records}, {"outcomes", path("Outcomes-a.txt")}}, {}, path("out.sqlite"), 32};
  }
  Result<ImportReport> import() const { return runImport(request(path("set")), {}, {}); }
  CohortPtr imported() const { return CohortStore::open(path("out.sqlite")).value(); }
  std::unique_ptr<QTemporaryDir> m_directory;
};

void TestImportPhysionet::init() {
  m_directory = std::make_unique<QTemporaryDir>();
  QVERIFY(QDir(m_directory->path()).mkdir("set"));
  writeBytes(path("set/1.txt"), kFull);
  writeBytes(path("set/2.txt"), kSecond);
  writeBytes(path("set/3.txt"), kThird);
  writeBytes(path("Outcomes-a.txt"), kOutcomes);
}

void TestImportPhysionet::countsEveryRowOnce() {
  writeBytes(path("set/readme.txt"), "no record");
  writeBytes(path("set/nobody.txt"), kHeader + "00:00,Age,5\n00:01,HR,80\n");
  const auto report = import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::map<std::string, std::int64_t> expected = {{"seed", 32},
                                                        {"stays.kept", 3},
                                                        {"records.read", 3},
                                                        {"records.without_outcome", 1},
                                                        {"records.without_id", 1},
                                                        {"records.other_files", 1},
                                                        {"outcomes.total", 3},
                                                        {"outcomes.unknown", 0},
                                                        {"outcomes.without_record", 1},
                                                        {"label.in_hospital_death.positive", 1},
                                                        {"label.in_hospital_death.negative", 1},
                                                        {"label.in_hospital_death.unknown", 1},
                                                        {"rows.total", 24},
                                                        {"rows.kept", 11},
                                                        {"rows.repeated.merged", 2},
                                                        {"rows.record_without_id", 2},
                                                        {"rows.after_window", 1},
                                                        {"rows.bad_time", 2},
                                                        {"rows.unknown_parameter", 2},
                                                        {"rows.not_a_number", 1},
                                                        {"rows.malformed", 1},
                                                        {"rows.implausible.HR", 1},
                                                        {"rows.implausible.Temp", 1},
                                                        {"converted.Temp.from_fahrenheit", 1},
                                                        {"converted.pH.from_hundredths", 1},
                                                        {"converted.FiO2.from_percent", 1},
                                                        {"converted.Height.from_metres", 1},
                                                        {"static.total", 18},
                                                        {"static.kept", 10},
                                                        {"static.missing.Height", 1},
                                                        {"static.missing.Age", 1},
                                                        {"static.missing.AdmissionWeight", 1},
                                                        {"static.not_a_number", 1},
                                                        {"static.implausible.ICUType", 4}};
  for (const auto& [reason, count] : expected) {
    const auto found = report->counts.find(reason);
    QVERIFY2(found != report->counts.end() && found->second == count,
             qPrintable(QString::fromStdString(
                 reason + " " + (found == report->counts.end() ? "missing" : std::to_string(found->second)))));
  }
  for (const std::string table : {"rows.", "static."}) {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : report->counts)
      if (reason.starts_with(table) && reason != table + "total") sum += count;
    QCOMPARE(sum, report->counts.at(table + "total"));
  }
  QVERIFY(imported()->info().importCounts == report->counts);
  QCOMPARE(report->notes.size(), 3U);
}

void TestImportPhysionet::values() {
  QVERIFY(import());
  const SamplePtr sample = imported()->read(1).value();
  const auto series = [&](const char* modality, const std::string& name) {
    const auto& variables = sample->modality(modality)->variables;
    return std::ranges::find(variables, name, &VariableData::name)->observations;
  };
  const auto at = [](int minutes) { return static_cast<float>(minutes / 60.0); };
  QVERIFY(series("vitals", "HR") == (std::vector<Observation>{{at(7), 74}, {2, 80}}));  // the mean of two
  QVERIFY(series("vitals", "Temp").size() == 1 && std::abs(series("vitals", "Temp")[0].value - 37) < 1e-4);
  QVERIFY(series("neuro", "Urine") == (std::vector<Observation>{{at(37), 100}}));  // the sum of two
  QVERIFY(series("gas", "pH") == (std::vector<Observation>{{1.5F, 7.35F}}));
  QVERIFY(series("gas", "FiO2") == (std::vector<Observation>{{1.5F, 0.5F}}));
  QVERIFY(series("neuro", "Weight") == (std::vector<Observation>{{2, 81}}));
  QVERIFY(series("neuro", "GCS") == (std::vector<Observation>{{at(47 * 60 + 59), 15}, {48, 14}}));
  QVERIFY(series("static", "AdmissionWeight") == (std::vector<Observation>{{0, 80.5F}}));
  QVERIFY(series("static", "Height").empty());
  QVERIFY(series("static", "SurgicalICU") == (std::vector<Observation>{{0, 1}}));
  QVERIFY(series("static", "MedicalICU") == (std::vector<Observation>{{0, 0}}));
  QVERIFY(std::isnan(imported()->read(3).value()->labels.at("in_hospital_death")[0]));
  QCOMPARE(imported()->read(2).value()->labels.at("in_hospital_death")[0], 1.0F);
}

void TestImportPhysionet::unitRules_data() {
  QTest::addColumn<QString>("variable");
  QTest::addColumn<double>("given");
  QTest::addColumn<double>("kept");  // NaN = implausible
  QTest::addColumn<QString>("rule");
  const auto add = [](const char* variable, double given, double kept, const char* rule) {
    QTest::addRow("%s %g", variable, given) << variable << given << kept << rule;
  };
  add("Temp", 36.6, 36.6, "");
  add("Temp", 104, 40, "from_fahrenheit");
  add("Temp", 2.3, NAN, "");
  add("Temp", -17.8, NAN, "");
  add("pH", 7.4, 7.4, "");
  add("pH", 735, 7.35, "from_hundredths");
  add("pH", 73.5, 7.35, "from_tenths");
  add("pH", 187, NAN, "");
  add("FiO2", 1, 1, "");
  add("FiO2", 21, 0.21, "from_percent");
  add("FiO2", 0, NAN, "");
  add("SaO2", 97, 97, "");
  add("SaO2", 0.97, 97, "from_fraction");
  add("Height", 170, 170, "");
  add("Height", 1.7, 170, "from_metres");
  add("Height", 70, 177.8, "from_inches");
  add("Height", 431.8, 170, "from_centimetres_taken_for_inches");
  add("Height", 13, NAN, "");
  add("HR", 0, NAN, "");
  add("SysABP", 0, NAN, "");
  add("AdmissionWeight", 0.6, NAN, "");
  add("Urine", 0, 0, "");
  add("GCS", 2, NAN, "");
  add("HR", -1, NAN, "");
}

void TestImportPhysionet::unitRules() {
  QFETCH(QString, variable);
  QFETCH(double, given);
  QFETCH(double, kept);
  const CheckedValue value = physionetValue(variable.toStdString(), given);
  QCOMPARE(value.value.has_value(), !std::isnan(kept));
  if (value.value) QVERIFY(std::abs(*value.value - kept) < 1e-9);
  QTEST(QString::fromUtf8(value.rule.data(), static_cast<qsizetype>(value.rule.size())), "rule");
}

void TestImportPhysionet::archiveEqualsFolder_data() {
  QTest::addColumn<QString>("name");
  for (const char* name : {"set.tar", "set.tar.gz", "set.tar.xz", "set.zip", "set.stored.zip"})
    QTest::newRow(name) << name;
}

void TestImportPhysionet::archiveEqualsFolder() {
  QFETCH(QString, name);
  QVERIFY(import());
  const std::string folder = readBytes(path("out.sqlite"));
  const std::string archive = path(qPrintable(name));
  writeArchive(
      archive,
      {{"set/", "", Member::Kind::Folder}, {"set/3.txt", kThird}, {"set/1.txt", kFull}, {"set/2.txt", kSecond}});
  const auto report = runImport(request(archive), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QVERIFY(readBytes(path("out.sqlite")) == folder);
}

void TestImportPhysionet::hostileArchive() {
  QVERIFY(import());
  const SamplePtr before = imported()->read(1).value();
  writeArchive(path("evil.tar.gz"), {{"set/link.txt", "/etc/passwd", Member::Kind::Symlink},
                                     {"set/device", "", Member::Kind::Device},
                                     {"../../evil.txt", kSecond},
                                     {"/etc/evil.txt", kThird},
                                     {std::string(3000, 'n') + ".txt", kThird},
                                     {"set/huge.txt", record(9, std::string(5 << 20, '0'))},
                                     {"set/noise.bin", std::string(10 << 20, '\0')},
                                     {"set/1.txt", kFull}});
  const auto report = runImport(request(path("evil.tar.gz")), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QCOMPARE(report->counts.at("stays.kept"), 1);
  QCOMPARE(report->counts.at("records.not_files"), 2);
  QCOMPARE(report->counts.at("records.bad_names"), 3);
  QCOMPARE(report->counts.at("records.too_large"), 1);
  QCOMPARE(report->counts.at("records.other_files"), 1);
  QVERIFY(imported()->read(1).value()->modalities == before->modalities);
  QVERIFY(!QFile::exists(QString::fromStdString(path("../evil.txt"))));
}

void TestImportPhysionet::previews() {
  ImportRequest wish = request(path("set"));
  wish.modalityOf = {{"Lactate", "labs"}};
  const auto preview = previewImport(wish, {});
  QVERIFY2(preview, preview ? "" : preview.error().line().c_str());
  QCOMPARE(preview->info.modalities.size(), 5U);
  QCOMPARE(preview->info.modalities[1].variables.back().name, std::string("Lactate"));
  QCOMPARE(preview->tables.size(), 2U);
  QCOMPARE(preview->tables[0].rows.size(), kPreviewRows);
  QCOMPARE(preview->tables[0].rows[1], (std::vector<std::string>{"00:00", "Age", "54"}));
  QCOMPARE(preview->tables[1].columns.back(), std::string("In-hospital_death"));
  QVERIFY(!QFile::exists(QString::fromStdString(path("out.sqlite"))));
  wish.options["records"] = m_directory->path().toStdString();
  QVERIFY(!previewImport(wish, {}));
}

void TestImportPhysionet::stopLeavesTheTarget() {
  importStopsAtEveryReport(request(path("set")), 3);
}

void TestImportPhysionet::malformed_data() {
  QTest::addColumn<QString>("outcomes");
  QTest::addColumn<QString>("twin");  // a second record
  QTest::addColumn<QString>("what");
  const QString header = "RecordID,In-hospital_death\n";
  QTest::newRow("empty outcomes") << ""
                                  << ""
                                  << "is empty";
  QTest::newRow("no column") << "RecordID,SOFA\n1,2\n"
                             << ""
                             << "\"In-hospital_death\" is missing";
  QTest::newRow("outcome 2") << header + "1,2\n"
                             << ""
                             << "line 2: In-hospital_death must be 0, 1 or -1";
  QTest::newRow("outcome text") << header + "1,yes\n"
                                << ""
                                << "line 2: in the column In-hospital_death";
  QTest::newRow("outcome twice") << header + "1,0\n1,0\n"
                                 << ""
                                 << "line 3: the record 1 is there twice";
  QTest::newRow("record twice") << header + "1,0\n"
                                << QString::fromStdString(kFull) << "The stay 1 is in the source twice.";
}

void TestImportPhysionet::malformed() {
  QFETCH(QString, outcomes);
  QFETCH(QString, twin);
  QFETCH(QString, what);
  writeBytes(path("out.sqlite"), "old");
  writeBytes(path("Outcomes-a.txt"), outcomes.toStdString());
  if (!twin.isEmpty()) writeBytes(path("set/9.txt"), twin.toStdString());
  const auto report = import();
  QVERIFY(!report);
  QVERIFY2(report.error().what.find(what.toStdString()) != std::string::npos, report.error().what.c_str());
  QCOMPARE(readBytes(path("out.sqlite")), std::string("old"));
}

void TestImportPhysionet::damagedArchive() {
  std::string noise;
  for (int i = 0; i < 20'000; ++i) noise += std::to_string(i * 7919 % 10007) + ":00,HR,80\n";
  for (const char* name : {"cut.tar.gz", "cut.tar.xz", "cut.zip"}) {
    writeArchive(path(name), {{"1.txt", kFull}, {"2.txt", record(2, noise)}});
    const std::string whole = readBytes(path(name));
    writeBytes(path(name), whole.substr(0, whole.size() / 2));
    const auto report = runImport(request(path(name)), {}, {});
    QVERIFY2(!report, name);
    QVERIFY2(report.error().what.find("damaged or cut off") != std::string::npos, report.error().what.c_str());
    QVERIFY(!QFile::exists(QString::fromStdString(path("out.sqlite"))));
  }
  writeBytes(path("text.tar"), "this is no archive");
  QVERIFY(!runImport(request(path("text.tar")), {}, {}));
  QVERIFY(!runImport(request(path("nothing.tar")), {}, {}));
  QVERIFY(QDir(m_directory->path()).mkdir("empty"));
  QCOMPARE(runImport(request(path("empty")), {}, {}).error().what, std::string("The source has no stay."));
}

void TestImportPhysionet::wholeSetA() {
  if (!QFile::exists(QString::fromStdString(kSource + "set-a.tar.xz")))
    QSKIP("PhysioNet 2012 (../shared/data/physionet2012) is not beside the repository.");
  const auto report = runImport({"physionet2012",
                                 {{"records", kSource + "set-a.tar.xz"}, {"outcomes", kSource + "Outcomes-a.txt"}},
                                 {},
                                 path("out.sqlite"),
                                 32},
                                {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const auto& counts = report->counts;
  QCOMPARE(counts.at("stays.kept"), 4000);
  QCOMPARE(counts.at("label.in_hospital_death.positive"), 554);
  // 1,757,980 lines, of them 4,000 record numbers and 5 · 4,000 descriptors.
  QCOMPARE(counts.at("rows.total"), 1'757'980 - 6 * 4000);
  QCOMPARE(counts.at("static.total"), 8 * 4000);
  QCOMPARE(counts.at("split.train") + counts.at("split.validation") + counts.at("split.test"), 4000);
  QCOMPARE(counts.at("split.test.positive"), 83);
  for (const std::string table : {"rows.", "static."}) {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : counts)
      if (reason.starts_with(table) && reason != table + "total") sum += count;
    QCOMPARE(sum, counts.at(table + "total"));
  }
  // Few enough that no rule is at work where it should not be.
  QVERIFY(counts.at("rows.kept") + counts.at("rows.repeated.merged") > counts.at("rows.total") * 0.998);
}

QTEST_APPLESS_MAIN(TestImportPhysionet)
#include "tst_import_physionet.moc"
