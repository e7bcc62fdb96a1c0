#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

#include "cohort/cohort_store.h"
#include "cohort/import/import_nafld.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr float kSentinel = 177;  ///< value of every row that must not get into the database

const std::string kPeople =
    "\"id\",\"age\",\"male\",\"weight\",\"height\",\"bmi\",\"case.id\",\"futime\",\"status\"\n"
    "4,50,1,80,180,24.7,4,1827,0\n"     // alive at five years
    "1,57,0,60,163,22.5,9,1826,1\n"     // died on the last whole day
    "2,67,1,,168,,2,1827,1\n"           // died after five years: negative
    "3,53,1,105.8,186,30.4,3,1826,0\n"  // alive, a day too short: left out
    "5,30,0,5000,20,9.9,,7,1\n"         // absurd body measures
    "6,41,0,70,170,24.2,6,100,0\n"      // left out
    "7,42,0,70,170,24.2,6,1826.25,1\n"  // died exactly on the border: positive
    "8,43,0,70,170,24.2,6,1826.25,0\n"  // seen alive exactly on the border: negative
    "9,NA,0,70,170,24.2,6,3000,0\n";    // nothing but body

const std::string kMeasurements =
    "\"id\",\"days\",\"test\",\"value\"\n"
    "99,-5,\"hdl\",177\n"      // unknown person
    "1,0,\"hdl\",50\n"         // on the index date: input
    "1,-1826,\"hdl\",48\n"     // first whole day of the window
    "1,-1826.25,\"hdl\",47\n"  // exactly on its border
    "1,-1827,\"hdl\",177\n"    // a day too early
    "1,1,\"hdl\",177\n"        // a day too late
    "1,0.5,\"hdl\",177\n"      // later on the index date: too late as well
    "1,-10,\"chol\",51\n"
    "1,-10,\"hdl\",51\n"
    "1,-10,\"chol\",51\n"    // same value again
    "1,-10,\"chol\",177\n"   // another value: the first stands
    "1,-20,\"sbp\",13682\n"  // absurd
    "1,-20,\"sbp\",140\n"    // …and so the second is the first plausible one
    "1,-20,\"dbp\",80\n"
    "1,-30,\"dbp\",19\n"   // absurd
    "1,-30,\"alt\",177\n"  // unknown test
    "1,-40,\"fib4\",\n"    // empty
    "1,-40,\"fib4\",2.8\n"
    "2,-3,\"smoke\",1\n"
    "2,-2,\"smoke\",2\n"     // absurd
    "6,-3,\"hdl\",177\n"     // person left out
    "3,5,\"hdl\",177\n"      // person left out, and late
    "100,-5,\"sbp\",177\n";  // unknown person, behind the last

const std::string kEvents =
    "\"id\",\"days\",\"event\"\n"
    "1,0,\"nafld\"\n"
    "1,-400,\"MI\"\n"
    "1,-400,\"MI\"\n"         // twice
    "1,-400,\"htn\"\n"        // same day, other event
    "1,1,\"stroke\"\n"        // after the index date
    "1,-1827,\"diabetes\"\n"  // before the window
    "6,-1,\"afib\"\n"         // person left out
    "50,-1,\"afib\"\n"        // unknown person
    "2,-1,\"gout\"\n"         // unknown event
    "7,-1,\"heart failure\"\n";

}  // namespace

class TestImportNafld : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void countsEveryRowOnce();
  void bordersAndRules();
  void variablesMove();
  void labels();
  void nothingAfterTheIndexDate();
  void sameInputSameBytes();
  void rowOrderDoesNotMatter();
  void faultsAreReported();
  void progressAscends();
  void stopLeavesNothing_data();
  void stopLeavesNothing();
  void malformedSource_data();
  void malformedSource();

 private:
  void writeSource(const std::string& people, const std::string& measurements, const std::string& events) {
    writeGzip(file("nafld1.csv.gz"), people);
    writeBytes(file("nafld2.csv"), measurements);  // plain text serves too
    writeGzip(file("nafld3.csv.gz"), events);
  }
  std::string file(const char* name) const { return m_directory->filePath(name).toStdString(); }
  Result<ImportReport> import(std::uint64_t seed = 32, const std::stop_token& stop = {}) const {
    return importNafld({"nafld", {{"dir", m_directory->path().toStdString()}}, {}, file("out.sqlite"), seed}, {}, stop);
  }
  CohortPtr imported() const { return CohortStore::open(file("out.sqlite")).value(); }

  std::unique_ptr<QTemporaryDir> m_directory;
};

void TestImportNafld::init() {
  m_directory = std::make_unique<QTemporaryDir>();
  writeSource(kPeople, kMeasurements, kEvents);
}

