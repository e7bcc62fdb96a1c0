// The synthetic ICU cohort: the same bytes again, the rates that were asked for, what is planted where it is planted
// and nowhere else, and "synthetic" on everything.
#include <zlib.h>

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <set>

#include "cohort/generate/generate_icu.h"
#include "cohort/generate/icu_documents.h"
#include "cohort/generate/icu_patient.h"
#include "cohort/generate/icu_record.h"
#include "cohort_fixture.h"

using namespace fusemoe;

namespace {

const std::string kBundled = FUSEMOE_SOURCE_DIR "/resources/cohorts/icu-synthetic.sqlite";
constexpr std::int64_t kBundledStays = 1200;
constexpr std::uint64_t kSeed = 5;

bool saysSynthetic(const std::string& text) {
  return QString::fromStdString(text).contains("synthetic", Qt::CaseInsensitive);
}

IcuRequest requestFor(const QString& path, std::int64_t stays) {
  IcuRequest request;
  request.output = path.toStdString();
  request.stays = stays;
  request.seed = kSeed;
  return request;
}

/// Mean and standard error of what is added.
struct Moments {
  double count = 0, sum = 0, squares = 0;
  void add(double value) {
    ++count;
    sum += value;
    squares += value * value;
  }
  double mean() const { return sum / count; }
  double error() const { return std::sqrt((squares / count - mean() * mean()) / count); }
};

/// Difference of means in standard errors.
double distance(const Moments& a, const Moments& b) {
  return (a.mean() - b.mean()) / std::hypot(a.error(), b.error());
}

double lastOf(const Sample& sample, std::string_view variable) {
  const auto& observations = sample.modalities[0].variables[seriesNamed(variable)].observations;
  return observations.empty() ? NAN : static_cast<double>(observations.back().value);
}

}  // namespace

class TestGenerateIcu : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void bundledAgainToTheSameBytes();
  void sameRequestSameBytes();
  void aStayDependsOnSeedAndIdAlone();
  void saysThatItIsSynthetic();
  void modalitiesAndTasks();
  void rates();
  void sicknessDecides();
  void samplingIsIrregular();
  void signsInSeries_data();
  void signsInSeries();
  void signsInVectors_data();
  void signsInVectors();
  void documents();
  void badRequests_data();
  void badRequests();
  void stoppedLeavesNothing();

 private:
  std::vector<IcuPatient> m_patients;
  std::vector<Sample> m_records;
};

void TestGenerateIcu::initTestCase() {
  for (std::int64_t id = 1; id <= 3000; ++id) {
    m_patients.push_back(drawPatient(kSeed, id));
    m_records.push_back(drawRecord(kSeed, m_patients.back(), {}));
  }
}

