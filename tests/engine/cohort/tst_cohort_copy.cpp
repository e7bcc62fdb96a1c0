// A copy says the same as its source, wherever the two are stored.
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include "cohort/cohort_copy.h"
#include "cohort/cohort_store.h"
#include "cohort/cohort_writer.h"
#include "cohort_fixture.h"
#include "postgres_server.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

const std::string kBundled = FUSEMOE_SOURCE_DIR "/resources/cohorts/nafld.sqlite";
constexpr int kStays = 600;

/// Small stays, every fifth with documents, one of them larger than what is sent at once.
void writeWithDocuments(const std::string& path) {
  auto writer = CohortWriter::create(path, smallInfo());
  for (int i = 0; i < kStays && writer; ++i) {
    const Sample sample = smallSample(i * 7 - 50, static_cast<std::uint64_t>(i));
    std::vector<StayDocument> documents;
    if (i % 5 == 0) {
      documents.push_back({{"notes", 0, 1, DocumentKind::Text, "Befund", 0}, "Grüße " + std::to_string(i)});
      documents.push_back({{"notes", 1, 1, DocumentKind::Text, "", 0}, ""});
      documents.push_back(
          {{"image", 0, 2, DocumentKind::Image, "x", 0},
           "\x89PNG\r\n\x1a\n" + std::string(i == 100 ? 3'000'000 : 50, '\xfe') + std::string(1, '\0')});
    }
    if (auto added = writer->add(sample, partOf(static_cast<std::uint64_t>(i)), documents); !added)
      throw std::runtime_error(added.error().line());
  }
  if (!writer || !writer->commit({{"rows.kept", 5}, {"rows.left out", 0}})) throw std::runtime_error("not written");
}

}  // namespace

class TestCohortCopy : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { writeWithDocuments(m_source); }
  void fileToFile();
  void thereAndBack_data();
  void thereAndBack();
  void ontoItself();
  void oldFileGetsADigest();
  void tellsProgress();
  void stopped_data();
  void stopped();
  void sourceIsMissing();
  void targetCannotBeWritten();

 private:
  std::string file(const char* name) const { return m_directory.filePath(name).toStdString(); }

  QTemporaryDir m_directory;
  PostgresServer m_server;
  std::string m_source = file("source.sqlite");
};

