#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <functional>
#include <thread>

#include "base/sha256.h"
#include "cohort/cohort_store.h"
#include "cohort/cohort_writer.h"
#include "cohort_fixture.h"
#include "postgres_server.h"

using namespace fusemoe;
using namespace fusemoe::test;

Q_DECLARE_METATYPE(std::function<void(fusemoe::CohortInfo&, fusemoe::Sample&, std::string&)>)

class TestCohortStore : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase_data();
  void init();
  void description();
  void readsWhatWasWritten();
  void visitEqualsRead_data();
  void visitEqualsRead();
  void visitStopsWhenAsked();
  void visitAgainAfterStopping();
  void staysEqualSamples();
  void unknownStay();
  void unknownSplit();
  void readInsideVisit();
  void manyThreads();
  void openingChangesNothing();
  void unusualPaths_data();
  void unusualPaths();
  void digestOfContent_data();
  void digestOfContent();
  void changedFileHasAnotherDigest();
  void oldFileHasItsOwnDigest();
  void extremeIds();
  void thirtyTwoModalities();

 private:
  bool onServer() const;
  std::string location(const std::string& name) const;

  static constexpr int kCount = 200;
  QTemporaryDir m_directory;
  PostgresServer m_server;
  std::map<bool, CohortPtr> m_stores;  ///< by onServer()
  std::string m_path;
  std::vector<Sample> m_written;
  CohortPtr m_store;
};

/// Every test runs on a file and on a server.
void TestCohortStore::initTestCase_data() {
  QTest::addColumn<bool>("server");
  QTest::newRow("file") << false;
  QTest::newRow("server") << true;
}

bool TestCohortStore::onServer() const {
  QFETCH_GLOBAL(bool, server);
  return server;
}

std::string TestCohortStore::location(const std::string& name) const {
  return onServer() ? m_server.url(name) : m_directory.filePath(QString::fromStdString(name + ".sqlite")).toStdString();
}

void TestCohortStore::init() {
  if (onServer() && !m_server.running()) QSKIP(qPrintable(m_server.why()));
  m_path = location("small");
  CohortPtr& store = m_stores[onServer()];
  if (!store) {
    m_written = writeSmallCohort(m_path, kCount);
    auto opened = CohortStore::open(m_path);
    QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
    store = *opened;
  }
  m_store = store;
}

void TestCohortStore::description() {
  const CohortInfo expected = smallInfo();
  const CohortInfo& info = m_store->info();
  QCOMPARE(info.path, m_path);
  QCOMPARE(info.digest.size(), 64U);
  // The same wherever it is stored.
  const std::string file = m_directory.filePath("digests.sqlite").toStdString();
  writeSmallCohort(file, kCount);
  QCOMPARE(info.digest, CohortStore::open(file).value()->info().digest);
  QCOMPARE(info.schemaVersion, 1);
  QCOMPARE(info.name, expected.name);
  QCOMPARE(info.title, expected.title);
  QCOMPARE(info.description, expected.description);
  QCOMPARE(info.attribution, expected.attribution);
  QCOMPARE(info.windowHours, expected.windowHours);
  QCOMPARE(info.timeUnit, expected.timeUnit);
  QCOMPARE(info.timeOrigin, expected.timeOrigin);
  QCOMPARE(info.importCounts, (std::map<std::string, std::int64_t>{{"rows.kept", kCount}, {"rows.left_out", 0}}));
  QCOMPARE(info.modalities.size(), expected.modalities.size());
  for (std::size_t m = 0; m < info.modalities.size(); ++m) {
    QCOMPARE(info.modalities[m].name, expected.modalities[m].name);
    QCOMPARE(info.modalities[m].title, expected.modalities[m].title);
    QVERIFY(info.modalities[m].kind == expected.modalities[m].kind);
    QCOMPARE(info.modalities[m].width, expected.modalities[m].width);
    QCOMPARE(info.modalities[m].variables.size(), expected.modalities[m].variables.size());
  }
  const CohortVariable& rate = info.modalities[0].variables[0];
  QCOMPARE(rate.title, std::string("Heart rate"));
  QCOMPARE(rate.unit, std::string("1/min"));
  QCOMPARE(rate.referenceLow, 60.0);
  QCOMPARE(rate.referenceHigh, 100.0);
  QVERIFY(std::isnan(info.modalities[0].variables[1].referenceLow));
  QCOMPARE(info.modalities[0].variables[1].referenceHigh, 20.0);
  QCOMPARE(info.tasks.size(), 2U);
  QCOMPARE(info.tasks[1].title, std::string("Phenotypes"));
  QVERIFY(info.tasks[0].kind == TaskKind::Binary && info.tasks[1].kind == TaskKind::MultiLabel);
  QCOMPARE(info.tasks[1].labels, (std::vector<std::string>{"a", "b"}));
}