void TestGenerateIcu::bundledAgainToTheSameBytes() {
  QTemporaryDir directory;
  IcuRequest request;
  request.output = directory.filePath("again.sqlite").toStdString();
  request.stays = kBundledStays;
  const auto report = generateIcu(request, {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::string bundled = test::readBytes(kBundled), again = test::readBytes(request.output);
  // SQLite notes its own version in the header (bytes 96 to 99); another version may lay pages out in another way.
  if (bundled.substr(96, 4) == again.substr(96, 4)) {
    QVERIFY(bundled == again);
    return;
  }
  const auto store = CohortStore::open(request.output).value();
  QVERIFY(CohortStore::open(kBundled).value()->visit("", [&](const SamplePtr& sample) {
    const auto other = store->read(sample->stayId);
    return other && (*other)->modalities == sample->modalities && test::sameLabels(**other, *sample);
  }));
  QCOMPARE(store->count("").value(), static_cast<std::size_t>(kBundledStays));
}

void TestGenerateIcu::sameRequestSameBytes() {
  QTemporaryDir directory;
  IcuRequest first = requestFor(directory.filePath("a"), 30), second = requestFor(directory.filePath("b"), 30),
             other = requestFor(directory.filePath("c"), 30);
  other.seed = kSeed + 1;
  for (const IcuRequest& request : {first, second, other}) QVERIFY(generateIcu(request, {}, {}));
  QVERIFY(test::readBytes(first.output) == test::readBytes(second.output));
  QVERIFY(test::readBytes(first.output) != test::readBytes(other.output));
}

void TestGenerateIcu::aStayDependsOnSeedAndIdAlone() {
  QTemporaryDir directory;
  const IcuRequest few = requestFor(directory.filePath("few"), 10);
  IcuRequest many = requestFor(directory.filePath("many"), 40);
  many.textWidth = 768;
  QVERIFY(generateIcu(few, {}, {}));
  QVERIFY(generateIcu(many, {}, {}));
  const auto a = CohortStore::open(few.output).value(), b = CohortStore::open(many.output).value();
  QCOMPARE(b->info().modalities[1].width, 768);
  for (std::int64_t id = 1; id <= 10; ++id) {
    const SamplePtr one = a->read(id).value(), two = b->read(id).value();
    for (const std::size_t same : {0U, 2U, 3U}) QVERIFY(one->modalities[same] == two->modalities[same]);
    QVERIFY(one->modalities[0] == m_records[static_cast<std::size_t>(id - 1)].modalities[0]);
    QVERIFY(test::sameLabels(*one, *two));
  }
}

void TestGenerateIcu::saysThatItIsSynthetic() {
  const auto store = CohortStore::open(kBundled).value();
  const CohortInfo& info = store->info();
  for (const std::string& text : {info.name, info.title, info.description, info.attribution, info.timeOrigin})
    QVERIFY2(saysSynthetic(text), text.c_str());
  for (const CohortModality& modality : info.modalities)
    QVERIFY2(saysSynthetic(modality.title), modality.title.c_str());
  for (const CohortTask& task : info.tasks) QVERIFY2(saysSynthetic(task.title), task.title.c_str());
}

void TestGenerateIcu::modalitiesAndTasks() {
  const CohortInfo info = icuInfo({});
  QCOMPARE(info.modalities.size(), 4U);
  QCOMPARE(info.modalities[0].variables.size(), 30U);
  QCOMPARE(info.windowHours, 48.0);
  QStringList tasks;
  for (const CohortTask& task : info.tasks)
    tasks << QString::fromStdString(task.name) + " " + QString::number(task.labels.size());
  QCOMPARE(tasks.join(", "), QString("ihm 1, los 1, pheno 25, condition 19"));
  QCOMPARE(info.tasks[2].labels.front(), std::string("Acute and unspecified renal failure"));
  QCOMPARE(info.tasks[2].labels.back(), std::string("Shock"));
}

/// Presence as in the paper, deaths and discharges as they should be, all within four standard errors.
void TestGenerateIcu::rates() {
  Moments text, cxr, ecg, severity, deaths, both;
  for (std::int64_t id = 1; id <= 20000; ++id) {
    const IcuPatient patient = drawPatient(kSeed, id);
    text.add(patient.hasText);
    cxr.add(patient.hasCxr);
    ecg.add(patient.hasEcg);
    severity.add(patient.severity);
    deaths.add(patient.dies);
    both.add(patient.dies && patient.leavesSoon);
  }
  for (const auto& [found, expected] :
       {std::pair(text, 0.91), std::pair(cxr, 0.25), std::pair(ecg, 0.52), std::pair(severity, kMeanSeverity)})
    QVERIFY2(std::abs(found.mean() - expected) <= 4 * found.error(),
             qPrintable(QString("%1 for %2").arg(found.mean()).arg(expected)));
  QVERIFY(deaths.mean() > 0.10 && deaths.mean() < 0.16);
  QCOMPARE(both.sum, 0.0);  // nobody dies in hospital and is discharged alive
}

/// The upper third of severity against the lower: more X-rays, ECGs and notes, measured more often, more deaths.
void TestGenerateIcu::sicknessDecides() {
  std::array<std::array<Moments, 5>, 2> groups;
  for (std::size_t i = 0; i < m_patients.size(); ++i) {
    const IcuPatient& patient = m_patients[i];
    if (patient.severity > 0.2 && patient.severity < 0.6) continue;
    auto& group = groups[patient.severity >= 0.6 ? 1 : 0];
    group[0].add(patient.hasText);
    group[1].add(patient.hasCxr);
    group[2].add(patient.hasEcg);
    group[3].add(static_cast<double>(m_records[i].modalities[0].observationCount()));
    group[4].add(patient.dies);
  }
  for (std::size_t m = 0; m < 5; ++m)
    QVERIFY2(distance(groups[1][m], groups[0][m]) > (m == 0 ? 2 : 5), qPrintable(QString::number(m)));
}

void TestGenerateIcu::samplingIsIrregular() {
  Moments rates, labs;
  for (const Sample& record : m_records) {
    const auto& rate = record.modalities[0].variables[seriesNamed("heart_rate")].observations;
    rates.add(static_cast<double>(rate.size()));
    labs.add(static_cast<double>(record.modalities[0].variables[seriesNamed("creatinine")].observations.size()));
    std::set<float> gaps;
    for (std::size_t i = 1; i < rate.size(); ++i) gaps.insert(rate[i].hour - rate[i - 1].hour);
    QVERIFY(gaps.size() > 1);
  }
  QVERIFY2(rates.mean() > 30 && rates.mean() < 50, qPrintable(QString::number(rates.mean())));  // hourly or so
  QVERIFY2(labs.mean() > 4 && labs.mean() < 12, qPrintable(QString::number(labs.mean())));      // every 4 to 12 hours
}

void TestGenerateIcu::signsInSeries_data() {
  QTest::addColumn<int>("condition");
  QTest::addColumn<QString>("variable");
  QTest::addColumn<int>("direction");
  using enum Condition;
  const auto row = [](Condition condition, const char* variable, int direction) {
    QTest::addRow("%s %s", infoOf(condition).name.data(), variable)
        << static_cast<int>(condition) << QString(variable) << direction;
  };
  row(KidneyFailure, "creatinine", 1);
  row(KidneyFailure, "bun", 1);
  row(KidneyFailure, "potassium", 1);
  row(KidneyFailure, "sodium", 0);
  row(Sepsis, "temperature", 1);
  row(Sepsis, "mbp", -1);
  row(Sepsis, "magnesium", 0);
  row(CerebralBleed, "gcs_motor", -1);
  row(GastrointestinalBleed, "hematocrit", -1);
  row(LiverFailure, "bilirubin", 1);
  row(Pneumonia, "spo2", -1);
  row(Arrhythmia, "creatinine", 0);
  row(ConductionBlock, "heart_rate", 0);
  row(LipidDisorder, "creatinine", 0);
}

void TestGenerateIcu::signsInSeries() {
  QFETCH(int, condition);
  QFETCH(QString, variable);
  QFETCH(int, direction);
  Moments with, without;
  for (std::size_t i = 0; i < m_patients.size(); ++i) {
    const double value = lastOf(m_records[i], variable.toStdString());
    if (std::isfinite(value)) (m_patients[i].has(static_cast<Condition>(condition)) ? with : without).add(value);
  }
  const double found = distance(with, without);
  QVERIFY2(direction == 0 ? std::abs(found) < 4 : direction * found > 5, qPrintable(QString::number(found)));
}

void TestGenerateIcu::signsInVectors_data() {
  QTest::addColumn<int>("condition");
  QTest::addColumn<int>("modality");
  QTest::addColumn<bool>("shows");
  using enum Condition;
  for (const auto& [condition, shown] : {std::pair(Arrhythmia, 3), std::pair(ConductionBlock, 3),
                                         std::pair(PleuralEffusion, 2), std::pair(SurgicalComplication, 1)})
    for (const int modality : {2, 3})
      QTest::addRow("%s %d", infoOf(condition).name.data(), modality)
          << static_cast<int>(condition) << modality << (shown == modality);
}

/// Number by number of the first event's vector: a condition shifts it where it is planted, and not elsewhere.
void TestGenerateIcu::signsInVectors() {
  QFETCH(int, condition);
  QFETCH(int, modality);
  QFETCH(bool, shows);
  std::vector<Moments> with(32), without(32);
  for (std::size_t i = 0; i < m_patients.size(); ++i) {
    const auto& events = m_records[i].modalities[static_cast<std::size_t>(modality)].events;
    if (events.empty()) continue;
    for (std::size_t n = 0; n < events.front().vector.size(); ++n)
      (m_patients[i].has(static_cast<Condition>(condition)) ? with : without)[n].add(
          static_cast<double>(events.front().vector[n]));
  }
  double largest = 0;
  for (std::size_t n = 0; n < with.size(); ++n)
    if (with[n].count > 0) largest = std::max(largest, std::abs(distance(with[n], without[n])));
  QVERIFY2(shows ? largest > 5 : largest < 4.5, qPrintable(QString::number(largest)));
}

void TestGenerateIcu::documents() {
  int pictures = 0, notes = 0, waves = 0;
  for (std::size_t i = 0; i < 60; ++i)
    for (const StayDocument& document : drawDocuments(kSeed, m_patients[i], m_records[i])) {
      QVERIFY(checkDocument(document.entry.kind, document.content));
      QVERIFY(saysSynthetic(document.entry.title));
      QCOMPARE(document.entry.bytes, static_cast<std::int64_t>(document.content.size()));
      QVERIFY(document.content.size() < 10'000);
      if (document.entry.kind == DocumentKind::Text) {
        ++notes;
        QVERIFY(saysSynthetic(document.content));
      } else if (document.entry.kind == DocumentKind::Waveform) {
        ++waves;
        const Waveform wave = decodeWaveform(document.content).value();
        QCOMPARE(wave.leads.size(), 3U);
        const auto highest = std::ranges::max_element(wave.leads[1].values);
        QVERIFY(*highest > 0.5F && *highest < 3.0F);  // an R wave, in mV
      } else {
        ++pictures;
        // IDAT: signature 8, IHDR 25, then length and type; it must unpack to 128 rows of 1 + 64 bytes.
        const std::string& png = document.content;
        std::vector<Bytef> rows(128 * 65);
        uLongf length = rows.size();
        QCOMPARE(uncompress(rows.data(), &length, reinterpret_cast<const Bytef*>(png.data()) + 41,
                            static_cast<uLong>(png.size() - 41 - 16)),
                 Z_OK);
        QCOMPARE(length, uLongf{128 * 65});
      }
    }
  QVERIFY(pictures > 5 && notes > 50 && waves > 20);
}

void TestGenerateIcu::badRequests_data() {
  QTest::addColumn<qint64>("stays");
  QTest::addColumn<int>("width");
  QTest::addColumn<qint64>("documents");
  QTest::addColumn<QString>("path");
  QTest::newRow("no stay") << qint64{0} << 8 << qint64{0} << "x";
  QTest::newRow("negative") << qint64{-5} << 8 << qint64{0} << "x";
  QTest::newRow("far too many") << qint64{10'000'001} << 8 << qint64{0} << "x";
  QTest::newRow("width 0") << qint64{1} << 0 << qint64{0} << "x";
  QTest::newRow("width 5000") << qint64{1} << 5000 << qint64{0} << "x";
  QTest::newRow("documents") << qint64{1} << 8 << qint64{-1} << "x";
  QTest::newRow("no such folder") << qint64{1} << 8 << qint64{0} << "nowhere/x";
}

void TestGenerateIcu::badRequests() {
  QFETCH(qint64, stays);
  QFETCH(int, width);
  QFETCH(qint64, documents);
  QFETCH(QString, path);
  QTemporaryDir directory;
  IcuRequest request = requestFor(directory.filePath(path), stays);
  request.cxrWidth = width;
  request.documents = documents;
  const auto report = generateIcu(request, {}, {});
  QVERIFY(!report);
  QVERIFY(!report.error().what.empty());
  QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 0);
}

void TestGenerateIcu::stoppedLeavesNothing() {
  QTemporaryDir directory;
  const IcuRequest request = requestFor(directory.filePath("x"), 50);
  test::writeBytes(request.output, "before");
  std::stop_source source;
  const auto report = generateIcu(
      request,
      [&](const Progress& progress) {
        if (progress.fraction > 0.3) source.request_stop();
      },
      source.get_token());
  QVERIFY(!report);
  QCOMPARE(test::readBytes(request.output), std::string("before"));
  QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 1);
}

QTEST_APPLESS_MAIN(TestGenerateIcu)
#include "tst_generate_icu.moc"
