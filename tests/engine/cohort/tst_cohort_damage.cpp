#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <functional>
#include <random>

#include "cohort/cohort_store.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

/// What a cohort that is not as it should be does to the reader: a clear error each time, never a crash.
class TestCohortDamage : public QObject {
  Q_OBJECT
  using Damage = std::function<void(const std::string& path)>;

 private Q_SLOTS:
  void init();
  void refusesToOpen_data();
  void refusesToOpen();
  void refusesToRead_data();
  void refusesToRead();
  void refusesToList_data();
  void refusesToList();
  void randomDamage();

 private:
  QTemporaryDir m_directory;
  std::string m_path;
};
Q_DECLARE_METATYPE(std::function<void(const std::string& path)>)

void TestCohortDamage::init() {
  m_path = m_directory.filePath("cohort.sqlite").toStdString();
  writeSmallCohort(m_path, 40);
}

void TestCohortDamage::refusesToOpen_data() {
  QTest::addColumn<Damage>("damage");
  QTest::addColumn<QString>("what");
  const auto row = [](const char* name, Damage damage, const char* what) { QTest::newRow(name) << damage << what; };
  const auto sql = [&row](const char* name, const std::string& statement, const char* what) {
    row(
        name, [statement](const std::string& path) { execSql(path, statement); }, what);
  };
  row(
      "missing", [](const std::string& path) { std::remove(path.c_str()); }, "There is no cohort file");
  row(
      "directory",
      [](const std::string& path) {
        std::remove(path.c_str());
        QDir().mkdir(QString::fromStdString(path));
      },
      "is not a file");
  row(
      "empty", [](const std::string& path) { writeBytes(path, ""); }, "is empty");
  row(
      "text", [](const std::string& path) { writeBytes(path, std::string(5000, 'x')); }, "is not a cohort database");
  row(
      "short text", [](const std::string& path) { writeBytes(path, "stay_id,hour\n1,2\n"); },
      "is not a cohort database");
  row(
      "random bytes",
      [](const std::string& path) {
        std::mt19937_64 random(1);
        std::string bytes(20000, 0);
        for (char& byte : bytes) byte = static_cast<char>(random());
        writeBytes(path, bytes);
      },
      "is not a cohort database");
  row(
      "cut in half",
      [](const std::string& path) {
        const auto bytes = readBytes(path);
        writeBytes(path, bytes.substr(0, bytes.size() / 2));
      },
      "is damaged");
  row(
      "header alone", [](const std::string& path) { writeBytes(path, readBytes(path).substr(0, 100)); }, "is damaged");
  row(
      "first page alone", [](const std::string& path) { writeBytes(path, readBytes(path).substr(0, 4096)); },
      "is damaged");
  row(
      "other database",
      [](const std::string& path) {
        std::remove(path.c_str());
        execSql(path, "CREATE TABLE contacts(name)");
      },
      "but not a cohort");
  sql("newer version", "UPDATE meta SET value = '2' WHERE key = 'schema_version'", "has schema version 2");
  sql("version no number", "UPDATE meta SET value = '1.x' WHERE key = 'schema_version'", "is no number");
  sql("version zero", "UPDATE meta SET value = '0' WHERE key = 'schema_version'", "is no number");
  sql("no version", "DELETE FROM meta WHERE key = 'schema_version'", "does not say which schema version");
  for (const char* table : {"modality", "variable", "task", "task_label", "stay", "split", "label", "observation",
                            "event", "static_value", "document"}) {
    const std::string name = table;
    QTest::addRow("no %s", table) << Damage([name](const std::string& path) { execSql(path, "DROP TABLE " + name); })
                                  << QString::fromStdString("the table " + name + " is missing");
  }
  sql("no meta", "DROP TABLE meta", "but not a cohort");
  sql("column missing", "ALTER TABLE observation DROP COLUMN value", "the table observation has other columns");
  sql("column added", "ALTER TABLE stay ADD COLUMN born TEXT", "the table stay has other columns");
  sql("view in place of a table", "DROP TABLE split; CREATE VIEW split AS SELECT stay_id, 'train' AS part FROM stay",
      "the table split is missing");
  sql("window no number", "UPDATE meta SET value = 'long' WHERE key = 'window_hours'", "window_hours");
  sql("window infinite", "UPDATE meta SET value = 'inf' WHERE key = 'window_hours'", "window");
  sql("window negative", "UPDATE meta SET value = '-1' WHERE key = 'window_hours'", "window");
  sql("window missing", "DELETE FROM meta WHERE key = 'window_hours'", "window_hours");
  sql("count no number", "UPDATE meta SET value = 'many' WHERE key = 'import.rows.kept'", "the count import.rows.kept");
  sql("unknown kind", "UPDATE modality SET kind = 'video' WHERE modality_id = 1", "unknown kind \"video\"");
  sql("width zero", "UPDATE modality SET width = 0 WHERE modality_id = 1", "width 0");
  sql("width absurd", "UPDATE modality SET width = 1000000000000 WHERE modality_id = 1", "absurd width");
  sql("modality gap", "UPDATE modality SET modality_id = 9 WHERE modality_id = 3", "without a gap");
  sql("no modality", "DELETE FROM modality; DELETE FROM variable", "0 modalities");
  sql("variable of nothing", "UPDATE variable SET modality_id = 8 WHERE variable_id = 3", "belongs to no modality");
  sql("variable gap", "DELETE FROM variable WHERE variable_id = 1", "out of order");
  sql("unknown task kind", "UPDATE task SET kind = 'guess'", "of unknown kind");
  sql("label gap", "DELETE FROM task_label WHERE task_id = 1 AND position = 0", "have a gap");
  sql("label of nothing", "INSERT INTO task_label VALUES(7, 0, 'x')", "belongs to no task");
  sql("task without labels", "DELETE FROM task_label WHERE task_id = 0", "has no label");
}

