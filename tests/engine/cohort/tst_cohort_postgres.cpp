// What a server can do to a cohort that a file cannot: end in the middle, refuse, be written to by others.
#include <QTemporaryDir>
#include <QtTest>
#include <functional>
#include <thread>

#include "base/database_url.h"
#include "cohort/cohort_copy.h"
#include "cohort/cohort_store.h"
#include "cohort/cohort_writer.h"
#include "cohort_fixture.h"
#include "postgres_server.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// Enough for more than one COPY of a table, and for more than one fetch from a cursor.
constexpr int kManyStays = 3000;

bool says(const Error& error, const char* text) {
  return error.line().find(text) != std::string::npos;
}

/// Adds stays of ids from 1 on until `count` or an error.
Result<void> addMany(CohortWriter& writer, int count, const std::function<void(int)>& before = {}) {
  for (int i = 1; i <= count; ++i) {
    if (before) before(i);
    if (auto added = writer.add(smallSample(i, static_cast<std::uint64_t>(i)), "train"); !added) return added;
  }
  return {};
}

}  // namespace

class TestCohortPostgres : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void unfinishedLeavesNothing();
  void replacedAsAWhole();
  void lostWhileWriting_data();
  void lostWhileWriting();
  void lostWhileReading_data();
  void lostWhileReading();
  void lostWhileVisiting();
  void replacedWhileOpen();
  void replacedWhileVisited();
  void twoImportsAtOnce();
  void namesAreQuoted_data();
  void namesAreQuoted();
  void namesAreRefused_data();
  void namesAreRefused();
  void connectionRefused_data();
  void connectionRefused();
  void passwordIsUsedAndHidden();
  void rightsAreMissing();
  void somethingElseIsNotReplaced_data();
  void somethingElseIsNotReplaced();
  void damagedCohort_data();
  void damagedCohort();
  void writtenOnce();
  void textThatNoDatabaseHolds();

 private:
  QStringList schemas() const;
  std::string small(const std::string& cohort = "small") const { return m_server.url(cohort); }

  PostgresServer m_server;
};

void TestCohortPostgres::initTestCase() {
  if (!m_server.running()) QSKIP(qPrintable(m_server.why()));
}

void TestCohortPostgres::init() {
  writeSmallCohort(small(), 40);
}

/// Nothing of a test is left but whole cohorts: no schema half written or replaced, no large object.
void TestCohortPostgres::cleanup() {
  if (!m_server.running()) return;
  for (const QString& name : schemas()) QVERIFY2(!name.startsWith("fusemoe_"), qPrintable(name));
  QCOMPARE(m_server.sql("SELECT count(*) FROM pg_largeobject_metadata"), QStringLiteral("0"));
  m_server.sql("DROP SCHEMA IF EXISTS small CASCADE; DROP OWNED BY tester");
}

QStringList TestCohortPostgres::schemas() const {
  return m_server.sql("SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema|public)' ORDER BY 1")
      .split('\n', Qt::SkipEmptyParts);
}

void TestCohortPostgres::unfinishedLeavesNothing() {
  {
    auto writer = CohortWriter::create(small("other"), smallInfo());
    QVERIFY(writer && addMany(*writer, kManyStays));
    QCOMPARE(schemas(), QStringList{"small"});  // not to be seen by others
  }
  {
    auto writer = CohortWriter::create(small(), smallInfo());
    QVERIFY(writer && writer->add(smallSample(5, 1), "train"));
    QVERIFY(!writer->add(smallSample(5, 1), "train"));
  }
  QCOMPARE(schemas(), QStringList{"small"});
  QCOMPARE(CohortStore::open(small()).value()->count("").value(), 40U);
}

void TestCohortPostgres::replacedAsAWhole() {
  const std::string before = CohortStore::open(small()).value()->info().digest;
  auto writer = CohortWriter::create(small(), smallInfo());
  QVERIFY(writer && addMany(*writer, 7));
  QCOMPARE(CohortStore::open(small()).value()->info().digest, before);
  QVERIFY(writer->commit({{"n", 7}}));
  const auto store = CohortStore::open(small()).value();
  QCOMPARE(store->count("").value(), 7U);
  QCOMPARE(store->info().importCounts.at("n"), 7);
  QVERIFY(store->info().digest != before);
  QCOMPARE(schemas(), QStringList{"small"});
}