void TestImportNafld::countsEveryRowOnce() {
  const auto report = import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  auto counts = report->counts;
  QVERIFY(imported()->info().importCounts == counts);
  QCOMPARE(static_cast<qint64>(report->bytes), QFileInfo(QString::fromStdString(report->output)).size());
  const std::map<std::string, std::int64_t> expected = {{"seed", 32},
                                                        {"people.total", 9},
                                                        {"people.included", 7},
                                                        {"people.left_out_alive_under_5y", 2},
                                                        {"label.death_5y.positive", 3},
                                                        {"label.death_5y.negative", 4},
                                                        {"measurements.total", 23},
                                                        {"measurements.kept", 9},
                                                        {"measurements.unknown_person", 2},
                                                        {"measurements.person_left_out", 2},
                                                        {"measurements.after_index", 2},
                                                        {"measurements.before_window", 1},
                                                        {"measurements.implausible.sbp", 1},
                                                        {"measurements.implausible.dbp", 1},
                                                        {"measurements.implausible.smoke", 1},
                                                        {"measurements.duplicate.same_value", 1},
                                                        {"measurements.duplicate.other_value", 1},
                                                        {"measurements.unknown_test", 1},
                                                        {"measurements.empty_value", 1},
                                                        {"events.total", 10},
                                                        {"events.kept", 4},
                                                        {"events.unknown_person", 1},
                                                        {"events.person_left_out", 1},
                                                        {"events.after_index", 1},
                                                        {"events.before_window", 1},
                                                        {"events.duplicate", 1},
                                                        {"events.unknown_event", 1},
                                                        {"body.kept", 29},
                                                        {"body.empty.weight", 1},
                                                        {"body.empty.bmi", 1},
                                                        {"body.empty.age", 1},
                                                        {"body.implausible.weight", 1},
                                                        {"body.implausible.height", 1},
                                                        {"body.implausible.bmi", 1},
                                                        {"present.lipids", 1},
                                                        {"present.pressure", 1},
                                                        {"present.liver", 2},
                                                        {"present.comorbidity", 2},
                                                        {"present.body", 7},
                                                        {"source.hdl_chol.pairs", 1},
                                                        {"source.hdl_chol.equal", 1},
                                                        {"source.sbp_dbp.pairs", 1},
                                                        {"source.sbp_dbp.equal", 0},
                                                        {"source.fib4.values", 1},
                                                        {"source.fib4.up_to_2_67", 0}};
  for (const auto& [reason, count] : expected)
    QVERIFY2(counts[reason] == count,
             qPrintable(QString::fromStdString(reason + " " + std::to_string(counts[reason]))));
  for (const std::string source : {"measurements.", "events."}) {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : counts)
      if (reason.starts_with(source) && reason != source + "total") sum += count;
    QCOMPARE(sum, counts[source + "total"]);
  }
}

void TestImportNafld::bordersAndRules() {
  QVERIFY(import());
  const SamplePtr sample = imported()->read(1).value();
  const std::vector<Observation> hdl = {{0, 47}, {6, 48}, {(1826.25F - 10) * 24, 51}, {43830, 50}};
  QVERIFY(sample->modality("lipids")->variables[0].observations == hdl);
  const std::vector<Observation> chol = {{(1826.25F - 10) * 24, 51}};
  QVERIFY(sample->modality("lipids")->variables[1].observations == chol);
  const std::vector<Observation> sbp = {{(1826.25F - 20) * 24, 140}};
  QVERIFY(sample->modality("pressure")->variables[0].observations == sbp);
  const auto& events = sample->modality("comorbidity")->events;
  QCOMPARE(events.size(), 3U);
  QCOMPARE(events[0].code, std::string("htn"));
  QCOMPARE(events[1].code, std::string("MI"));
  QCOMPARE(events[2].code, std::string("nafld"));
  QCOMPARE(events[2].hour, 43830.0F);
  QCOMPARE(events[1].vector, (std::vector<float>{0, 0, 0, 0, 0, 1, 0, 0, 0, 0}));
  const auto& body = sample->modality("body")->variables;
  const std::vector<std::string> names = {"age", "sex", "weight", "height", "bmi"};
  for (std::size_t i = 0; i < names.size(); ++i) QCOMPARE(body[i].name, names[i]);
  QVERIFY(body[0].observations == (std::vector<Observation>{{0, 57}}));
  QVERIFY(body[1].observations == (std::vector<Observation>{{0, 0}}));
  QVERIFY(imported()->read(5).value()->modality("body")->variables[2].observations.empty());
}

