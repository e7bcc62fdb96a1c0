#include <QDir>
#include <QtTest>
#include <cmath>
#include <cstring>

#include "archive_fixture.h"
#include "cohort_fixture.h"
#include "mimic_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

template <class Number>
std::string raw(const std::vector<Number>& numbers) {
  std::string bytes(numbers.size() * sizeof(Number), '\0');
  std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

std::string npy(const std::string& type, const std::string& shape, const std::string& data) {
  std::string dictionary = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
  while ((10 + dictionary.size() + 1) % 64 != 0) dictionary += ' ';
  dictionary += '\n';
  std::string bytes = std::string("\x93NUMPY") + '\1' + '\0';
  bytes += static_cast<char>(dictionary.size() & 0xff);
  bytes += static_cast<char>(dictionary.size() >> 8);
  return bytes + dictionary + data;
}

/// Events as the user's files have them.
struct Rows {
  std::vector<std::int64_t> stay;
  std::vector<double> hour;
  std::vector<float> vector;
  std::size_t width = 2;

  void add(std::int64_t id, double at, std::vector<float> values) {
    stay.push_back(id);
    hour.push_back(at);
    vector.insert(vector.end(), values.begin(), values.end());
  }
  std::string count() const { return std::to_string(stay.size()); }
  std::string stayNpy() const { return npy("<i8", "(" + count() + ",)", raw(stay)); }
  std::string hourNpy() const { return npy("<f8", "(" + count() + ",)", raw(hour)); }
  std::string vectorNpy() const { return npy("<f4", "(" + count() + ", " + std::to_string(width) + ")", raw(vector)); }
};

/// Writes the rows and returns the file to name.
std::string writeRows(const MimicFixture& mimic, const Rows& rows, const std::string& kind) {
  const std::string stem = mimic.file("vectors/v");
  QDir().mkpath(QString::fromStdString(mimic.file("vectors")));
  if (kind == "npz")
    writeArchive(stem + ".npz",
                 {{"stay_id.npy", rows.stayNpy()}, {"hour.npy", rows.hourNpy()}, {"vector.npy", rows.vectorNpy()}});
  if (kind == "npy") {
    writeBytes(stem + ".npy", rows.vectorNpy());
    writeBytes(stem + ".stay_id.npy", rows.stayNpy());
    writeBytes(stem + ".hour.npy", rows.hourNpy());
  }
  if (kind == "safetensors") {
    const std::size_t n = rows.stay.size(), end = n * 16 + rows.vector.size() * 4;
    const std::string json = R"({"stay_id":{"dtype":"I64","shape":[)" + rows.count() + R"(],"data_offsets":[0,)" +
                             std::to_string(n * 8) + R"(]},"hour":{"dtype":"F64","shape":[)" + rows.count() +
                             R"(],"data_offsets":[)" + std::to_string(n * 8) + "," + std::to_string(n * 16) +
                             R"(]},"vector":{"dtype":"F32","shape":[)" + rows.count() + "," +
                             std::to_string(rows.width) + R"(],"data_offsets":[)" + std::to_string(n * 16) + "," +
                             std::to_string(end) + "]}}";
    writeBytes(stem + ".safetensors",
               raw<std::uint64_t>({json.size()}) + json + raw(rows.stay) + raw(rows.hour) + raw(rows.vector));
  }
  return stem + "." + kind;
}

std::vector<Event> eventsOf(const CohortPtr& cohort, std::int64_t stay, const std::string& modality) {
  return cohort->read(stay).value()->modality(modality)->events;
}

}  // namespace

class TestImportMimicVectors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void formats_data();
  void formats();
  void lastFiveAreKept();
  void rowsAreCounted();
  void modalitiesAndWidths();
  void unusable_data();
  void unusable();
};

void TestImportMimicVectors::formats_data() {
  QTest::addColumn<QString>("kind");
  for (const char* kind : {"npz", "npy", "safetensors"}) QTest::newRow(kind) << kind;
}

void TestImportMimicVectors::formats() {
  QFETCH(QString, kind);
  MimicFixture mimic;
  mimic.addHeartRates();
  Rows rows;
  rows.add(30000004, 47.5, {5, 6});
  rows.add(30000003, 12, {1, 2});
  rows.add(30000004, 0, {3, 4});
  const std::string path = writeRows(mimic, rows, kind.toStdString());
  const auto report = mimic.import({{"notes", path}});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortPtr cohort = mimic.imported();
  QVERIFY(eventsOf(cohort, 30000003, "text") == (std::vector<Event>{{12, "", {1, 2}}}));
  QVERIFY(eventsOf(cohort, 30000004, "text") == (std::vector<Event>{{0, "", {3, 4}}, {47.5, "", {5, 6}}}));
  QVERIFY(eventsOf(cohort, 30000001, "text").empty());
  const auto preview = previewImport(mimic.request({{"notes", path}}), {});
  QVERIFY2(preview, preview ? "" : preview.error().line().c_str());
  QCOMPARE(preview->info.modalities.back().width, 2);
}