void TestCohortDamage::refusesToOpen() {
  QFETCH(Damage, damage);
  QFETCH(QString, what);
  damage(m_path);
  const auto store = CohortStore::open(m_path);
  QDir().rmdir(QString::fromStdString(m_path));
  QVERIFY(!store);
  const QString said = QString::fromStdString(store.error().what);
  QVERIFY2(said.contains(what), qPrintable(said + " / " + QString::fromStdString(store.error().detail)));
  QVERIFY2(said.contains(QString::fromStdString(m_path)), qPrintable(said));
  QVERIFY(!store.error().hint.empty());
}

void TestCohortDamage::refusesToRead_data() {
  QTest::addColumn<QString>("sql");
  QTest::addColumn<QString>("what");
  const auto row = [](const char* name, const char* sql, const char* what) { QTest::newRow(name) << sql << what; };
  row("vector too short", "INSERT INTO event VALUES(10, 1, 50, 9, '', x'0000803F0000803F')", "8 bytes where 12 belong");
  row("vector empty", "INSERT INTO event VALUES(10, 1, 50, 9, '', x'')", "0 bytes where 12 belong");
  row("vector too long", "INSERT INTO event VALUES(10, 1, 50, 9, '', zeroblob(1000000))",
      "1000000 bytes where 12 belong");
  row("vector NaN", "INSERT INTO event VALUES(10, 1, 50, 9, '', x'000000000000C07F00000000')", "not finite");
  row("event of a series", "INSERT INTO event VALUES(10, 0, 50, 9, '', zeroblob(12))", "has no vectors");
  row("event of nothing", "INSERT INTO event VALUES(10, 77, 50, 9, '', zeroblob(12))", "has no vectors");
  row("event late", "INSERT INTO event VALUES(10, 1, 50, 48.6, '', zeroblob(12))", "outside the window");
  row("event hour infinite", "INSERT INTO event VALUES(10, 1, 50, 9e999, '', zeroblob(12))", "outside the window");
  row("events out of order",
      "INSERT INTO event VALUES(10, 1, 50, 9, '', zeroblob(12)); INSERT INTO event VALUES(10, 1, 51, 8, '', "
      "zeroblob(12))",
      "not in order of time");
  row("value infinite", "INSERT INTO observation VALUES(10, 0, 9.01, 9e999)", "a value of hr is not finite");
  row("value beyond float", "INSERT INTO observation VALUES(10, 0, 9.01, 1e300)", "a value of hr is not finite");
  row("hour negative", "INSERT INTO observation VALUES(10, 0, -1, 1)", "lies outside the window");
  row("hour late", "INSERT INTO observation VALUES(10, 1, 48.51, 1)", "lies outside the window");
  row("hour infinite", "INSERT INTO observation VALUES(10, 1, 9e999, 1)", "lies outside the window");
  row("observation of nothing", "INSERT INTO observation VALUES(10, 99, 1, 1)", "variable 99, which is no series");
  row("observation of a static", "INSERT INTO observation VALUES(10, 2, 1, 1)", "variable 2, which is no series");
  row("static value of a series", "INSERT INTO static_value VALUES(10, 0, 1)", "variable 0, which is not static");
  row("static value infinite", "DELETE FROM static_value; INSERT INTO static_value VALUES(10, 2, -9e999)",
      "not finite");
  row("label infinite", "DELETE FROM label; INSERT INTO label VALUES(10, 0, 0, 9e999)", "not finite");
  row("label of nothing", "INSERT INTO label VALUES(10, 5, 0, 1)", "a label of task 5");
  row("label too many", "INSERT INTO label VALUES(10, 0, 3, 1)", "a label of task 0");
}

