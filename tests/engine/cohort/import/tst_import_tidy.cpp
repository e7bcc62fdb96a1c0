#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>

#include "archive_fixture.h"
#include "cohort/cohort_store.h"
#include "cohort/import/importer.h"
#include "cohort_fixture.h"
#include "import_stop.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

std::string npy(int rows, int width, const std::vector<float>& numbers) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " +
                       std::to_string(width) + "), }";
  header.resize(118 - 1, ' ');
  header += '\n';
  std::string bytes = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header;
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float));
  return bytes;
}

const std::string kStays = "stay_id,person_id\n30,c\n10,a\n20,b\n40,a\n";
const std::string kVariables =
    "name,modality,unit,title,low,high\nhr,vitals,1/min,Heart rate,60,100\nrr,vitals,,,,\nweight,body,kg,,,\n";
const std::string kObservations =
    "stay_id,hour,variable,value\n"
    "10,5,hr,90\n"
    "10,1.5,hr,80\n"
    "10,1.5,hr,81\n"  // again at that hour
    "10,1.5,hr,80\n"  // again, the same
    "99,1,hr,80\n"    // unknown stay
    "10,1,xx,80\n"    // unknown variable
    "10,1,hr,\n"      // no value
    "10,,hr,80\n"     // no hour
    "10,-1,hr,80\n"
    "10,48.5,hr,80\n"
    "10,1,hr,1e300\n"
    "20,48,rr,True\n";
const std::string kStatics = "stay_id,weight,sex\n10,80.5,True\n20,,False\n98,1,1\n";
const std::string kLabels = "stay_id,death,pheno.a,pheno.b\n10,1,0,1\n20,0,1,\n97,1,1,1\n";
const std::string kEvents =
    "stay_id,hour,modality,code,row,v0,v1,v2\n"
    "10,3,notes,radiology,2,,,\n"
    "10,2,notes,,0,,,\n"
    "10,4,ecg,,,1.5,2.5,\n"
    "20,4,ecg,,,3,4,\n"
    "10,4,ecg,,,,,\n"      // no vector
    "10,4,ecg,,,NA,1,\n"   // not finite
    "99,4,notes,,1,,,\n"   // unknown stay
    "10,49,notes,,1,,,\n"  // after the window
    "10,,notes,,1,,,\n";

}  // namespace

class TestImportTidy : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void countsEveryRowOnce();
  void values();
  void description();
  void withoutVariables();
  void gzipEqualsPlain();
  void repeats_data();
  void repeats();
  void npzAndSafetensors();
  void splitOfTheSource();
  void smallest();
  void previews();
  void previewReadsTheStartAlone();
  void sameInputSameBytes();
  void stopLeavesTheTarget();
  void malformed_data();
  void malformed();
  void damagedGzip();
  void bordersOfTheWindow();

 private:
  std::string path(const std::string& name) const {
    return m_directory->filePath(QString::fromStdString(name)).toStdString();
  }
  std::string table(const std::string& name) const { return path("tables/" + name); }
  ImportRequest request() const { return {"tidy", {{"dir", path("tables")}}, {}, path("out.sqlite"), 32}; }
  CohortPtr imported() const { return CohortStore::open(path("out.sqlite")).value(); }
  std::unique_ptr<QTemporaryDir> m_directory;
};

void TestImportTidy::init() {
  m_directory = std::make_unique<QTemporaryDir>();
  QVERIFY(QDir(m_directory->path()).mkdir("tables"));
  writeBytes(table("stays.csv"), kStays);
  writeBytes(table("variables.csv"), kVariables);
  writeBytes(table("observations.csv"), kObservations);
  writeBytes(table("static.csv"), kStatics);
  writeBytes(table("labels.csv"), kLabels);
  writeBytes(table("events.csv"), kEvents);
  writeBytes(table("notes.npy"), npy(3, 4, {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23}));
}