void TestCohortStore::readsWhatWasWritten() {
  int observations = 0;
  for (const Sample& written : m_written) {
    const auto sample = m_store->read(written.stayId);
    QVERIFY(sample && *sample);
    QCOMPARE((*sample)->stayId, written.stayId);
    QCOMPARE((*sample)->digest, m_store->info().digest + ":" + std::to_string(written.stayId));
    QVERIFY((*sample)->modalities == written.modalities);
    QVERIFY(sameLabels(**sample, written));
    for (const ModalityData& modality : written.modalities)
      observations += static_cast<int>(modality.observationCount());
  }
  QVERIFY(observations > kCount);
}

void TestCohortStore::visitEqualsRead_data() {
  QTest::addColumn<QString>("split");
  for (const char* split : {"", "train", "validation", "test"}) QTest::newRow(*split ? split : "all") << split;
}

void TestCohortStore::visitEqualsRead() {
  QFETCH(QString, split);
  std::vector<std::int64_t> visited;
  const auto done = m_store->visit(split.toStdString(), [&](const SamplePtr& sample) {
    const auto read = m_store->read(sample->stayId);
    if (!read || (*read)->modalities != sample->modalities || (*read)->digest != sample->digest ||
        !sameLabels(**read, *sample))
      return false;
    visited.push_back(sample->stayId);
    return true;
  });
  QVERIFY(done);
  std::vector<std::int64_t> expected;
  for (std::size_t i = 0; i < m_written.size(); ++i)
    if (split.isEmpty() || partOf(i) == split.toStdString()) expected.push_back(m_written[i].stayId);
  QCOMPARE(visited, expected);
  QCOMPARE(m_store->count(split.toStdString()).value(), expected.size());
}

void TestCohortStore::visitStopsWhenAsked() {
  int visits = 0;
  QVERIFY(m_store->visit("", [&](const SamplePtr&) { return ++visits < 3; }));
  QCOMPARE(visits, 3);
}

void TestCohortStore::visitAgainAfterStopping() {
  for (int round = 0; round < 2; ++round) {
    std::int64_t first = 0;
    QVERIFY(m_store->visit("test", [&](const SamplePtr& sample) { return first = sample->stayId, false; }));
    QCOMPARE(first, m_written[2].stayId);
  }
}

void TestCohortStore::staysEqualSamples() {
  const auto stays = m_store->stays();
  QVERIFY(stays);
  QCOMPARE(stays->size(), m_written.size());
  for (std::size_t i = 0; i < stays->size(); ++i) {
    const StaySummary& stay = (*stays)[i];
    QCOMPARE(stay.stayId, m_written[i].stayId);
    QCOMPARE(stay.split, partOf(i));
    for (std::size_t m = 0; m < m_written[i].modalities.size(); ++m)
      QCOMPARE((stay.present >> m & 1U) == 1U, m_written[i].modalities[m].present());
    const float label = m_written[i].labels.at("death")[0];
    QCOMPARE(stay.labels.size(), 1U);
    QVERIFY(stay.labels[0] == label || (std::isnan(label) && std::isnan(stay.labels[0])));
  }
}

void TestCohortStore::unknownStay() {
  const auto sample = m_store->read(11);
  QVERIFY(!sample);
  QCOMPARE(QString::fromStdString(sample.error().what),
           QString::fromStdString("There is no stay 11 in " + m_path + "."));
  QVERIFY(m_store->read(10));
}

void TestCohortStore::unknownSplit() {
  QVERIFY(!m_store->visit("Train", [](const SamplePtr&) { return true; }));
  QVERIFY(!m_store->count("holdout"));
}