/// Ways to lose a connection; `restart` says whether the server must be started again.
using Loss = std::function<void(PostgresServer&)>;

void terminate(PostgresServer& server) {
  server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tester' AND pid <> pg_backend_pid()");
}

void crash(PostgresServer& server) {
  server.kill();
  server.start();
}

void TestCohortPostgres::lostWhileWriting_data() {
  QTest::addColumn<bool>("crash");
  QTest::addColumn<int>("at");
  for (const bool crashes : {false, true})
    for (const int at : {1, kManyStays / 2, 0})
      QTest::addRow("%s at %d", crashes ? "crash" : "terminated", at) << crashes << at;
}

void TestCohortPostgres::lostWhileWriting() {
  QFETCH(bool, crash);
  QFETCH(int, at);
  const Loss lose = crash ? ::crash : terminate;
  const std::string before = CohortStore::open(small()).value()->info().digest;
  {
    auto writer = CohortWriter::create(small(), smallInfo());
    QVERIFY(writer);
    Result<void> written = addMany(*writer, kManyStays, [&](int stay) {
      if (stay == at) lose(m_server);
    });
    if (at == 0) {
      QVERIFY(written);
      lose(m_server);  // in the last moment before the end
    }
    if (written) written = writer->commit({});
    QVERIFY(!written);
    QVERIFY2(says(written.error(), "was lost"), written.error().line().c_str());
  }
  const auto store = CohortStore::open(small());
  QVERIFY2(store, store ? "" : store.error().line().c_str());
  QCOMPARE((*store)->info().digest, before);
  QCOMPARE(schemas(), QStringList{"small"});
  writeSmallCohort(small(), 3);
  QCOMPARE(CohortStore::open(small()).value()->count("").value(), 3U);
}

void TestCohortPostgres::lostWhileReading_data() {
  QTest::addColumn<bool>("crash");
  QTest::newRow("terminated") << false;
  QTest::newRow("crash") << true;
}

void TestCohortPostgres::lostWhileReading() {
  QFETCH(bool, crash);
  const auto store = CohortStore::open(small()).value();
  const SamplePtr before = store->read(10).value();
  const std::vector<std::function<Result<void>()>> questions = {
      [&] { return store->read(10).map([](const SamplePtr&) {}); },
      [&] { return store->stays().map([](const auto&) {}); },
      [&] { return store->count("train").map([](std::size_t) {}); },
      [&] { return store->documents(10).map([](const auto&) {}); },
      [&] { return store->visit("", [](const SamplePtr&) { return true; }); }};
  for (const auto& ask : questions) {
    QVERIFY(ask());
    crash ? ::crash(m_server) : terminate(m_server);
    const Result<void> lost = ask();
    QVERIFY(!lost);
    QVERIFY2(says(lost.error(), "was lost"), lost.error().line().c_str());
    const Result<void> again = ask();
    QVERIFY2(again, again ? "" : again.error().line().c_str());
    if (crash) return;  // starting a server takes time; once will do
  }
  QVERIFY(!store->read(10));  // visits have a connection of their own; this one was lost beside it
  QVERIFY(store->read(10).value()->modalities == before->modalities);
  m_server.kill();
  const auto lost = store->read(10), down = store->read(10);
  m_server.start();
  QVERIFY2(!lost && says(lost.error(), "was lost"), lost ? "" : lost.error().line().c_str());
  QVERIFY2(!down && says(down.error(), "cannot be reached"), down ? "" : down.error().line().c_str());
  QVERIFY(store->read(10));
}