void TestImportMimicVectors::lastFiveAreKept() {
  MimicFixture mimic;
  mimic.addHeartRates();
  Rows rows;
  for (const double hour : {40.0, 3.0, 20.0, 1.0, 30.0, 2.0, 10.0, 10.0})
    rows.add(30000003, hour, {static_cast<float>(rows.stay.size()), 0});
  for (const double hour : {1.0, 2.0, 3.0, 4.0, 5.0}) rows.add(30000004, hour, {7, 7});
  rows.add(30000003, 49, {99, 0});  // the latest of all, but too late: it may not push out another
  const auto report = mimic.import({{"cxr", writeRows(mimic, rows, "npz")}});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  std::vector<std::pair<float, float>> kept;
  for (const Event& event : eventsOf(mimic.imported(), 30000003, "cxr")) kept.emplace_back(event.hour, event.vector[0]);
  QVERIFY(kept == (std::vector<std::pair<float, float>>{{10, 6}, {10, 7}, {20, 2}, {30, 4}, {40, 0}}));
  QCOMPARE(eventsOf(mimic.imported(), 30000004, "cxr").size(), 5U);
  QCOMPARE(report->counts.at("events.cxr.beyond_five"), 3);
  QCOMPARE(report->counts.at("events.cxr.outside_window"), 1);
  QCOMPARE(report->counts.at("events.kept"), 10);
}

void TestImportMimicVectors::rowsAreCounted() {
  MimicFixture mimic;
  mimic.addHeartRates();
  Rows rows;
  rows.add(30000003, 0, {1, 2});
  rows.add(30000003, 48, {1, 2});
  rows.add(30000003, -0.01, {1, 2});
  rows.add(30000003, 48.01, {1, 2});
  rows.add(30000003, std::nan(""), {1, 2});
  rows.add(30000003, 5, {1, INFINITY});
  rows.add(30000002, 5, {1, 2});  // left out: too short
  rows.add(30000012, 5, {1, 2});  // left out: never measured
  rows.add(39999999, 5, {1, 2});  // no such stay
  const auto report = mimic.import({{"ecg", writeRows(mimic, rows, "safetensors")}});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::map<std::string, std::int64_t> expected = {{"events.ecg.total", 9},          {"events.kept", 2},
                                                        {"events.ecg.outside_window", 3}, {"events.ecg.not_finite", 1},
                                                        {"events.ecg.no_stay", 3},        {"present.ecg", 1}};
  for (const auto& [name, count] : expected) QVERIFY2(report->counts.at(name) == count, name.c_str());
}

void TestImportMimicVectors::modalitiesAndWidths() {
  MimicFixture mimic;
  mimic.addHeartRates();
  Rows rows;
  rows.width = 256;
  rows.add(30000003, 1, std::vector<float>(256, 0.5F));
  const std::string path = writeRows(mimic, rows, "npy");
  const auto report = mimic.import({{"ecg", path}, {"notes", path}});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortPtr cohort = mimic.imported();
  QStringList names;
  for (const CohortModality& modality : cohort->info().modalities)
    names << QString::fromStdString(modality.name) + " " + QString::number(modality.width);
  QCOMPARE(names, (QStringList{"ts 0", "text 256", "ecg 256"}));
  QCOMPARE(report->notes.size(), 1U);  // an ECG is as wide as the paper's, a note is not
  QVERIFY(report->notes.front().find("768") != std::string::npos);
}

void TestImportMimicVectors::unusable_data() {
  QTest::addColumn<QString>("fault");
  QTest::addColumn<QString>("said");
  QTest::newRow("no array hour") << "hour"
                                 << "no array 'hour'";
  QTest::newRow("lengths") << "lengths"
                           << "'hour' has 1 rows where stay_id has 2";
  QTest::newRow("stays as fractions") << "float"
                                      << "must be whole numbers";
  QTest::newRow("no file") << "none"
                           << "There is no file";
  QTest::newRow("other kind") << "text"
                              << "none of .npy";
}

void TestImportMimicVectors::unusable() {
  QFETCH(QString, fault);
  QFETCH(QString, said);
  MimicFixture mimic;
  mimic.addHeartRates();
  Rows rows;
  rows.add(30000003, 1, {1, 2});
  rows.add(30000004, 1, {1, 2});
  std::string path = mimic.file("v.npz");
  const std::string hours = fault == "lengths" ? npy("<f8", "(1,)", raw<double>({1})) : rows.hourNpy();
  const std::string stays = fault == "float" ? npy("<f8", "(2,)", raw<double>({30000003, 30000004})) : rows.stayNpy();
  if (fault == "text") path = mimic.file("v.txt");
  if (fault == "text")
    writeBytes(path, "30000003");
  else if (fault != "none")
    writeArchive(
        path,
        {{"stay_id.npy", stays}, {fault == "hour" ? "time.npy" : "hour.npy", hours}, {"vector.npy", rows.vectorNpy()}});
  const auto report = mimic.import({{"notes", path}});
  QVERIFY(!report);
  QVERIFY2(QString::fromStdString(report.error().line()).contains(said), report.error().line().c_str());
  QVERIFY(!QFileInfo::exists(QString::fromStdString(mimic.output())));
}

QTEST_GUILESS_MAIN(TestImportMimicVectors)
#include "tst_import_mimic_vectors.moc"