void TestCohortStore::readInsideVisit() {
  // Streaming has a connection of its own, so a stay can be read (and the list, and counts) while a visit runs.
  bool all = true;
  QVERIFY(m_store->visit("train", [&](const SamplePtr& sample) {
    all = all && m_store->read(sample->stayId) && m_store->stays() && m_store->count("test");
    return all;
  }));
  QVERIFY(all);
}

void TestCohortStore::manyThreads() {
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = static_cast<std::size_t>(t); i < m_written.size(); i += 2) {
        const auto sample = m_store->read(m_written[i].stayId);
        if (!sample || (*sample)->modalities != m_written[i].modalities) ++wrong;
      }
      std::size_t visited = 0;
      if (!m_store->visit("", [&](const SamplePtr& s) { return s->modalities == m_written[visited++].modalities; }) ||
          visited != m_written.size())
        ++wrong;
    });
  threads.clear();
  QCOMPARE(wrong.load(), 0);
}

void TestCohortStore::openingChangesNothing() {
  if (onServer()) QSKIP("This is about files.");
  const std::string before = readBytes(m_path);
  {
    const auto store = CohortStore::open(m_path);
    QVERIFY(store && (*store)->stays() && (*store)->read(10));
    QCOMPARE(QDir(m_directory.path()).entryList({"small.sqlite*"}), QStringList{"small.sqlite"});
  }
  QVERIFY(readBytes(m_path) == before);
}

void TestCohortStore::unusualPaths_data() {
  QTest::addColumn<QString>("name");
  for (const char* name : {"with space.sqlite", "a=b.sqlite", "quote'\"s.sqlite", "50%25.sqlite", "wie?so#.sqlite",
                           "größe 😀.sqlite", "readonly=false dbname=x", ":memory:", "semi;colon&amp.sqlite"})
    QTest::newRow(name) << QString::fromUtf8(name);
}

void TestCohortStore::unusualPaths() {
  if (onServer()) QSKIP("This is about files.");
  QFETCH(QString, name);
  QTemporaryDir directory;
  const std::string path = (directory.path() + "/" + name).toStdString();
  writeSmallCohort(path, 3);
  QCOMPARE(QDir(directory.path()).entryList(QDir::Files), QStringList{name});
  const auto store = CohortStore::open(path);
  QVERIFY2(store, store ? "" : store.error().detail.c_str());
  QCOMPARE((*store)->stays()->size(), 3U);
}

void TestCohortStore::digestOfContent_data() {
  QTest::addColumn<std::function<void(CohortInfo&, Sample&, std::string&)>>("edit");
  const auto row = [](const char* name, std::function<void(CohortInfo&, Sample&, std::string&)> edit) {
    QTest::newRow(name) << std::move(edit);
  };
  row("title", [](CohortInfo& info, Sample&, std::string&) { info.title += "x"; });
  row("window", [](CohortInfo& info, Sample&, std::string&) { info.windowHours += 1; });
  row("variable", [](CohortInfo& info, Sample&, std::string&) { info.modalities[0].variables[1].unit += "x"; });
  row("reference", [](CohortInfo& info, Sample&, std::string&) { info.modalities[0].variables[1].referenceLow = 1; });
  row("label name", [](CohortInfo& info, Sample&, std::string&) { info.tasks[1].labels[0] = "c"; });
  row("id", [](CohortInfo&, Sample& sample, std::string&) { ++sample.stayId; });
  row("part", [](CohortInfo&, Sample&, std::string& part) { part = "test"; });
  row("no part", [](CohortInfo&, Sample&, std::string& part) { part.clear(); });
  row("label", [](CohortInfo&, Sample& sample, std::string&) { sample.labels["death"][0] = 3; });
  row("static", [](CohortInfo&, Sample& sample, std::string&) {
    sample.modalities[2].variables[0].observations = {{0, 12.5F}};
  });
  row("hour", [](CohortInfo&, Sample& sample, std::string&) {
    sample.modalities[0].variables[0].observations = {{1.5F, 80}};
  });
  row("value", [](CohortInfo&, Sample& sample, std::string&) {
    sample.modalities[0].variables[0].observations = {{1, 80.5F}};
  });
  row("vector", [](CohortInfo&, Sample& sample, std::string&) { sample.modalities[1].events = {{1, "a", {1, 2, 4}}}; });
  row("code", [](CohortInfo&, Sample& sample, std::string&) { sample.modalities[1].events = {{1, "b", {1, 2, 3}}}; });
}