void TestCohortPostgres::lostWhileVisiting() {
  {
    auto writer = CohortWriter::create(small(), smallInfo());
    QVERIFY(writer && addMany(*writer, kManyStays) && writer->commit({}));
  }
  const auto store = CohortStore::open(small()).value();
  int visits = 0;
  const auto lost = store->visit("train", [&](const SamplePtr&) {
    if (++visits == 5) terminate(m_server);
    return true;
  });
  QVERIFY(!lost);
  QVERIFY2(says(lost.error(), "was lost"), lost.error().line().c_str());
  QVERIFY(visits >= 5 && visits < kManyStays);
  visits = 0;
  QVERIFY(store->visit("train", [&](const SamplePtr&) { return ++visits > 0; }));
  QCOMPARE(visits, kManyStays);
}

void TestCohortPostgres::replacedWhileOpen() {
  const auto store = CohortStore::open(small()).value();
  QVERIFY(store->read(10) && store->visit("", [](const SamplePtr&) { return false; }));
  writeSmallCohort(small(), 3);
  QVERIFY(says(store->read(10).error(), "was replaced or removed"));
  QVERIFY(says(store->stays().error(), "was replaced or removed"));
  QVERIFY(says(store->visit("", [](const SamplePtr&) { return true; }).error(), "was replaced or removed"));
  m_server.sql("DROP SCHEMA small CASCADE");
  QVERIFY(!store->read(10));
  QVERIFY(says(CohortStore::open(small()).error(), "There is no cohort \"small\""));
}

void TestCohortPostgres::replacedWhileVisited() {
  const auto store = CohortStore::open(small()).value();
  int visits = 0;
  const auto visited = store->visit("", [&](const SamplePtr&) {
    if (++visits == 1) writeSmallCohort(small(), 3);
    return true;
  });
  QVERIFY2(visited, visited ? "" : visited.error().line().c_str());
  QCOMPARE(visits, 40);
  // What was still read could not be dropped then; the next import does.
  QCOMPARE(schemas().size(), 2);
  writeSmallCohort(small(), 4);
  QCOMPARE(schemas(), QStringList{"small"});
}

void TestCohortPostgres::twoImportsAtOnce() {
  auto first = CohortWriter::create(small(), smallInfo());
  auto second = CohortWriter::create(small(), smallInfo());
  QVERIFY(first && second && addMany(*first, 11) && addMany(*second, 12));
  QVERIFY(second->commit({}));
  QCOMPARE(CohortStore::open(small()).value()->count("").value(), 12U);
  QVERIFY(first->commit({}));
  QCOMPARE(CohortStore::open(small()).value()->count("").value(), 11U);
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        auto writer = CohortWriter::create(small(), smallInfo());
        if (!writer || !addMany(*writer, 20 + t) || !writer->commit({})) ++failed;
      });
  }
  QCOMPARE(failed.load(), 0);
  const std::size_t stays = CohortStore::open(small()).value()->count("").value();
  QVERIFY(stays >= 20 && stays < 24);
  QCOMPARE(schemas(), QStringList{"small"});
}

void TestCohortPostgres::namesAreQuoted_data() {
  QTest::addColumn<QString>("name");
  for (const char* name : {"a b", "UPPER", "a\"b", "a'b", "a;b--c", "\"; DROP SCHEMA small CASCADE; --", "größe 😀",
                           "%s", "select", "a\\b", "$1:stay", "x=y&z#?"})
    QTest::newRow(name) << QString::fromUtf8(name);
}

void TestCohortPostgres::namesAreQuoted() {
  QFETCH(QString, name);
  const std::string url = small(QUrl::toPercentEncoding(name).toStdString());
  for (const int stays : {3, 4}) {  // written, then replaced
    writeSmallCohort(url, stays);
    const auto store = CohortStore::open(url);
    QVERIFY2(store, store ? "" : store.error().line().c_str());
    QCOMPARE((*store)->count("").value(), static_cast<std::size_t>(stays));
    QVERIFY((*store)->read(10));
  }
  QVERIFY(schemas().contains(name));
  QVERIFY(schemas().contains("small"));
  QCOMPARE(CohortStore::open(small()).value()->count("").value(), 40U);
}

