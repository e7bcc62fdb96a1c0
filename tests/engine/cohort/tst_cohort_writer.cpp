#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <functional>

#include "cohort/cohort_writer.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

Q_DECLARE_METATYPE(std::function<void(fusemoe::Sample&)>)
Q_DECLARE_METATYPE(std::function<void(fusemoe::CohortInfo&)>)

namespace {

/// A sample of the small cohort that has something of everything.
Sample fullSample(std::int64_t stayId) {
  Sample sample = smallSample(stayId, 0);
  sample.modalities[0].variables[0].observations = {{1, 80}, {2, 81}};
  sample.modalities[1].events = {{1, "a", {1, 2, 3}}, {2, "b", {4, 5, 6}}};
  sample.modalities[2].variables[0].observations = {{0, 60}};
  return sample;
}

}  // namespace

class TestCohortWriter : public QObject {
  Q_OBJECT
  using SampleEdit = std::function<void(Sample&)>;
  using InfoEdit = std::function<void(CohortInfo&)>;

 private Q_SLOTS:
  void init() { m_directory = std::make_unique<QTemporaryDir>(); }
  void sameInputSameBytes();
  void refusesSample_data();
  void refusesSample();
  void refusesDescription_data();
  void refusesDescription();
  void refusesUnknownPart();
  void refusesFolderThatIsMissing();
  void leavesTheTargetUntilCommit();
  void movedWriterCommits();

 private:
  std::string path(const char* name) const { return m_directory->filePath(name).toStdString(); }
  QStringList files() const { return QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden); }
  std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCohortWriter::sameInputSameBytes() {
  writeSmallCohort(path("a.sqlite"), 300);
  writeSmallCohort(path("b.sqlite"), 300);
  writeSmallCohort(path("c.sqlite"), 299);
  QVERIFY(readBytes(path("a.sqlite")) == readBytes(path("b.sqlite")));
  QVERIFY(readBytes(path("a.sqlite")) != readBytes(path("c.sqlite")));
  QCOMPARE(files(), (QStringList{"a.sqlite", "b.sqlite", "c.sqlite"}));
}

void TestCohortWriter::refusesSample_data() {
  QTest::addColumn<SampleEdit>("edit");
  QTest::addColumn<QString>("reason");
  const auto row = [](const char* name, SampleEdit edit, const char* reason) { QTest::newRow(name) << edit << reason; };
  row(
      "same id", [](Sample& s) { s.stayId = 5; }, "ids must ascend");
  row(
      "lower id", [](Sample& s) { s.stayId = -7; }, "ids must ascend");
  row(
      "modality missing", [](Sample& s) { s.modalities.pop_back(); }, "number of modalities");
  row(
      "modalities swapped", [](Sample& s) { std::swap(s.modalities[1], s.modalities[3]); }, "is not the description's");
  row(
      "variable missing", [](Sample& s) { s.modalities[0].variables.pop_back(); }, "is not the description's");
  row(
      "variable renamed", [](Sample& s) { s.modalities[0].variables[1].name += "x"; }, "out of place");
  row(
      "vector too short", [](Sample& s) { s.modalities[1].events[1].vector.pop_back(); }, "another width");
  row(
      "vector NaN", [](Sample& s) { s.modalities[1].events[0].vector[2] = NAN; }, "not finite");
  row(
      "events out of order", [](Sample& s) { s.modalities[1].events[1].hour = 0.5F; }, "out of order");
  row(
      "event after the window", [](Sample& s) { s.modalities[1].events[1].hour = 49; }, "outside the window");
  row(
      "value NaN", [](Sample& s) { s.modalities[0].variables[0].observations[0].value = NAN; }, "not finite");
  row(
      "value infinite", [](Sample& s) { s.modalities[2].variables[0].observations[0].value = INFINITY; }, "not finite");
  row(
      "hour NaN", [](Sample& s) { s.modalities[0].variables[0].observations[1].hour = NAN; }, "outside the window");
  row(
      "hour negative", [](Sample& s) { s.modalities[0].variables[0].observations[0].hour = -0.1F; },
      "outside the window");
  row(
      "hour after the window", [](Sample& s) { s.modalities[0].variables[0].observations[1].hour = 48.6F; }, "outside");
  row(
      "same hour twice", [](Sample& s) { s.modalities[0].variables[0].observations[1].hour = 1; },
      "strictly ascending");
  row(
      "two static values",
      [](Sample& s) {
        s.modalities[2].variables[0].observations.push_back({1, 61});
      },
      "more than one");
  row(
      "unknown task", [](Sample& s) { s.labels["other"] = {1}; }, "a task that the description lacks");
  row(
      "label missing", [](Sample& s) { s.labels["pheno"] = {1}; }, "another number of labels");
  row(
      "label infinite", [](Sample& s) { s.labels["death"] = {INFINITY}; }, "not finite");
}

