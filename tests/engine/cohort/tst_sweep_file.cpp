// The file a sweep grows in: what is written is read, a break anywhere leaves whole stays, and only the same sweep goes
// on with it.
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <limits>
#include <sstream>

#include "cohort/sweep_file.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

SweepHeader smallHeader() {
  return {"model",  "cohort", "test", "", 0, 2, {"notes", "body"}, {"notes", "body"}, {"death", "he said \"stay\", so"},
          {0, 1, 3}};
}

SweepRow rowOf(std::int64_t stay) {
  SweepRow row{stay, {}};
  const float own = 0.001F * static_cast<float>(stay);
  for (int mask = 0; mask < 3; ++mask) {
    const double drift = 0.01 * mask;
    row.states.push_back({mask, {0.5F + own * static_cast<float>(mask), 0.25F}, drift, {}});
    for (int cell = 0; cell < 4; ++cell)
      row.states.back().cells.push_back(
          {drift, cell == 3 && mask == 2 ? std::numeric_limits<double>::infinity() : 2 * drift, 3 * drift, 0.1 * cell});
  }
  return row;
}

QStringList linesOf(const std::string& path) {
  return QString::fromStdString(readBytes(path)).split('\n', Qt::SkipEmptyParts);
}

}  // namespace

class TestSweepFile : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
  std::unique_ptr<SweepFile> filled(const std::string& path, std::int64_t from, std::int64_t to) {
    auto file = SweepFile::create(path, smallHeader());
    if (!file) return nullptr;
    for (std::int64_t stay = from; stay <= to; ++stay)
      if (!(*file)->add(rowOf(stay))) return nullptr;
    return std::move(*file);
  }
  std::string csvOf(SweepFile& file) {
    const std::string csv = path("compare.csv");
    return file.writeCsv(csv) ? readBytes(csv) : "not written";
  }

 private Q_SLOTS:
  void maskTexts();
  void statesComeBack();
  void csv();
  void tablesAndViews();
  void unflushedIsGoneWhole();
  void killedGoesOn();
  void completeIsKnown();
  void anotherSweepIsRefused_data();
  void anotherSweepIsRefused();
  void malformed_data();
  void malformed();
  void cannotBeWritten();
  void csvIsWholeOrNot();
};

void TestSweepFile::maskTexts() {
  QCOMPARE(maskText({"a", "b", "c"}, 0), std::string("none"));
  QCOMPARE(maskText({"a", "b", "c"}, 0b101), std::string("a+c"));
}

void TestSweepFile::statesComeBack() {
  const auto file = filled(path("states.sqlite"), 1, 5);
  QVERIFY(file && file->flush());
  QCOMPARE(file->stays(), 5U);
  QCOMPARE(file->lastStay(), 5);
  int at = 0;
  QVERIFY(file->eachState([&](const SweepSummary& state) {
    const int stay = at / 3 + 1, mask = at % 3;
    QCOMPARE(state.stayId, stay);
    QCOMPARE(state.mask, mask);
    QCOMPARE(state.hidden, mask);
    QCOMPARE(state.meanDrift, 0.01 * mask);
    QVERIFY(std::abs(state.delta - 0.001 * stay * mask / 2) < 1e-7);  // mean over two outputs, one of which stays
    ++at;
  }));
  QCOMPARE(at, 15);
}

void TestSweepFile::csv() {
  const auto file = filled(path("csv.sqlite"), 7, 8);
  QVERIFY(file && file->finish() && file->writeCsv(path("sweep.csv")));
  const QStringList lines = linesOf(path("sweep.csv"));
  QCOMPARE(lines.size(), 1 + 2 * 3 * 4);
  QCOMPARE(lines[0], QString("stay,masked,layer,router,js,kl,l1,js_top_k,mean_drift,probability death,delta death,"
                             "\"probability he said \"\"stay\"\", so\",\"delta he said \"\"stay\"\", so\""));
  QCOMPARE(lines[1], QString("7,none,1,notes,0,0,0,0,0,0.5,0,0.25,0"));
  QVERIFY2(lines[12].startsWith("7,notes+body,2,body,0.02,inf,0.06,0.3,0.02,0.513999999,0.0139999986,"), qPrintable(lines[12]));
  QVERIFY(lines[13].startsWith("8,none,1,notes,"));
}