void TestCohortPostgres::namesAreRefused_data() {
  QTest::addColumn<QString>("name");
  for (const QString& name : {QString(64, 'x'), QStringLiteral("pg_mine"), QStringLiteral("information_schema"),
                              QStringLiteral("fusemoe_old_1"), QStringLiteral("a%0Ab"), QStringLiteral("a%00b")})
    QTest::newRow(qPrintable(name)) << name;
  QTest::newRow("empty") << QString();
}

void TestCohortPostgres::namesAreRefused() {
  QFETCH(QString, name);
  const std::string url = m_server.url() + "&cohort=" + name.toStdString();
  const auto written = CohortWriter::create(url, smallInfo());
  QVERIFY(!written);
  QVERIFY2(says(written.error(), "cannot be the name"), written.error().line().c_str());
  QVERIFY(says(CohortStore::open(url).error(), "cannot be the name"));
}

void TestCohortPostgres::connectionRefused_data() {
  QTest::addColumn<QString>("url");
  QTest::addColumn<QString>("reason");
  const QString socket = QString::fromStdString(m_server.url()).section('?', 1);
  const auto row = [&](const char* name, const QString& url, const char* reason) {
    QTest::newRow(name) << url << reason;
  };
  row("no such database", "postgresql://tester:hemlig@/none?" + socket, "no database of the name");
  row("no such cohort", "postgresql://tester:hemlig@/cohorts?cohort=none&" + socket, "There is no cohort \"none\"");
  row("no such role", "postgresql://nobodyatall:hemlig@/cohorts?" + socket, "does not let the user");
  row("rejected role", "postgresql://rejected:hemlig@/cohorts?" + socket, "does not let the user");
  row("wrong password", "postgresql://guarded:hemlig@/cohorts?" + socket, "refuses the user or the password");
  row("wrong password as option", "postgresql://guarded@/cohorts?password=hemlig&" + socket, "refuses the user");
  row("no password", "postgresql://guarded@/cohorts?passfile=/nowhere&" + socket, "asks for a password");
  row("no server at the socket", "postgresql://tester:hemlig@/cohorts?host=/nowhere", "cannot be reached");
  row("no server at the port", "postgresql://tester:hemlig@127.0.0.1:1/cohorts", "cannot be reached");
  row("unknown option", "postgresql://tester:hemlig@/cohorts?speed=hemlig&" + socket,
      "option that libpq does not know");
  row("port too large", "postgresql://tester:hemlig@127.0.0.1:99999/cohorts", "cannot be reached");
  row("bad encoding", "postgresql://tester:hem%lig@/cohorts?" + socket, "percent code");
}

void TestCohortPostgres::connectionRefused() {
  QFETCH(QString, url);
  QFETCH(QString, reason);
  const Error opened = CohortStore::open(url.toStdString()).error();
  QVERIFY2(says(opened, qPrintable(reason)), opened.line().c_str());
  QVERIFY2((opened.line() + opened.detail).find("hem") == std::string::npos || reason.contains("option"),
           (opened.line() + opened.detail).c_str());
  QVERIFY(opened.line().find(":hem") == std::string::npos);
  if (reason.startsWith("There is no cohort")) return;  // which is no reason not to write one
  const auto written = CohortWriter::create(url.toStdString(), smallInfo());
  QVERIFY(!written && says(written.error(), qPrintable(reason)));
}