void TestCohortStore::digestOfContent() {
  using Edit = std::function<void(CohortInfo&, Sample&, std::string&)>;
  QFETCH(Edit, edit);
  const auto digestOf = [this](const Edit& change) {
    CohortInfo info = smallInfo();
    Sample sample = smallSample(5, 1);
    sample.modalities[0].variables[0].observations = {{1, 80}};
    sample.modalities[1].events = {{1, "a", {1, 2, 3}}};
    std::string part = "train";
    change(info, sample, part);
    const std::string path = location("digest");
    auto writer = CohortWriter::create(path, info);
    if (!writer || !writer->add(sample, part) || !writer->commit({{"n", 1}})) return std::string("not written");
    return CohortStore::open(path).value()->info().digest;
  };
  const std::string plain = digestOf([](CohortInfo&, Sample&, std::string&) {});
  QCOMPARE(plain.size(), 64U);
  QCOMPARE(digestOf([](CohortInfo&, Sample&, std::string&) {}), plain);
  const std::string other = digestOf(edit);
  QCOMPARE(other.size(), 64U);
  QVERIFY(other != plain);
}

void TestCohortStore::changedFileHasAnotherDigest() {
  if (onServer()) QSKIP("This is about files.");
  const std::string path = m_directory.filePath("changed.sqlite").toStdString();
  for (const char* sql : {"UPDATE observation SET value = value + 1", "PRAGMA user_version = 0",
                          "PRAGMA user_version = 7", "UPDATE meta SET value = 'x' WHERE key = 'title'"}) {
    writeBytes(path, readBytes(m_path));
    execSql(path, sql);
    const auto store = CohortStore::open(path);
    QVERIFY(store);
    QVERIFY2((*store)->info().digest != m_store->info().digest, sql);
  }
  // A bit that SQLite does not look at.
  std::string bytes = readBytes(m_path);
  bytes.at(80) = static_cast<char>(bytes[80] ^ 1);
  writeBytes(path, bytes);
  QVERIFY(CohortStore::open(path).value()->info().digest != m_store->info().digest);
}

void TestCohortStore::oldFileHasItsOwnDigest() {
  if (onServer()) QSKIP("This is about files.");
  const std::string path = m_directory.filePath("old.sqlite").toStdString();
  writeBytes(path, readBytes(m_path));
  execSql(path, "DELETE FROM meta WHERE key = 'content_sha256'; PRAGMA user_version = 0");
  QCOMPARE(CohortStore::open(path).value()->info().digest, sha256File(path).value());
}

void TestCohortStore::extremeIds() {
  const std::string path = location("ids");
  const std::vector<std::int64_t> ids = {-5'000'000'000, -1, 0, 1, 4'294'967'297, INT64_MAX};
  auto writer = CohortWriter::create(path, smallInfo());
  QVERIFY(writer);
  for (const std::int64_t id : ids) QVERIFY(writer->add(smallSample(id, 4), "train"));
  QVERIFY(writer->commit({}));
  const auto store = CohortStore::open(path);
  QVERIFY(store);
  for (const std::int64_t id : ids) QCOMPARE((*store)->read(id).value()->stayId, id);
  QCOMPARE((*store)->stays()->back().stayId, INT64_MAX);
}

void TestCohortStore::thirtyTwoModalities() {
  const std::string path = location("wide");
  CohortInfo info = smallInfo();
  info.modalities.clear();
  info.tasks.clear();
  Sample sample;
  sample.stayId = 1;
  for (int m = 0; m < kMaxModalities; ++m) {
    const std::string name = std::to_string(m);
    info.modalities.push_back({name, "", ModalityKind::Vectors, 1, {}});
    sample.modalities.push_back({name, ModalityKind::Vectors, {}, {}});
  }
  sample.modalities.back().events = {{0, "", {1}}};
  auto writer = CohortWriter::create(path, info);
  QVERIFY(writer && writer->add(sample, "") && writer->commit({}));
  const auto store = CohortStore::open(path);
  QVERIFY(store);
  QCOMPARE((*store)->stays()->front().present, 0x80000000U);
  QVERIFY((*store)->stays()->front().labels.empty());
  QVERIFY((*store)->read(1).value()->modalities == sample.modalities);
}

QTEST_GUILESS_MAIN(TestCohortStore)
#include "tst_cohort_store.moc"