void TestSweepFile::tablesAndViews() {
  const std::string name = path("tables.sqlite");
  {
    const auto file = filled(name, 1, 2);
    QVERIFY(file && file->finish());
  }
  // Each statement fails where its table, view or column is not as documented.
  execSql(name,
          "CREATE TABLE seen AS SELECT stay_id, masked, label, hidden, probability, delta, mean_drift FROM "
          "predictions; CREATE TABLE seen2 AS SELECT stay_id, masked, layer, modality, js, kl, l1, js_top_k FROM "
          "drifts; CREATE TABLE counted(n INTEGER CHECK(n = 12)); INSERT INTO counted SELECT count(*) FROM seen; "
          "CREATE TABLE counted2(n INTEGER CHECK(n = 24)); INSERT INTO counted2 SELECT count(*) FROM seen2;"
          "CREATE TABLE named(n INTEGER CHECK(n = 4)); INSERT INTO named SELECT count(*) FROM seen WHERE masked "
          "= 'notes+body'");
}

void TestSweepFile::unflushedIsGoneWhole() {
  const std::string name = path("unflushed.sqlite");
  {
    auto file = filled(name, 1, 3);
    QVERIFY(file && file->flush());
    QVERIFY(file->add(rowOf(4)));  // in a transaction that nobody ends
  }
  auto file = SweepFile::resume(name, smallHeader());
  QVERIFY(file);
  QCOMPARE((*file)->lastStay(), 3);
  QCOMPARE((*file)->stays(), 3U);
}

/// A process that ends in the middle, without a chance to clean up.
void TestSweepFile::killedGoesOn() {
  const std::string name = path("killed.sqlite"), whole = path("whole.sqlite");
  const pid_t child = fork();
  if (child == 0) {
    const auto file = filled(name, 1, 40);
    if (!file || !file->flush()) _exit(1);
    for (std::int64_t stay = 41; stay < 10000; ++stay)  // commits by itself now and then
      if (!file->add(rowOf(stay))) _exit(1);
    _exit(7);
  }
  int status = 0;
  QCOMPARE(waitpid(child, &status, 0), child);
  QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 7);
  auto file = SweepFile::resume(name, smallHeader());
  QVERIFY(file);
  const std::int64_t last = (*file)->lastStay();
  QVERIFY2(last > 40 && last < 9999, qPrintable(QString::number(last)));
  QCOMPARE((*file)->stays(), static_cast<std::size_t>(last));
  QVERIFY(!(*file)->complete());
  for (std::int64_t stay = last + 1; stay <= 10000; ++stay) QVERIFY((*file)->add(rowOf(stay)));
  QVERIFY((*file)->finish());
  const auto uninterrupted = filled(whole, 1, 10000);
  QVERIFY(uninterrupted && uninterrupted->finish());
  QCOMPARE((*file)->stays(), 10000U);
  QVERIFY(csvOf(**file) == csvOf(*uninterrupted));
}

void TestSweepFile::completeIsKnown() {
  const std::string name = path("complete.sqlite");
  {
    const auto file = filled(name, 1, 3);
    QVERIFY(file && !file->complete() && file->finish() && file->complete());
  }
  auto file = SweepFile::resume(name, smallHeader());
  QVERIFY(file && (*file)->complete());
  const auto again = SweepFile::create(name, smallHeader());
  QVERIFY(!again && again.error().what.find("there already") != std::string::npos);
}

void TestSweepFile::anotherSweepIsRefused_data() {
  QTest::addColumn<int>("field");
  QTest::addColumn<QString>("said");
  QTest::newRow("model") << 0 << "another model";
  QTest::newRow("cohort") << 1 << "another cohort";
  QTest::newRow("split") << 2 << "another split";
  QTest::newRow("change") << 3 << "another change";
  QTest::newRow("stays") << 4 << "another number of stays";
  QTest::newRow("masks") << 5 << "another list of masks";
  QTest::newRow("modalities") << 6 << "another list of modalities";
}