void TestCohortPostgres::passwordIsUsedAndHidden() {
  // What a connection string may break at.
  const QString password = QStringLiteral("h'e\\m \"l=i@g/%:?&#ä singlerows=true");
  m_server.sql("CREATE ROLE guarded LOGIN PASSWORD 'x'; GRANT CREATE ON DATABASE cohorts TO guarded");
  m_server.sql("ALTER ROLE guarded PASSWORD '" + QString(password).replace('\'', "''") + '\'');
  const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(password));
  const std::string socket = m_server.url().substr(m_server.url().find('?'));
  const std::string url = "postgresql://guarded:" + encoded.toStdString() + "@/cohorts" + socket + "&cohort=hidden";
  writeSmallCohort(url, 3);
  const auto store = CohortStore::open(url);
  QVERIFY2(store, store ? "" : store.error().line().c_str());
  QCOMPARE((*store)->info().path, "postgresql://guarded@/cohorts" + socket + "&cohort=hidden");
  const std::string plain = "postgresql://guarded@/cohorts" + socket + "&cohort=hidden";
  const auto typed = CohortStore::open(withPassword(plain, password.toStdString()));
  QVERIFY2(typed, typed ? "" : typed.error().line().c_str());
  QCOMPARE((*typed)->info().digest, (*store)->info().digest);
  qputenv("PGPASSWORD", password.toUtf8());
  QVERIFY(CohortStore::open(plain));
  qunsetenv("PGPASSWORD");
  QVERIFY((*store)->read(11).error().line().find("@") == (*store)->read(11).error().line().find("guarded@") + 7);
  m_server.sql("DROP OWNED BY guarded; DROP ROLE guarded");
}

void TestCohortPostgres::rightsAreMissing() {
  m_server.sql("CREATE ROLE reader LOGIN");
  const std::string url = m_server.url("small", "reader");
  QVERIFY(says(CohortStore::open(url).error(), "You may not read"));
  QVERIFY(says(CohortWriter::create(url, smallInfo()).error(), "You may not write"));
  m_server.sql("GRANT USAGE ON SCHEMA small TO reader");
  QVERIFY(says(CohortStore::open(url).error(), "You may not"));
  m_server.sql("GRANT SELECT ON ALL TABLES IN SCHEMA small TO reader");
  const auto store = CohortStore::open(url);
  QVERIFY2(store, store ? "" : store.error().line().c_str());
  QVERIFY((*store)->read(10));
  m_server.sql("REVOKE SELECT ON small.observation FROM reader");
  QVERIFY(says((*store)->read(10).error(), "You may not"));
  m_server.sql("GRANT CREATE ON DATABASE cohorts TO reader");
  QVERIFY(says(CohortWriter::create(url, smallInfo()).error(), "belongs to another role"));
  m_server.sql("REVOKE CONNECT ON DATABASE cohorts FROM PUBLIC");
  QVERIFY(says(CohortStore::open(url).error(), "You may not connect"));
  m_server.sql("GRANT CONNECT ON DATABASE cohorts TO PUBLIC; DROP OWNED BY reader; DROP ROLE reader");
}

void TestCohortPostgres::somethingElseIsNotReplaced_data() {
  QTest::addColumn<QString>("sql");
  QTest::newRow("empty") << "";
  QTest::newRow("table") << "CREATE TABLE mine.patients(id int)";
  QTest::newRow("cohort and a table") << "ALTER SCHEMA small RENAME TO mine; CREATE TABLE mine.patients(id int)";
  QTest::newRow("cohort and a view") << "CREATE TABLE mine.meta(key text); CREATE VIEW mine.v AS SELECT 1";
  QTest::newRow("function") << "CREATE TABLE mine.meta(key text); CREATE FUNCTION mine.f() RETURNS int AS 'SELECT 1' "
                               "LANGUAGE sql";
}

void TestCohortPostgres::somethingElseIsNotReplaced() {
  QFETCH(QString, sql);
  if (!sql.startsWith("ALTER")) m_server.sql("CREATE SCHEMA mine AUTHORIZATION tester");
  if (!sql.isEmpty()) m_server.sql(sql);
  const auto written = CohortWriter::create(small("mine"), smallInfo());
  QVERIFY(!written);
  QVERIFY2(says(written.error(), "holds something else"), written.error().line().c_str());
  m_server.sql("DROP SCHEMA mine CASCADE");
}