void TestImportNafld::variablesMove() {
  ImportRequest request{"nafld", {{"dir", m_directory->path().toStdString()}}, {}, file("out.sqlite"), 32};
  QVERIFY(runImport(request, {}, {}));
  const auto whole = imported()->info().importCounts;
  request.modalityOf = {{"hdl", "liver"}, {"chol", ""}, {"age", ""}};
  const auto report = runImport(request, {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortPtr store = imported();
  QVERIFY(!store->read(1).value()->modality("lipids"));
  QCOMPARE(store->read(1).value()->modality("liver")->variables[2].name, std::string("hdl"));
  QCOMPARE(store->read(1).value()->modality("liver")->variables[2].observations.size(), 4U);
  const auto preview = previewImport(request, {});
  QVERIFY(preview);
  QCOMPARE(preview->info.modalities.size(), store->info().modalities.size());
  QCOMPARE(preview->tables.size(), 3U);
  QCOMPARE(preview->tables[0].rows.size(), 9U);
  QCOMPARE(preview->tables[1].rows.size(), kPreviewRows);
  QCOMPARE(preview->tables[2].columns, (std::vector<std::string>{"id", "days", "event"}));
  // Still every row once.
  QCOMPARE(report->counts.at("measurements.variable_left_out"), 1);
  QCOMPARE(report->counts.at("measurements.kept"), whole.at("measurements.kept") - 1);
  QCOMPARE(report->counts.at("body.kept") + report->counts.at("body.variable_left_out"), whole.at("body.kept"));
  request.modalityOf = {{"alt", "liver"}};
  QCOMPARE(runImport(request, {}, {}).error().what, std::string("The source has no variable 'alt'."));
}

void TestImportNafld::labels() {
  QVERIFY(import());
  std::map<std::int64_t, float> labels;
  const auto stays = imported()->stays();
  QVERIFY(stays);
  for (const StaySummary& stay : *stays) labels[stay.stayId] = stay.labels.at(0);
  const std::map<std::int64_t, float> expected = {{1, 1}, {2, 0}, {4, 0}, {5, 1}, {7, 1}, {8, 0}, {9, 0}};
  QVERIFY(labels == expected);
}

void TestImportNafld::nothingAfterTheIndexDate() {
  QVERIFY(import());
  const CohortPtr store = imported();
  QCOMPARE(store->info().windowHours, 43830.0);
  int seen = 0;
  QVERIFY(store->visit("", [&](const SamplePtr& sample) {
    for (const ModalityData& modality : sample->modalities) {
      for (const VariableData& variable : modality.variables)
        for (const Observation& observation : variable.observations)
          seen += observation.value == kSentinel || observation.hour > 43830 ? 1000 : 1;
      for (const Event& event : modality.events) seen += event.hour > 43830 || event.code == "stroke" ? 1000 : 1;
    }
    return true;
  }));
  QCOMPARE(seen, 9 + 4 + 29);
}

void TestImportNafld::sameInputSameBytes() {
  QVERIFY(import());
  const std::string first = readBytes(file("out.sqlite"));
  QVERIFY(import());
  QVERIFY(readBytes(file("out.sqlite")) == first);
  QVERIFY(import(33));
  QVERIFY(readBytes(file("out.sqlite")) != first);
}

void TestImportNafld::rowOrderDoesNotMatter() {
  QVERIFY(import());
  const std::string first = readBytes(file("out.sqlite"));
  // People and events turned round; measurements sorted by line keep the order of rows of one person, test and day
  // apart from the duplicates, which are left where they were by a stable sort on the id.
  const auto reversed = [](const std::string& text) {
    QStringList lines = QString::fromStdString(text).split('\n', Qt::SkipEmptyParts);
    std::reverse(lines.begin() + 1, lines.end());
    return (lines.join('\n') + '\n').toStdString();
  };
  QStringList lines = QString::fromStdString(kMeasurements).split('\n', Qt::SkipEmptyParts);
  std::stable_sort(lines.begin() + 1, lines.end(),
                   [](const QString& a, const QString& b) { return a.section(',', 0, 0) > b.section(',', 0, 0); });
  writeSource(reversed(kPeople), (lines.join('\n') + '\n').toStdString(), reversed(kEvents));
  QVERIFY(import());
  QVERIFY(readBytes(file("out.sqlite")) == first);
}

void TestImportNafld::faultsAreReported() {
  const auto faulty = import();
  QVERIFY(faulty);
  QCOMPARE(faulty->notes.size(), 2U);
  QVERIFY(faulty->notes[0].find("chol repeats hdl in 1 of 1 cases") != std::string::npos);
  QVERIFY(faulty->notes[1].find("fib4") != std::string::npos);
  for (const std::string& note : faulty->notes) QVERIFY(imported()->info().description.find(note) != std::string::npos);
  // A sound export is not slandered.
  writeSource(kPeople, "id,days,test,value\n1,-1,hdl,50\n1,-1,chol,190\n1,-1,fib4,1.1\n", kEvents);
  const auto sound = import();
  QVERIFY(sound && sound->notes.empty());
  QCOMPARE(sound->counts.at("source.hdl_chol.pairs"), 1);
  QCOMPARE(sound->counts.at("source.hdl_chol.equal"), 0);
}

void TestImportNafld::progressAscends() {
  std::vector<double> fractions;
  QVERIFY(importNafld({"nafld", {{"dir", m_directory->path().toStdString()}}, {}, file("out.sqlite"), 32},
                      [&](const Progress& progress) { fractions.push_back(progress.fraction); }, {}));
  QVERIFY(fractions.size() >= 5);
  QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
  QVERIFY(fractions.front() >= 0);
  QCOMPARE(fractions.back(), 1.0);
}

void TestImportNafld::stopLeavesNothing_data() {
  QTest::addColumn<int>("reports");
  for (int reports = 0; reports < 4; ++reports) QTest::addRow("after %d reports", reports) << reports;
}

void TestImportNafld::stopLeavesNothing() {
  QFETCH(int, reports);
  writeBytes(file("out.sqlite"), "old");
  std::stop_source stop;
  int seen = 0;
  if (reports == 0) stop.request_stop();
  const auto report = importNafld(
      {"nafld", {{"dir", m_directory->path().toStdString()}}, {}, file("out.sqlite"), 32},
      [&](const Progress&) {
        if (++seen == reports) stop.request_stop();
      },
      stop.get_token());
  QVERIFY(!report);
  QCOMPARE(report.error().what, std::string("The import was stopped."));
  QCOMPARE(readBytes(file("out.sqlite")), std::string("old"));
  QCOMPARE(QDir(m_directory->path()).entryList({"out*"}), QStringList{"out.sqlite"});
}

void TestImportNafld::malformedSource_data() {
  QTest::addColumn<QString>("people");
  QTest::addColumn<QString>("measurements");
  QTest::addColumn<QString>("what");
  const QString header = QString::fromStdString(kPeople.substr(0, kPeople.find('\n') + 1));
  const QString people = QString::fromStdString(kPeople), rows = QString::fromStdString(kMeasurements);
  QTest::newRow("no column status") << "id,age,male,weight,height,bmi,futime\n"
                                    << rows << "the column \"status\" is missing";
  QTest::newRow("person twice") << people + "4,50,1,80,180,24.7,4,1827,0\n"
                                << rows << "The person 4 is in nafld1 twice";
  QTest::newRow("sex 2") << header + "1,57,2,60,163,22.5,9,1826,1\n"
                         << rows << "line 2: the column male must be 0 or 1";
  QTest::newRow("status empty") << header + "1,57,0,60,163,22.5,9,1826,\n" << rows << "line 2: in the column status";
  QTest::newRow("futime negative") << header + "1,57,0,60,163,22.5,9,-1,1\n" << rows << "line 2: futime is negative";
  QTest::newRow("futime empty") << header + "1,57,0,60,163,22.5,9,,1\n" << rows << "line 2: the column futime is empty";
  QTest::newRow("age text") << header + "1,old,0,60,163,22.5,9,5,1\n" << rows << "line 2: in the column age, \"old\"";
  QTest::newRow("id text") << header + "x1,57,0,60,163,22.5,9,5,1\n" << rows << "line 2: in the column id";
  QTest::newRow("days empty") << people << "id,days,test,value\n1,,hdl,5\n"
                              << "line 2: the column days is empty";
  QTest::newRow("value text") << people << "id,days,test,value\n1,-1,hdl,high\n"
                              << "line 2: in the column value, \"high\"";
  QTest::newRow("row short") << people << "id,days,test,value\n1,-1,hdl\n"
                             << "line 2: the row has 3 fields";
}

void TestImportNafld::malformedSource() {
  QFETCH(QString, people);
  QFETCH(QString, measurements);
  QFETCH(QString, what);
  writeSource(people.toStdString(), measurements.toStdString(), kEvents);
  const auto report = import();
  QVERIFY(!report);
  QVERIFY2(report.error().what.find(what.toStdString()) != std::string::npos, report.error().what.c_str());
  QVERIFY(!QFile::exists(QString::fromStdString(file("out.sqlite"))));
}

QTEST_APPLESS_MAIN(TestImportNafld)
#include "tst_import_nafld.moc"