void TestCohortDamage::refusesToRead() {
  QFETCH(QString, sql);
  QFETCH(QString, what);
  execSql(m_path, sql.toStdString());
  const auto store = CohortStore::open(m_path);
  QVERIFY(store);
  const auto sample = (*store)->read(10);
  QVERIFY(!sample);
  QVERIFY2(sample.error().what.starts_with("Stay 10 of " + m_path), sample.error().what.c_str());
  QVERIFY2(sample.error().what.find(what.toStdString()) != std::string::npos, sample.error().what.c_str());
  int visits = 0;
  const auto visited = (*store)->visit("", [&](const SamplePtr&) { return ++visits > 0; });
  QVERIFY(!visited);
  QCOMPARE(visited.error().what, sample.error().what);
  QCOMPARE(visits, 0);
  // The other stays are as readable as before, also after the failure.
  QVERIFY((*store)->read(13));
}

void TestCohortDamage::refusesToList_data() {
  QTest::addColumn<QString>("sql");
  QTest::newRow("unknown modality") << "UPDATE stay SET present = 16 WHERE stay_id = 13";
  QTest::newRow("negative mask") << "UPDATE stay SET present = -1 WHERE stay_id = 13";
  QTest::newRow("unknown part") << "INSERT OR REPLACE INTO split VALUES(13, 'holdout')";
  QTest::newRow("label infinite") << "INSERT OR REPLACE INTO label VALUES(13, 0, 0, 9e999)";
  QTest::newRow("label too many") << "INSERT INTO label VALUES(13, 0, 1, 1)";
}

void TestCohortDamage::refusesToList() {
  QFETCH(QString, sql);
  execSql(m_path, sql.toStdString());
  const auto store = CohortStore::open(m_path);
  QVERIFY(store);
  const auto stays = (*store)->stays();
  QVERIFY(!stays);
  QVERIFY2(stays.error().what.starts_with("Stay 13 of " + m_path), stays.error().what.c_str());
}

void TestCohortDamage::randomDamage() {
  // Bytes overwritten anywhere: whatever happens is an Error or a whole read, and most damage to the structure is
  // noticed.
  const std::string sound = readBytes(m_path);
  std::mt19937_64 random(7);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string bytes = sound;
    for (int i = 0; i < 64; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    writeBytes(m_path, bytes);
    const auto store = CohortStore::open(m_path);
    const bool read = store && (*store)->visit("", [](const SamplePtr&) { return true; }) && (*store)->stays();
    if (!read) ++refused;
  }
  QVERIFY2(refused > 100, qPrintable(QString("only %1 of 300 noticed").arg(refused)));
}

QTEST_APPLESS_MAIN(TestCohortDamage)
#include "tst_cohort_damage.moc"