void TestCohortPostgres::damagedCohort_data() {
  QTest::addColumn<QString>("sql");
  QTest::addColumn<QString>("reason");
  const auto row = [](const char* name, const char* sql, const char* reason) { QTest::newRow(name) << sql << reason; };
  row("newer schema", "UPDATE small.meta SET value = '2' WHERE key = 'schema_version'", "has schema version 2");
  row("no version", "DELETE FROM small.meta WHERE key = 'schema_version'", "does not say which schema version");
  row("no meta", "DROP TABLE small.meta", "it has no table meta");
  row("no digest", "DELETE FROM small.meta WHERE key = 'content_sha256'", "does not say which content");
  row("bad digest", "UPDATE small.meta SET value = 'x' WHERE key = 'content_sha256'", "no SHA-256");
  row("table missing", "DROP TABLE small.event", "the table event is missing");
  row("column missing", "ALTER TABLE small.event DROP COLUMN code", "the table event has other columns");
  row("column added", "ALTER TABLE small.stay ADD COLUMN age int", "the table stay has other columns");
  row("column of another type", "ALTER TABLE small.label ALTER COLUMN value TYPE text", "the table label has other");
  row("view instead", "ALTER TABLE small.split RENAME TO s; CREATE VIEW small.split AS SELECT * FROM small.s",
      "the table split is missing");
  row("NaN", "UPDATE small.observation SET value = 'NaN'", "is not finite");
  row("infinite", "UPDATE small.observation SET value = '-Infinity'", "is not finite");
  row("too large for float", "UPDATE small.observation SET value = 1e300", "is not finite");
  row("outside the window", "UPDATE small.observation SET hour = -1 - hour", "lies outside the window");
  row("unknown variable", "UPDATE small.observation SET variable_id = variable_id + 100", "which is no series");
  row("short vector", "UPDATE small.event SET vector = 'ab'", "bytes where");
  row("empty vector", "UPDATE small.event SET vector = ''", "bytes where");
  row("unknown task", "UPDATE small.label SET task_id = task_id + 9", "which does not exist");
  row("unknown modality", "UPDATE small.stay SET present = 4096", "names modalities that do not exist");
  row("unknown part", "UPDATE small.split SET part = 'x'", "unknown part");
}

void TestCohortPostgres::damagedCohort() {
  QFETCH(QString, sql);
  QFETCH(QString, reason);
  m_server.sql(sql);
  const auto store = CohortStore::open(small());
  Result<void> read = store ? Result<void>() : failure(store.error());
  if (store) {
    read = (*store)->visit("", [](const SamplePtr&) { return true; });
    if (read) read = (*store)->stays().map([](const auto&) {});
  }
  QVERIFY(!read);
  QVERIFY2(says(read.error(), qPrintable(reason)), read.error().line().c_str());
}

void TestCohortPostgres::writtenOnce() {
  // Its owner cannot change it by accident; an administrator can, which shows when it is copied.
  QVERIFY_EXCEPTION_THROWN(m_server.sql("SET ROLE tester; UPDATE small.observation SET value = 1"), std::runtime_error);
  QVERIFY_EXCEPTION_THROWN(m_server.sql("SET ROLE tester; DELETE FROM small.stay"), std::runtime_error);
  QTemporaryDir directory;
  const std::string copy = directory.filePath("copy.sqlite").toStdString();
  QVERIFY(copyCohort(small(), copy, {}, {}));
  m_server.sql("UPDATE small.observation SET value = value + 1");
  const auto changed = copyCohort(small(), directory.filePath("other.sqlite").toStdString(), {}, {});
  QVERIFY(!changed && says(changed.error(), "was changed after it was written"));
  QVERIFY(!QFile::exists(directory.filePath("other.sqlite")));
}

void TestCohortPostgres::textThatNoDatabaseHolds() {
  for (const std::string& code : {std::string("a\0b", 3), std::string("\xff\xfe")}) {
    auto writer = CohortWriter::create(small(), smallInfo());
    QVERIFY(writer);
    Sample sample = smallSample(5, 1);
    sample.modalities[1].events = {{1, code, {1, 2, 3}}};
    QVERIFY(writer->add(sample, "train"));
    const auto written = writer->commit({});
    QVERIFY(!written && says(written.error(), "cannot hold a text"));
  }
  QCOMPARE(CohortStore::open(small()).value()->count("").value(), 40U);
}

QTEST_GUILESS_MAIN(TestCohortPostgres)
#include "tst_cohort_postgres.moc"