void TestImportTidy::countsEveryRowOnce() {
  const auto report = runImport(request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::map<std::string, std::int64_t> expected = {{"seed", 32},
                                                        {"stays.kept", 4},
                                                        {"rows.total", 12},
                                                        {"rows.kept", 3},
                                                        {"rows.repeated.same_value", 1},
                                                        {"rows.repeated.other_value", 1},
                                                        {"rows.unknown_stay", 1},
                                                        {"rows.unknown_variable", 1},
                                                        {"rows.empty", 1},
                                                        {"rows.no_hour", 1},
                                                        {"rows.before_window", 1},
                                                        {"rows.after_window", 1},
                                                        {"rows.too_large", 1},
                                                        {"static.total", 6},
                                                        {"static.kept", 3},
                                                        {"static.empty", 1},
                                                        {"static.unknown_stay", 2},
                                                        {"events.total", 9},
                                                        {"events.kept", 4},
                                                        {"events.no_vector", 1},
                                                        {"events.not_finite", 1},
                                                        {"events.unknown_stay", 1},
                                                        {"events.after_window", 1},
                                                        {"events.no_hour", 1},
                                                        {"labels.total", 9},
                                                        {"labels.kept", 5},
                                                        {"labels.empty", 1},
                                                        {"labels.unknown_stay", 3},
                                                        {"label.death.positive", 1},
                                                        {"label.death.negative", 1},
                                                        {"label.death.unknown", 2},
                                                        {"label.pheno.a", 1},
                                                        {"label.pheno.b", 1},
                                                        {"label.pheno.unknown", 2},
                                                        {"present.vitals", 2},
                                                        {"present.body", 1},
                                                        {"present.static", 2},
                                                        {"present.notes", 1},
                                                        {"present.ecg", 2}};
  for (const auto& [reason, count] : expected) {
    const auto found = report->counts.find(reason);
    QVERIFY2(found != report->counts.end() && found->second == count, reason.c_str());
  }
  for (const std::string source : {"rows.", "static.", "events.", "labels."}) {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : report->counts)
      if (reason.starts_with(source) && reason != source + "total") sum += count;
    QCOMPARE(sum, report->counts.at(source + "total"));
  }
  QCOMPARE(report->notes.size(), 4U);  // entries of four tables belong to no stay
  QVERIFY(imported()->info().importCounts == report->counts);
}

void TestImportTidy::values() {
  QVERIFY(runImport(request(), {}, {}));
  const CohortPtr store = imported();
  const SamplePtr sample = store->read(10).value();
  QVERIFY(sample->modality("vitals")->variables[0].observations == (std::vector<Observation>{{1.5F, 80}, {5, 90}}));
  QVERIFY(sample->modality("body")->variables[0].observations == (std::vector<Observation>{{0, 80.5F}}));
  QVERIFY(sample->modality("static")->variables[0].observations == (std::vector<Observation>{{0, 1}}));
  QVERIFY(sample->modality("notes")->events ==
          (std::vector<Event>{{2, "", {0, 1, 2, 3}}, {3, "radiology", {20, 21, 22, 23}}}));
  QVERIFY(sample->modality("ecg")->events == (std::vector<Event>{{4, "", {1.5F, 2.5F}}}));
  QCOMPARE(sample->labels.at("pheno"), (std::vector<float>{0, 1}));
  QVERIFY(store->read(20).value()->modality("vitals")->variables[1].observations ==
          (std::vector<Observation>{{48, 1}}));
  QVERIFY(std::isnan(store->read(20).value()->labels.at("pheno")[1]));
  const CohortVariable& hr = store->info().modalities[0].variables[0];
  QCOMPARE(hr.title, std::string("Heart rate"));
  QCOMPARE(hr.unit, std::string("1/min"));
  QCOMPARE(hr.referenceHigh, 100.0);
  QVERIFY(std::isnan(store->info().modalities[0].variables[1].referenceLow));
  // Both stays of person a are in one part.
  const auto stays = store->stays().value();
  QCOMPARE(stays[0].split, stays[3].split);
}