void TestCohortCopy::fileToFile() {
  const auto report = copyCohort(m_source, file("copy.sqlite"), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QCOMPARE(report->stays, kStays);
  QCOMPARE(report->documents, kStays / 5 * 3);
  QVERIFY(report->values > kStays);
  QCOMPARE(report->output, file("copy.sqlite"));
  QVERIFY(readBytes(file("copy.sqlite")) == readBytes(m_source));
}

void TestCohortCopy::thereAndBack_data() {
  QTest::addColumn<QString>("source");
  QTest::newRow("with documents") << QString::fromStdString(m_source);
  QTest::newRow("bundled") << QString::fromStdString(kBundled);
}

void TestCohortCopy::thereAndBack() {
  if (!m_server.running()) QSKIP(qPrintable(m_server.why()));
  QFETCH(QString, source);
  const std::string path = source.toStdString();
  const auto there = copyCohort(path, m_server.url("there"), {}, {});
  QVERIFY2(there, there ? "" : there.error().line().c_str());
  const auto original = CohortStore::open(path).value(), stored = CohortStore::open(m_server.url("there")).value();
  QCOMPARE(stored->info().digest, original->info().digest);
  QCOMPARE(stored->info().importCounts, original->info().importCounts);
  QCOMPARE(stored->staysWithDocuments().value(), original->staysWithDocuments().value());
  const std::vector<std::int64_t> withDocuments = original->staysWithDocuments().value();
  for (const std::int64_t stay : withDocuments) {
    const auto entries = original->documents(stay).value();
    QVERIFY(stored->documents(stay).value() == entries);
    for (const DocumentEntry& entry : entries)
      QVERIFY(stored->document(stay, entry.modality, entry.position).value().content ==
              original->document(stay, entry.modality, entry.position).value().content);
  }
  const auto between = copyCohort(m_server.url("there"), m_server.url("between"), {}, {});
  QVERIFY2(between, between ? "" : between.error().line().c_str());
  const auto back = copyCohort(m_server.url("between"), file("back.sqlite"), {}, {});
  QVERIFY2(back, back ? "" : back.error().line().c_str());
  QCOMPARE(back->values, there->values);
  QCOMPARE(back->documents, there->documents);
  QCOMPARE(CohortStore::open(file("back.sqlite")).value()->info().digest, original->info().digest);
  // SQLite notes its own version in the header (bytes 96 to 99); another version may lay pages out in another way.
  const std::string before = readBytes(path), after = readBytes(file("back.sqlite"));
  if (before.substr(96, 4) == after.substr(96, 4)) QVERIFY(before == after);
}

void TestCohortCopy::ontoItself() {
  const std::string before = readBytes(m_source);
  QVERIFY(copyCohort(m_source, m_source, {}, {}));
  QVERIFY(readBytes(m_source) == before);
  if (!m_server.running()) QSKIP(qPrintable(m_server.why()));
  QVERIFY(copyCohort(m_source, m_server.url("itself"), {}, {}));
  const auto onto = copyCohort(m_server.url("itself"), m_server.url("itself"), {}, {});
  QVERIFY2(onto, onto ? "" : onto.error().line().c_str());
  QCOMPARE(CohortStore::open(m_server.url("itself")).value()->info().digest,
           CohortStore::open(m_source).value()->info().digest);
}

void TestCohortCopy::oldFileGetsADigest() {
  writeBytes(file("old.sqlite"), readBytes(m_source));
  execSql(file("old.sqlite"), "DELETE FROM meta WHERE key = 'content_sha256'; PRAGMA user_version = 0");
  QVERIFY(copyCohort(file("old.sqlite"), file("new.sqlite"), {}, {}));
  QVERIFY(readBytes(file("new.sqlite")) == readBytes(m_source));
}

void TestCohortCopy::tellsProgress() {
  double last = -1;
  int reports = 0;
  bool rising = true;
  QVERIFY(copyCohort(m_source, file("progress.sqlite"),
                     [&](const Progress& progress) {
                       rising = rising && progress.fraction > last;
                       last = progress.fraction;
                       ++reports;
                     },
                     {}));
  QVERIFY(rising);
  QCOMPARE(last, 1.0);
  QVERIFY(reports >= 3);
}

void TestCohortCopy::stopped_data() {
  QTest::addColumn<bool>("server");
  QTest::newRow("to a file") << false;
  QTest::newRow("to a server") << true;
}

void TestCohortCopy::stopped() {
  QFETCH(bool, server);
  if (server && !m_server.running()) QSKIP(qPrintable(m_server.why()));
  const std::string target = server ? m_server.url("stopped") : file("stopped.sqlite");
  writeSmallCohort(target, 3);
  std::stop_source stop;
  const auto copied = copyCohort(
      m_source, target,
      [&](const Progress& progress) {
        if (progress.fraction > 0) stop.request_stop();
      },
      stop.get_token());
  QVERIFY(!copied);
  QCOMPARE(copied.error().what, std::string("The copy was stopped."));
  QCOMPARE(CohortStore::open(target).value()->count("").value(), 3U);
  QCOMPARE(QDir(m_directory.path()).entryList({"stopped*"}, QDir::Files).size(), server ? 0 : 1);
  if (!server) QFile::remove(QString::fromStdString(target));
}

void TestCohortCopy::sourceIsMissing() {
  const auto copied = copyCohort(file("gone.sqlite"), file("x.sqlite"), {}, {});
  QVERIFY(!copied && copied.error().what.find("There is no cohort file") != std::string::npos);
  QVERIFY(!QFile::exists(m_directory.filePath("x.sqlite")));
}

void TestCohortCopy::targetCannotBeWritten() {
  QVERIFY(!copyCohort(m_source, file("nowhere/x.sqlite"), {}, {}));
  const auto copied = copyCohort(m_source, "postgresql://u:hemlig@/x?host=/nowhere", {}, {});
  QVERIFY(!copied && copied.error().what.find("cannot be reached") != std::string::npos);
  QVERIFY(copied.error().line().find("hemlig") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestCohortCopy)
#include "tst_cohort_copy.moc"