void TestSweepFile::anotherSweepIsRefused() {
  QFETCH(int, field);
  QFETCH(QString, said);
  const std::string name = path(QTest::currentDataTag());
  QVERIFY(filled(name, 1, 3)->flush());
  SweepHeader header = smallHeader();
  if (field == 0) header.modelDigest = "other";
  if (field == 1) header.cohortDigest = "other";
  if (field == 2) header.split = "train";
  if (field == 3) header.intervention = "top-k 1";
  if (field == 4) header.most = 100;
  if (field == 5) header.masks = {0, 3, 1};
  if (field == 6) header.modalities = {"notes", "ecg"};
  const std::string before = readBytes(name);
  const auto file = SweepFile::resume(name, header);
  QVERIFY(!file);
  QVERIFY2(QString::fromStdString(file.error().what).contains(said), file.error().what.c_str());
  QVERIFY(readBytes(name) == before);
  QVERIFY(SweepFile::resume(name, smallHeader()));
}

void TestSweepFile::malformed_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("sql");
  QTest::newRow("empty") << QByteArray() << QString();
  QTest::newRow("text") << QByteArray(5000, 'x') << QString();
  QTest::newRow("header alone") << QByteArray("SQLite format 3\0", 16) << QString();
  QTest::newRow("another database") << QByteArray() << "CREATE TABLE stay(stay_id INTEGER)";
  QTest::newRow("no meta") << QByteArray("filled") << "DROP TABLE meta";
  QTest::newRow("no state") << QByteArray("filled") << "DROP TABLE state";
  QTest::newRow("a version to come") << QByteArray("filled") << "UPDATE meta SET value = '2' WHERE key = 'version'";
  QTest::newRow("half a stay") << QByteArray("filled") << "DELETE FROM state WHERE stay_id = 2 AND mask_id = 1";
}

void TestSweepFile::malformed() {
  QFETCH(QByteArray, bytes);
  QFETCH(QString, sql);
  const std::string name = path(QTest::currentDataTag());
  if (bytes == "filled")
    QVERIFY(filled(name, 1, 3)->flush());
  else
    writeBytes(name, bytes.toStdString());
  if (!sql.isEmpty()) execSql(name, sql.toStdString());
  const auto file = SweepFile::resume(name, smallHeader());
  QVERIFY(!file);
  QVERIFY2(file.error().what.find(name) != std::string::npos, file.error().what.c_str());
}

void TestSweepFile::cannotBeWritten() {
  const auto created = SweepFile::create("/no/folder/sweep.sqlite", smallHeader());
  QVERIFY(!created && created.error().what.find("/no/folder") != std::string::npos);
  const auto resumed = SweepFile::resume(path("none.sqlite"), smallHeader());
  QVERIFY(!resumed && resumed.error().what.find("none.sqlite") != std::string::npos);
  QVERIFY(!QFile::exists(m_folder.filePath("none.sqlite")));
}

/// Rows that are missing are found while the CSV is written; what was in its place stays.
void TestSweepFile::csvIsWholeOrNot() {
  const std::string name = path("rows.sqlite"), csv = path("rows.csv");
  QVERIFY(filled(name, 1, 3)->finish());
  execSql(name, "DELETE FROM drift WHERE stay_id = 3 AND layer = 2 AND router_id = 1 AND mask_id = 2");
  writeBytes(csv, "before");
  auto file = SweepFile::resume(name, smallHeader());
  QVERIFY(file);
  const auto written = (*file)->writeCsv(csv);
  QVERIFY(!written && written.error().what.find("damaged") != std::string::npos);
  QCOMPARE(readBytes(csv), std::string("before"));
  QVERIFY(!(*file)->writeCsv("/no/folder/sweep.csv"));
}

QTEST_APPLESS_MAIN(TestSweepFile)
#include "tst_sweep_file.moc"