void TestImportTidy::description() {
  writeBytes(table("cohort.json"), R"({"name": "mine", "title": "Meine Daten", "attribution": "me", "window_hours": 4,
    "time_unit": "d", "time_origin": "arrival", "modalities": {"vitals": "Vital signs"}, "tasks": {"death": "Death"}})");
  const auto report = runImport(request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortInfo info = imported()->info();
  QCOMPARE(info.name, std::string("mine"));
  QCOMPARE(info.title, std::string("Meine Daten"));
  QCOMPARE(info.windowHours, 4.0);
  QCOMPARE(info.timeUnit, std::string("d"));
  QCOMPARE(info.modalities[0].title, std::string("Vital signs"));
  QCOMPARE(info.tasks[0].title, std::string("Death"));
  QCOMPARE(report->counts.at("rows.after_window"), 3);
}

void TestImportTidy::withoutVariables() {
  QVERIFY(QFile::remove(QString::fromStdString(table("variables.csv"))));
  const auto report = runImport(request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortInfo info = imported()->info();
  QCOMPARE(info.modalities[0].name, std::string("measurements"));
  std::vector<std::string> names;
  for (const CohortVariable& variable : info.modalities[0].variables) names.push_back(variable.name);
  QCOMPARE(names, (std::vector<std::string>{"hr", "xx", "rr"}));  // as they appear
  QVERIFY(!report->counts.contains("rows.unknown_variable"));
}

void TestImportTidy::gzipEqualsPlain() {
  QVERIFY(runImport(request(), {}, {}));
  const std::string plain = readBytes(path("out.sqlite"));
  for (const char* name : {"stays", "variables", "observations", "static", "labels", "events"}) {
    const std::string file = table(std::string(name) + ".csv");
    writeGzip(file + ".gz", readBytes(file));
    QVERIFY(QFile::remove(QString::fromStdString(file)));
  }
  QVERIFY(runImport(request(), {}, {}));
  QVERIFY(readBytes(path("out.sqlite")) == plain);
}

void TestImportTidy::repeats_data() {
  QTest::addColumn<QString>("policy");
  QTest::addColumn<double>("value");
  QTest::newRow("first") << "first" << 80.0;
  QTest::newRow("last") << "last" << 80.0;
  QTest::newRow("mean") << "mean" << 241.0 / 3;
  QTest::newRow("sum") << "sum" << 241.0;
}

void TestImportTidy::repeats() {
  QFETCH(QString, policy);
  QFETCH(double, value);
  ImportRequest wish = request();
  wish.options["repeats"] = policy.toStdString();
  QVERIFY(runImport(wish, {}, {}));
  QCOMPARE(imported()->read(10).value()->modality("vitals")->variables[0].observations[0].value,
           static_cast<float>(value));
  wish.options["repeats"] = "median";
  QVERIFY(!runImport(wish, {}, {}));
}

void TestImportTidy::npzAndSafetensors() {
  QVERIFY(runImport(request(), {}, {}));
  const std::string first = readBytes(path("out.sqlite"));
  const std::string array = readBytes(table("notes.npy"));
  QVERIFY(QFile::remove(QString::fromStdString(table("notes.npy"))));
  writeArchive(table("notes.npz"), {{"notes.npy", array}});
  const auto npz = runImport(request(), {}, {});
  QVERIFY2(npz, npz ? "" : npz.error().line().c_str());
  QVERIFY(readBytes(path("out.sqlite")) == first);
  QVERIFY(QFile::remove(QString::fromStdString(table("notes.npz"))));
  const std::string json = R"({"notes":{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]}})";
  const std::uint64_t length = json.size();
  writeBytes(table("notes.safetensors"),
             std::string(reinterpret_cast<const char*>(&length), 8) + json + array.substr(array.size() - 48));
  QVERIFY(runImport(request(), {}, {}));
  QVERIFY(readBytes(path("out.sqlite")) == first);
}

void TestImportTidy::splitOfTheSource() {
  writeBytes(table("stays.csv"), "stay_id,person_id,split\n10,a,train\n20,b,test\n30,c,\n40,a,validation\n");
  const auto report = runImport(request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  std::vector<std::string> parts;
  const auto stays = imported()->stays();
  QVERIFY(stays);
  for (const StaySummary& stay : *stays) parts.push_back(stay.split);
  QCOMPARE(parts, (std::vector<std::string>{"train", "test", "", "validation"}));
  QCOMPARE(report->counts.at("people.in_several_parts"), 1);
  QVERIFY(report->notes[0].find("different parts of the split") != std::string::npos);
}

void TestImportTidy::smallest() {
  for (const char* name : {"variables.csv", "static.csv", "labels.csv", "events.csv", "notes.npy"})
    QVERIFY(QFile::remove(QString::fromStdString(table(name))));
  writeBytes(table("stays.csv"), "stay_id\n1\n");
  writeBytes(table("observations.csv"), "value,variable,hour,stay_id,comment\n5,x,0,1,\"any, text\"\n");
  const auto report = runImport(request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QVERIFY(imported()->info().tasks.empty());
  QCOMPARE(imported()->read(1).value()->modalities[0].variables[0].observations.size(), 1U);
  QVERIFY(QFile::remove(QString::fromStdString(table("observations.csv"))));
  QVERIFY(runImport(request(), {}, {}).error().what.find("has stays but no values") != std::string::npos);
}

void TestImportTidy::previews() {
  ImportRequest wish = request();
  wish.modalityOf = {{"rr", "breath"}};
  const auto preview = previewImport(wish, {});
  QVERIFY2(preview, preview ? "" : preview.error().line().c_str());
  QCOMPARE(preview->tables.size(), 5U);
  QCOMPARE(preview->tables[1].name, std::string("observations"));
  QCOMPARE(preview->tables[1].rows.size(), 12U);
  QCOMPARE(preview->info.modalities.back().name, std::string("breath"));
  QVERIFY(!QFile::exists(QString::fromStdString(path("out.sqlite"))));
  wish.modalityOf = {{"none", "breath"}};
  QVERIFY(!previewImport(wish, {}));
}

void TestImportTidy::previewReadsTheStartAlone() {
  // A table cut off far behind its start is no matter to a preview, and one to an import.
  std::string rows = "stay_id,hour,variable,value\n";
  for (int i = 0; i < 300'000; ++i) rows += "10," + std::to_string(i % 48) + ",v" + std::to_string(i / 90'000) + ",1\n";
  QVERIFY(QFile::remove(QString::fromStdString(table("observations.csv"))));
  QVERIFY(QFile::remove(QString::fromStdString(table("variables.csv"))));
  writeGzip(table("observations.csv.gz"), rows);
  const std::string whole = readBytes(table("observations.csv.gz"));
  writeBytes(table("observations.csv.gz"), whole.substr(0, whole.size() - 100));
  const auto preview = previewImport(request(), {});
  QVERIFY2(preview, preview ? "" : preview.error().line().c_str());
  QCOMPARE(preview->info.modalities[0].variables.size(), 2U);
  QVERIFY(preview->notes.at(0).find("first 100000 rows of observations.csv.gz") != std::string::npos);
  const auto report = runImport(request(), {}, {});
  QVERIFY(!report);
  QVERIFY(report.error().what.find("damaged or cut off") != std::string::npos);
  QVERIFY(!QFile::exists(QString::fromStdString(path("out.sqlite"))));
}

void TestImportTidy::sameInputSameBytes() {
  QVERIFY(runImport(request(), {}, {}));
  const std::string first = readBytes(path("out.sqlite"));
  QVERIFY(runImport(request(), {}, {}));
  QVERIFY(readBytes(path("out.sqlite")) == first);
}

void TestImportTidy::stopLeavesTheTarget() {
  importStopsAtEveryReport(request(), 6);
}

void TestImportTidy::malformed_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<QString>("what");
  const auto add = [](const char* row, const char* name, const QByteArray& content, const char* what) {
    QTest::newRow(row) << name << content << what;
  };
  add("stays: empty", "stays.csv", "", "is empty");
  add("stays: none", "stays.csv", "stay_id\n", "The source has no stay.");
  add("stays: no column", "stays.csv", "id\n1\n", "line 1: the column \"stay_id\" is missing");
  add("stays: twice", "stays.csv", "stay_id\n1\n1\n", "line 3: the stay 1 is there twice");
  add("stays: text", "stays.csv", "stay_id\nA12\n", "line 2: in the column stay_id, \"A12\"");
  add("stays: fraction", "stays.csv", "stay_id\n1.0\n", "line 2: in the column stay_id, \"1.0\"");
  add("stays: split", "stays.csv", "stay_id,split\n1,dev\n", "line 2: the column split must be");
  add("stays: Latin-1", "stays.csv", "stay_id,person_id\n1,M\xFCller\n", "line 2: the text is not UTF-8");
  add("stays: UTF-16", "stays.csv", QByteArray("\xFF\xFEs\0t\0", 6), "line 1: the text is not UTF-8");
  add("both", "stays.csv.gz", "stay_id\n1\n", "has both");
  add("variables: twice", "variables.csv", "name,modality\nhr,a\nhr,b\n", "line 3: The variable 'hr' is there twice");
  add("variables: no modality", "variables.csv", "name,modality\nhr,\n", "line 2: the variable has no modality");
  add("variables: kinds", "variables.csv", "name,modality\nhr,a\nweight,a\n", "line 3: The modality 'a' has variables");
  add("variables: limit", "variables.csv", "name,modality,low\nhr,a,few\n", "line 2: in the column low");
  add(
      "variables: many", "variables.csv",
      [] {
        QByteArray rows = "name,modality\n";
        for (int i = 0; i <= 10'000; ++i) rows += "v" + QByteArray::number(i) + ",a\n";
        return rows;
      }(),
      "more than 10000 variables");
  add("observations: column", "observations.csv", "stay_id,time,variable,value\n", "\"hour\" is missing");
  add("observations: value", "observations.csv", "stay_id,hour,variable,value\n10,1,hr,high\n",
      "line 2: in the column value, \"high\"");
  add("observations: infinite", "observations.csv", "stay_id,hour,variable,value\n10,1,hr,inf\n",
      "line 2: in the column value, \"inf\"");
  add("observations: hour", "observations.csv", "stay_id,hour,variable,value\n10,noon,hr,1\n",
      "line 2: in the column hour");
  add("observations: short row", "observations.csv", "stay_id,hour,variable,value\n10,1,hr\n", "line 2: the row has 3");
  add("static: twice", "static.csv", "stay_id,weight\n10,1\n10,1\n", "line 3: the stay 10 is there twice");
  add("static: text", "static.csv", "stay_id,weight\n10,heavy\n", "line 2: in the column weight");
  add("static: name taken", "static.csv", "stay_id,rr\n",
      "line 3: The modality 'vitals' has variables of observations");
  add("static: column twice", "static.csv", "stay_id,w,w\n", "\"w\" is there twice");
  add("labels: 2", "labels.csv", "stay_id,death\n10,2\n", "line 2: the label death must be 0, 1 or empty");
  add("labels: twice", "labels.csv", "stay_id,death\n10,1\n10,0\n", "line 3: the stay 10 is there twice");
  add("labels: column twice", "labels.csv", "stay_id,death,death\n", "\"death\" is there twice");
  add("labels: both ways", "labels.csv", "stay_id,pheno.a,pheno\n", "the task pheno is there with and without");
  add("events: neither", "events.csv", "stay_id,hour,modality\n", "neither a column \"row\"");
  add("events: beyond", "events.csv", "stay_id,hour,modality,row\n10,1,notes,3\n",
      "line 2: the vectors have rows 0 to 2");
  add("events: negative", "events.csv", "stay_id,hour,modality,row\n10,1,notes,-1\n", "line 2: the vectors have rows");
  add("events: no file", "events.csv", "stay_id,hour,modality,row\n10,1,scans,0\n", "'scans' of");
  add("events: a path", "events.csv", "stay_id,hour,modality,row\n10,1,../tables/notes,0\n", "has no vectors");
  add("events: width", "events.csv", "stay_id,hour,modality,v0,v1\n10,1,e,1,2\n20,1,e,1,\n",
      "line 3: the vector has 1");
  add("events: variables too", "events.csv", "stay_id,hour,modality,v0\n10,1,vitals,1\n", "both variables and vectors");
  add("events: no modality", "events.csv", "stay_id,hour,modality,v0\n10,1,,1\n",
      "line 2: the column modality is empty");
  add("vectors: cut off", "notes.npy", QByteArray::fromStdString(npy(3, 4, {1, 2})), "size is not what its header");
  add("vectors: text", "notes.npy", "1,2,3\n", "does not begin as a .npy");
  add("vectors: two files", "notes.npz", "PK", "several files of vectors");
  add("json: text", "cohort.json", "window: 48", "is not readable as JSON");
  add("json: field", "cohort.json", "{\"window\": 48}", "a field this version does not know: window");
  add("json: window", "cohort.json", "{\"window_hours\": 0}", "window_hours must be a positive number");
  add("json: unit", "cohort.json", "{\"time_unit\": \"min\"}", "time_unit must be");
  add("json: titles", "cohort.json", "{\"tasks\": {\"a\": 1}}", "tasks must be an object of texts");
}

void TestImportTidy::malformed() {
  QFETCH(QString, name);
  QFETCH(QByteArray, content);
  QFETCH(QString, what);
  writeBytes(path("out.sqlite"), "old");
  if (name.endsWith(".gz"))
    writeGzip(table(name.toStdString()), content.toStdString());
  else
    writeBytes(table(name.toStdString()), content.toStdString());
  const auto report = runImport(request(), {}, {});
  QVERIFY(!report);
  QVERIFY2(QString::fromStdString(report.error().what).contains(what), report.error().what.c_str());
  QCOMPARE(readBytes(path("out.sqlite")), std::string("old"));
  QCOMPARE(QDir(m_directory->path()).entryList({"out*"}), QStringList{"out.sqlite"});
}

void TestImportTidy::damagedGzip() {
  for (const char* name : {"stays", "static", "labels", "events", "variables"}) {
    init();
    const std::string file = table(std::string(name) + ".csv");
    writeGzip(file + ".gz", readBytes(file));
    const std::string whole = readBytes(file + ".gz");
    writeBytes(file + ".gz", whole.substr(0, whole.size() - 6));
    QVERIFY(QFile::remove(QString::fromStdString(file)));
    const auto report = runImport(request(), {}, {});
    QVERIFY2(!report, name);
    QVERIFY2(report.error().what.find("damaged or cut off") != std::string::npos, report.error().what.c_str());
    QVERIFY(!QFile::exists(QString::fromStdString(path("out.sqlite"))));
  }
}

void TestImportTidy::bordersOfTheWindow() {
  // 0.1 h lies behind the window's end once it is a float.
  writeBytes(table("cohort.json"), R"({"window_hours": 0.1})");
  writeBytes(table("observations.csv"), "stay_id,hour,variable,value\n10,0.1,hr,1\n10,0,hr,2\n10,0.100001,hr,3\n");
  QVERIFY(QFile::remove(QString::fromStdString(table("events.csv"))));
  const auto report = runImport(request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QCOMPARE(report->counts.at("rows.kept"), 2);
  QCOMPARE(report->counts.at("rows.after_window"), 1);
}

QTEST_APPLESS_MAIN(TestImportTidy)
#include "tst_import_tidy.moc"
