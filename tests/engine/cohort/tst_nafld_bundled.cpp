#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

#include "cohort/cohort_store.h"
#include "cohort/import/import_nafld.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

const std::string kBundled = FUSEMOE_SOURCE_DIR "/resources/cohorts/nafld.sqlite";
const std::string kSource = FUSEMOE_SOURCE_DIR "/../shared/data/r-survival";

}  // namespace

/// The database in the repository: what README and model card say of it.
class TestNafldBundled : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void description();
  void counts_data();
  void counts();
  void splits();
  void everyStay();
  void importsAgainToTheSameBytes();

 private:
  CohortPtr m_store;
};

void TestNafldBundled::initTestCase() {
  const auto store = CohortStore::open(kBundled);
  QVERIFY2(store, store ? "" : store.error().line().c_str());
  m_store = *store;
}

void TestNafldBundled::description() {
  const CohortInfo& info = m_store->info();
  QCOMPARE(info.name, std::string("nafld"));
  QCOMPARE(info.windowHours, 43830.0);
  QCOMPARE(info.timeUnit, std::string("y"));
  QStringList variables;
  for (const CohortModality& modality : info.modalities) {
    variables << QString::fromStdString(modality.name) + ":";
    for (const CohortVariable& variable : modality.variables) variables << QString::fromStdString(variable.name);
  }
  QCOMPARE(variables.join(' '),
           "lipids: hdl chol pressure: sbp dbp liver: fib4 smoke comorbidity: body: age sex weight height bmi");
  QCOMPARE(info.modalities[3].width, 10);
  QCOMPARE(info.tasks.size(), 1U);
  QCOMPARE(info.tasks[0].name, std::string("death_5y"));
  QVERIFY(info.description.find("chol repeats hdl in 159647 of 159647 cases") != std::string::npos);
  QVERIFY(info.description.find("dbp repeats sbp in 33212 of 33212 cases") != std::string::npos);
  QVERIFY(info.attribution.find("Allen AM") != std::string::npos);
  QVERIFY(QFileInfo(QString::fromStdString(kBundled)).size() <= 12'000'000);
}

void TestNafldBundled::counts_data() {
  QTest::addColumn<qint64>("expected");
  const std::vector<std::pair<const char*, qint64>> expected = {{"people.total", 17549},
                                                                {"people.included", 10676},
                                                                {"people.left_out_alive_under_5y", 6873},
                                                                {"label.death_5y.positive", 731},
                                                                {"label.death_5y.negative", 9945},
                                                                {"measurements.total", 400123},
                                                                {"measurements.kept", 77153},
                                                                {"events.total", 34340},
                                                                {"events.kept", 8969},
                                                                {"split.train", 7474},
                                                                {"split.validation", 1600},
                                                                {"split.test", 1602},
                                                                {"present.lipids", 7852},
                                                                {"present.pressure", 3195},
                                                                {"present.liver", 1313},
                                                                {"present.comorbidity", 4958},
                                                                {"present.body", 10676},
                                                                {"seed", 32}};
  for (const auto& [name, count] : expected) QTest::newRow(name) << count;
}

void TestNafldBundled::counts() {
  QFETCH(qint64, expected);
  const auto& counts = m_store->info().importCounts;
  QVERIFY(counts.contains(QTest::currentDataTag()));
  QCOMPARE(static_cast<qint64>(counts.at(QTest::currentDataTag())), expected);
}

void TestNafldBundled::splits() {
  std::set<std::int64_t> seen;
  for (const char* part : {"train", "validation", "test"}) {
    std::size_t visited = 0;
    std::int64_t positives = 0;
    QVERIFY(m_store->visit(part, [&](const SamplePtr& sample) {
      ++visited;
      positives += sample->labels.at("death_5y")[0] > 0 ? 1 : 0;
      return seen.insert(sample->stayId).second;
    }));
    QCOMPARE(visited, m_store->count(part).value());
    QCOMPARE(positives, m_store->info().importCounts.at(std::string("split.") + part + ".positive"));
  }
  QCOMPARE(seen.size(), m_store->count("").value());
}

void TestNafldBundled::everyStay() {
  const auto stays = m_store->stays().value();
  std::size_t index = 0, observations = 0;
  float latest = 0;
  QVERIFY(m_store->visit("", [&](const SamplePtr& sample) {
    const SamplePtr read = m_store->read(sample->stayId).value();
    if (read->modalities != sample->modalities || !sameLabels(*read, *sample) || read->digest != sample->digest)
      return false;
    const StaySummary& stay = stays[index++];
    for (std::size_t m = 0; m < sample->modalities.size(); ++m) {
      const ModalityData& modality = sample->modalities[m];
      if ((stay.present >> m & 1U) != (modality.present() ? 1U : 0U)) return false;
      observations += modality.observationCount();
      for (const VariableData& variable : modality.variables)
        for (const Observation& observation : variable.observations) latest = std::max(latest, observation.hour);
      for (const Event& event : modality.events) latest = std::max(latest, event.hour);
    }
    return stay.stayId == sample->stayId && stay.labels == sample->labels.at("death_5y");
  }));
  QCOMPARE(index, stays.size());
  QCOMPARE(observations, 77153U + 8969U + 45827U);
  QCOMPARE(latest, 43830.0F);  // the index date itself
}

void TestNafldBundled::importsAgainToTheSameBytes() {
  if (!QFileInfo::exists(QString::fromStdString(kSource + "/nafld2.csv.gz")))
    QSKIP("The NAFLD source (../shared/data/r-survival) is not beside the repository, so it cannot be imported again.");
  QTemporaryDir directory;
  const std::string path = directory.filePath("again.sqlite").toStdString();
  const auto report = importNafld({"nafld", {{"dir", kSource}}, {}, path, 32}, {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::string bundled = readBytes(kBundled), again = readBytes(path);
  // SQLite notes its own version in the header (bytes 96 to 99); another version may lay pages out in another way.
  if (bundled.substr(96, 4) == again.substr(96, 4)) {
    QVERIFY(bundled == again);
    return;
  }
  const auto store = CohortStore::open(path).value();
  QVERIFY(store->info().importCounts == m_store->info().importCounts);
  QVERIFY(m_store->visit("", [&](const SamplePtr& sample) {
    const auto other = store->read(sample->stayId);
    return other && (*other)->modalities == sample->modalities && sameLabels(**other, *sample);
  }));
  QCOMPARE(store->count("").value(), m_store->count("").value());
}

QTEST_APPLESS_MAIN(TestNafldBundled)
#include "tst_nafld_bundled.moc"