void TestCohortWriter::refusesSample() {
  QFETCH(SampleEdit, edit);
  QFETCH(QString, reason);
  {
    auto writer = CohortWriter::create(path("x.sqlite"), smallInfo());
    QVERIFY(writer && writer->add(fullSample(5), "train"));
    Sample sample = fullSample(6);
    edit(sample);
    const auto added = writer->add(sample, "train");
    QVERIFY(!added);
    QVERIFY2(added.error().what.find(reason.toStdString()) != std::string::npos, added.error().what.c_str());
  }
  QCOMPARE(files(), QStringList());
}

void TestCohortWriter::refusesDescription_data() {
  QTest::addColumn<InfoEdit>("edit");
  QTest::addColumn<QString>("reason");
  const auto row = [](const char* name, InfoEdit edit, const char* reason) { QTest::newRow(name) << edit << reason; };
  row(
      "no modality", [](CohortInfo& i) { i.modalities.clear(); }, "0 modalities");
  row(
      "33 modalities", [](CohortInfo& i) { i.modalities.resize(33, i.modalities[0]); }, "33 modalities");
  row(
      "same name", [](CohortInfo& i) { i.modalities[1].name = "vitals"; }, "two modalities");
  row(
      "no name", [](CohortInfo& i) { i.modalities[1].name = ""; }, "two modalities");
  row(
      "no width", [](CohortInfo& i) { i.modalities[1].width = 0; }, "width");
  row(
      "width of a series", [](CohortInfo& i) { i.modalities[0].width = 2; }, "width");
  row(
      "series without variables", [](CohortInfo& i) { i.modalities[0].variables.clear(); }, "needs a variable");
  row(
      "vectors with variables", [](CohortInfo& i) { i.modalities[1].variables = i.modalities[0].variables; },
      "must have no");
  row(
      "same variable", [](CohortInfo& i) { i.modalities[0].variables[1].name = "hr"; }, "two variables");
  row(
      "window zero", [](CohortInfo& i) { i.windowHours = 0; }, "window");
  row(
      "window NaN", [](CohortInfo& i) { i.windowHours = NAN; }, "window");
  row(
      "task without label", [](CohortInfo& i) { i.tasks[1].labels.clear(); }, "no label");
  row(
      "same task", [](CohortInfo& i) { i.tasks[1].name = "death"; }, "there twice");
}

void TestCohortWriter::refusesDescription() {
  QFETCH(InfoEdit, edit);
  QFETCH(QString, reason);
  CohortInfo info = smallInfo();
  edit(info);
  const auto writer = CohortWriter::create(path("x.sqlite"), info);
  QVERIFY(!writer);
  QVERIFY2(writer.error().what.find(reason.toStdString()) != std::string::npos, writer.error().what.c_str());
  QCOMPARE(files(), QStringList());
}

void TestCohortWriter::refusesUnknownPart() {
  auto writer = CohortWriter::create(path("x.sqlite"), smallInfo());
  QVERIFY(writer);
  QVERIFY(!writer->add(fullSample(1), "Train"));
  QVERIFY(writer->add(fullSample(1), ""));
}

void TestCohortWriter::refusesFolderThatIsMissing() {
  const auto writer = CohortWriter::create(path("nowhere/x.sqlite"), smallInfo());
  QVERIFY(!writer);
  QVERIFY2(writer.error().what.find("cannot be opened") != std::string::npos, writer.error().line().c_str());
}

void TestCohortWriter::leavesTheTargetUntilCommit() {
  const std::string target = path("x.sqlite");
  writeBytes(target, "old");
  {
    auto writer = CohortWriter::create(target, smallInfo());
    QVERIFY(writer && writer->add(fullSample(1), "train"));
    QCOMPARE(readBytes(target), std::string("old"));
  }
  QCOMPARE(readBytes(target), std::string("old"));
  QCOMPARE(files(), QStringList{"x.sqlite"});
  auto writer = CohortWriter::create(target, smallInfo());
  QVERIFY(writer && writer->add(fullSample(1), "train") && writer->commit({}));
  QVERIFY(readBytes(target).starts_with("SQLite format 3"));
  QCOMPARE(files(), QStringList{"x.sqlite"});
}

void TestCohortWriter::movedWriterCommits() {
  auto writer = CohortWriter::create(path("x.sqlite"), smallInfo());
  QVERIFY(writer && writer->add(fullSample(1), "train"));
  CohortWriter moved = std::move(*writer);
  QVERIFY(moved.add(fullSample(2), "test") && moved.commit({{"n", 2}}));
  const auto store = CohortStore::open(path("x.sqlite"));
  QVERIFY(store);
  QCOMPARE((*store)->info().importCounts.at("n"), 2);
  QCOMPARE((*store)->count("").value(), 2U);
}

QTEST_APPLESS_MAIN(TestCohortWriter)
#include "tst_cohort_writer.moc"
