// Documents of a cohort: what is written is read back, and damaged content is an error, never a crash.
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <random>

#include "cohort/cohort_writer.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

const std::string kPng = "\x89PNG\r\n\x1a\n and so on";

Waveform waveform() {
  return {250.5, "mV", {{"I", {0, 0.5F, -1, NAN}}, {"aVR", {1, 2, 3, 4}}}};
}

std::vector<StayDocument> documents() {
  return {{{"notes", 0, 1, DocumentKind::Text, "Note", 0}, "Grüße, 37 °C\nsecond line"},
          {{"notes", 1, 1, DocumentKind::Text, "", 0}, ""},
          {{"image", 0, 0, DocumentKind::Waveform, "ECG", 0}, encodeWaveform(waveform()).value()},
          {{"image", 1, 48.5F, DocumentKind::Image, "Röntgen", 0}, kPng}};
}

}  // namespace

using Damage = std::function<void(std::string&)>;
using DocumentEdit = std::function<void(std::vector<StayDocument>&)>;

class TestCohortDocument : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_path = m_directory.filePath("cohort.sqlite").toStdString();
    auto writer = CohortWriter::create(m_path, smallInfo());
    QVERIFY(writer && writer->add(smallSample(5, 1), "train"));
    const auto all = documents();
    QVERIFY(writer->add(smallSample(6, 2), "test", all));
    QVERIFY(writer->add(smallSample(7, 3), ""));
    QVERIFY(writer->commit({}));
  }

  void readBack() {
    const auto store = CohortStore::open(m_path).value();
    const auto entries = store->documents(6).value();
    QCOMPARE(entries.size(), documents().size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      StayDocument expected = documents()[i];
      expected.entry.bytes = static_cast<std::int64_t>(expected.content.size());
      QVERIFY(entries[i] == expected.entry);
      const auto read = store->document(6, entries[i].modality, entries[i].position);
      QVERIFY(read && read->entry == expected.entry);
      QVERIFY(read->content == expected.content);
    }
    QVERIFY(store->documents(5).value().empty());
    QVERIFY(store->documents(99).value().empty());
    QVERIFY(store->read(6).has_value());
  }

  void noSuchDocument() {
    const auto store = CohortStore::open(m_path).value();
    for (const auto& [stay, modality, position] : std::vector<std::tuple<int, std::string, int>>{
             {5, "notes", 0}, {6, "notes", 2}, {6, "notes", -1}, {6, "vitals", 0}, {6, "none", 0}, {6, "", 0}}) {
      const auto read = store->document(stay, modality, position);
      QVERIFY(!read && read.error().what.find("no such document") != std::string::npos);
    }
  }

  void waveformsComeBack() {
    const Waveform decoded = decodeWaveform(encodeWaveform(waveform()).value()).value();
    QCOMPARE(decoded.rate, 250.5);
    QCOMPARE(decoded.unit, std::string("mV"));
    QCOMPARE(decoded.leads.size(), std::size_t{2});
    QCOMPARE(decoded.leads[1], waveform().leads[1]);
    QVERIFY(std::isnan(decoded.leads[0].values[3]));
    QCOMPARE(decoded.leads[0].values[2], -1.0F);
  }

  void badWaveformsAreNotWritten_data() {
    QTest::addColumn<std::function<void(Waveform&)>>("edit");
    using Edit = std::function<void(Waveform&)>;
    const auto row = [](const char* name, Edit edit) { QTest::newRow(name) << edit; };
    row("no lead", [](Waveform& w) { w.leads.clear(); });
    row("many leads", [](Waveform& w) { w.leads.resize(65, w.leads.front()); });
    row("unlike lengths", [](Waveform& w) { w.leads[0].values.pop_back(); });
    row("empty", [](Waveform& w) {
      for (auto& lead : w.leads) lead.values.clear();
    });
    row("rate zero", [](Waveform& w) { w.rate = 0; });
    row("rate NaN", [](Waveform& w) { w.rate = NAN; });
    row("infinite", [](Waveform& w) { w.leads[1].values[0] = INFINITY; });
    row("name of two lines", [](Waveform& w) { w.leads[1].name = "a\nb"; });
    row("unit not UTF-8", [](Waveform& w) { w.unit = "\xff"; });
  }
  void badWaveformsAreNotWritten() {
    QFETCH(std::function<void(Waveform&)>, edit);
    Waveform changed = waveform();
    edit(changed);
    QVERIFY(!encodeWaveform(changed));
  }

  void damagedWaveforms_data() {
    QTest::addColumn<Damage>("damage");
    const auto row = [](const char* name, Damage damage) { QTest::newRow(name) << damage; };
    const auto put = [&row](const char* name, std::size_t at, auto value) {
      row(name, [at, value](std::string& bytes) { std::memcpy(bytes.data() + at, &value, sizeof(value)); });
    };
    row("empty", [](std::string& bytes) { bytes.clear(); });
    row("header cut", [](std::string& bytes) { bytes.resize(23); });
    row("one byte less", [](std::string& bytes) { bytes.pop_back(); });
    row("one byte more", [](std::string& bytes) { bytes += 'x'; });
    row("other magic", [](std::string& bytes) { bytes[3] = '2'; });
    put("no lead", 4, std::uint32_t{0});
    put("too many leads", 4, std::uint32_t{65});
    put("endless leads", 4, std::uint32_t{0xffffffff});
    put("no sample", 8, std::uint32_t{0});
    put("endless samples", 8, std::uint32_t{0xffffffff});
    put("endless text", 12, std::uint32_t{0xffffffff});
    put("less text", 12, std::uint32_t{2});
    put("rate negative", 16, -1.0);
    put("rate infinite", 16, std::numeric_limits<double>::infinity());
    row("a name missing", [](std::string& bytes) { bytes[24 + 2] = ' '; });
    row("text not UTF-8", [](std::string& bytes) { bytes[24] = '\xff'; });
  }
  void damagedWaveforms() {
    QFETCH(Damage, damage);
    std::string bytes = encodeWaveform(waveform()).value();
    damage(bytes);
    QVERIFY(!decodeWaveform(bytes));
    QVERIFY(!checkDocument(DocumentKind::Waveform, bytes));
  }

  /// 20,000 waveforms with random bytes changed: refused, or still a sound waveform.
  void randomlyDamagedWaveforms() {
    std::mt19937 random(7);
    const std::string intact = encodeWaveform(waveform()).value();
    for (int round = 0; round < 20000; ++round) {
      std::string bytes = intact;
      for (unsigned i = 0; i <= random() % 4; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
      if (const auto decoded = decodeWaveform(bytes)) QVERIFY(encodeWaveform(*decoded).has_value());
    }
  }

  void plainText_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("plain");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("letters") << QByteArray("abc\n\t") << true;
    QTest::newRow("two, three and four bytes") << QByteArray("ü°–€😀") << true;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
    QTest::newRow("cut") << QByteArray("\xc3") << false;
    QTest::newRow("cut in the middle") << QByteArray("\xe2\x82 ") << false;
    QTest::newRow("lone continuation") << QByteArray("\x80") << false;
    QTest::newRow("too long for its number") << QByteArray("\xc0\xaf") << false;
    QTest::newRow("three bytes for a letter") << QByteArray("\xe0\x81\x81") << false;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("past the end") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80") << false;
  }
  void plainText() {
    QFETCH(QByteArray, text);
    QFETCH(bool, plain);
    QCOMPARE(isPlainText(text.toStdString()), plain);
    QCOMPARE(checkDocument(DocumentKind::Text, text.toStdString()).has_value(), plain);
  }

  void writerRefuses_data() {
    QTest::addColumn<DocumentEdit>("edit");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, DocumentEdit edit, const char* reason) {
      QTest::newRow(name) << edit << reason;
    };
    row(
        "unknown modality", [](auto& all) { all[0].entry.modality = "none"; }, "no modality");
    row(
        "modalities out of order", [](auto& all) { std::swap(all[0], all[2]); }, "out of order");
    row(
        "gap of positions", [](auto& all) { all[1].entry.position = 2; }, "out of order");
    row(
        "hours out of order", [](auto& all) { all[1].entry.hour = 0.5F; }, "out of order");
    row(
        "after the window", [](auto& all) { all[3].entry.hour = 48.6F; }, "outside the window");
    row(
        "NaN hour", [](auto& all) { all[0].entry.hour = NAN; }, "outside the window");
    row(
        "text not UTF-8", [](auto& all) { all[0].content = "\xff"; }, "not UTF-8");
    row(
        "waveform as text of it", [](auto& all) { all[2].content = "I: 0 1 2"; }, "waveform cannot be read");
    row(
        "image of another kind", [](auto& all) { all[3].content = "GIF89a"; }, "neither PNG nor JPEG");
    row(
        "too large", [](auto& all) { all[0].content.assign(std::size_t{kMaxDocumentBytes} + 1, 'x'); }, "64 MiB");
  }
  void writerRefuses() {
    QFETCH(DocumentEdit, edit);
    QFETCH(QString, reason);
    auto writer = CohortWriter::create(m_directory.filePath("other.sqlite").toStdString(), smallInfo());
    auto all = documents();
    edit(all);
    const auto added = writer->add(smallSample(1, 1), "", all);
    QVERIFY(!added);
    QVERIFY2(QString::fromStdString(added.error().what).contains(reason), added.error().what.c_str());
  }

  void readerRefuses_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("says");
    QTest::addColumn<bool>("list");
    const auto row = [](const char* name, const char* sql, const char* says, bool list) {
      QTest::newRow(name) << sql << says << list;
    };
    row("unknown modality", "UPDATE document SET modality_id = 9 WHERE position = 1 AND modality_id = 1",
        "which does not exist", true);
    row("unknown kind", "UPDATE document SET kind = 'video' WHERE modality_id = 1", "unknown kind \"video\"", true);
    row("outside the window", "UPDATE document SET hour = 49", "outside the window", true);
    row("before the window", "UPDATE document SET hour = -1", "outside the window", true);
    row("out of order", "UPDATE document SET hour = 9 WHERE position = 0", "not in order of time", true);
    row("impossible position", "UPDATE document SET position = -5 WHERE position = 1 AND modality_id = 1", "position",
        true);
    row("title not UTF-8", "UPDATE document SET title = CAST(x'ff' AS TEXT) WHERE modality_id = 1", "title", true);
    row("text not UTF-8", "UPDATE document SET content = x'ff' WHERE modality_id = 1", "not UTF-8", false);
    row("text with a NUL", "UPDATE document SET content = x'610062' WHERE modality_id = 1", "not UTF-8", false);
    row("waveform as text", "UPDATE document SET kind = 'waveform' WHERE modality_id = 1", "waveform", false);
    row("too large", "UPDATE document SET content = zeroblob(67108865) WHERE modality_id = 1", "64 MiB", false);
  }
  void readerRefuses() {
    QFETCH(QString, sql);
    QFETCH(QString, says);
    QFETCH(bool, list);
    execSql(m_path, sql.toStdString());
    const auto store = CohortStore::open(m_path).value();
    const auto entries = store->documents(6);
    QCOMPARE(entries.has_value(), !list);
    const Error error = list ? entries.error() : store->document(6, "notes", 0).error();
    QVERIFY2(QString::fromStdString(error.what).contains(says), error.what.c_str());
    QVERIFY(store->read(6).has_value());  // the stay itself is as it was
  }

 private:
  QTemporaryDir m_directory;
  std::string m_path;
};

QTEST_APPLESS_MAIN(TestCohortDocument)
#include "tst_cohort_document.moc"
