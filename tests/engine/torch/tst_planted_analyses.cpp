// The analyses name what was planted in the synthetic ICU cohort, on stays that neither the models nor the choice of
// the story have seen. Most have a counterpart that must come to nothing: conditions handed to the wrong stays, absence
// by a coin, a patient like the others.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/collapse.h"
#include "analysis/donors.h"
#include "analysis/expert_effect.h"
#include "analysis/mask_lattice.h"
#include "analysis/missingness.h"
#include "analysis/support.h"
#include "cohort/generate/icu_patient.h"
#include "cohort/generate/icu_record.h"
#include "torch/inference/torch_model.h"
#include "torch/model/model_file.h"

using namespace fusemoe;

namespace {

const std::string kModels = FUSEMOE_SOURCE_DIR "/resources/models/";
constexpr std::uint64_t kSeed = 4711;  // neither the bundled cohort's nor icu_planted's
constexpr int kTs = 0, kText = 1, kCxr = 2, kEcg = 3;

/// Label `pheno`'s places (icuPhenotypes()).
constexpr int kArrhythmiaLabel = 3, kSurgeryLabel = 6, kBlockLabel = 7, kEffusionLabel = 20, kPneumoniaLabel = 21,
              kSepsisLabel = 23;

struct Drawn {
  IcuPatient patient;
  SamplePtr sample;
};

/// Stays drawn from the story, in memory.
class DrawnCohort : public SampleSource {
 public:
  explicit DrawnCohort(std::int64_t stays) {
    for (std::int64_t id = 1; id <= stays; ++id) {
      const IcuPatient patient = drawPatient(kSeed, id);
      Sample sample = drawRecord(kSeed, patient, {});
      sample.labels["ihm"] = {patient.dies ? 1.0F : 0.0F};
      std::vector<float>& pheno = sample.labels["pheno"];
      for (const bool is : patient.phenotypes) pheno.push_back(is ? 1.0F : 0.0F);
      all.push_back({patient, std::make_shared<const Sample>(std::move(sample))});
    }
  }
  Result<void> visit(const std::string&, const std::function<bool(const SamplePtr&)>& visit) const override {
    for (const Drawn& drawn : all)
      if (!visit(drawn.sample)) break;
    return {};
  }
  Result<std::size_t> count(const std::string&) const override { return all.size(); }

  std::vector<Drawn> all;
};

std::shared_ptr<TorchModel> bundled(const char* name) {
  auto loaded = openModelFile(kModels + name);
  if (!loaded) qFatal("%s", loaded.error().line().c_str());
  return std::make_shared<TorchModel>(std::move(*loaded), at::Device(at::kCPU));
}

template <class T>
T answered(Result<T> result) {
  if (!result) qFatal("%s", result.error().line().c_str());
  return std::move(*result);
}

void nothingToTell(const Progress&) {}

bool has(const Drawn& drawn, int modality) {
  return drawn.sample->modalities[static_cast<std::size_t>(modality)].present();
}

}  // namespace

class TestPlantedAnalyses : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_pheno = bundled("icu-synthetic-pheno-permod-laplace.safetensors");
    m_ihm = bundled("icu-synthetic-ihm-permod-laplace.safetensors");
  }
  void shapleyNamesTheCarrier_data();
  void shapleyNamesTheCarrier();
  void expertsOfTheCarrierMatter_data();
  void expertsOfTheCarrierMatter();
  void oneModalityDecidesAlone();
  void donorsWithTheConditionRaiseIt();
  void absenceSpeaksWhereItWasMadeTo();
  void matchingTakesSeverityAway();
  void aStrangePatientRaisesTheAlarm();

 private:
  /// Mean Shapley value of each modality among stays whose partner `shift` places on has the condition.
  std::array<double, 4> attribution(Condition condition, int label, int carrier, std::size_t shift) const;

  DrawnCohort m_cohort{600};
  std::shared_ptr<TorchModel> m_pheno, m_ihm;
};

std::array<double, 4> TestPlantedAnalyses::attribution(Condition condition, int label, int carrier,
                                                       std::size_t shift) const {
  constexpr int kMost = 25;
  std::array<double, 4> mean{};
  int stays = 0;
  for (std::size_t i = 0; i < m_cohort.all.size() && stays < kMost; ++i) {
    const Drawn& drawn = m_cohort.all[i];
    if (!has(drawn, carrier) || !m_cohort.all[(i + shift) % m_cohort.all.size()].patient.has(condition)) continue;
    const MaskLattice lattice = answered(maskLattice(*m_pheno, {.sample = drawn.sample, .output = label}, {}));
    if (std::abs(lattice.sumCheck) > 1e-6) qFatal("Shapley values do not sum: %g", lattice.sumCheck);
    for (std::size_t m = 0; m < 4; ++m) mean[m] += lattice.shapley[m];
    ++stays;
  }
  if (stays < 10) qFatal("only %d stays", stays);
  for (double& value : mean) value /= stays;
  return mean;
}

void TestPlantedAnalyses::shapleyNamesTheCarrier_data() {
  QTest::addColumn<int>("condition");
  QTest::addColumn<int>("label");
  QTest::addColumn<int>("carrier");
  using enum Condition;
  const auto row = [](const char* name, Condition condition, int label, int carrier) {
    QTest::newRow(name) << static_cast<int>(condition) << label << carrier;
  };
  row("sepsis: ts", Sepsis, kSepsisLabel, kTs);
  row("surgical complication: text", SurgicalComplication, kSurgeryLabel, kText);
  row("pleural effusion: cxr", PleuralEffusion, kEffusionLabel, kCxr);
  row("pneumonia: cxr", Pneumonia, kPneumoniaLabel, kCxr);
  row("arrhythmia: ecg", Arrhythmia, kArrhythmiaLabel, kEcg);
  row("conduction block: ecg", ConductionBlock, kBlockLabel, kEcg);
}

void TestPlantedAnalyses::shapleyNamesTheCarrier() {
  QFETCH(int, condition);
  QFETCH(int, label);
  QFETCH(int, carrier);
  const auto named = [carrier](const std::array<double, 4>& values) {
    double other = 0;
    for (std::size_t m = 0; m < 4; ++m)
      if (m != static_cast<std::size_t>(carrier)) other = std::max(other, values[m]);
    const double own = values[static_cast<std::size_t>(carrier)];
    return own >= 0.12 && own >= 2 * other;
  };
  const auto own = attribution(static_cast<Condition>(condition), label, carrier, 0);
  qInfo("%.3f %.3f %.3f %.3f", own[0], own[1], own[2], own[3]);
  QVERIFY(named(own));
  // With the condition handed to other stays, what is left is how often they have it themselves.
  const auto place = static_cast<std::size_t>(carrier);
  for (const std::size_t shift : {7U, 123U})
    QVERIFY(attribution(static_cast<Condition>(condition), label, carrier, shift)[place] < own[place] / 2);
}

void TestPlantedAnalyses::expertsOfTheCarrierMatter_data() {
  QTest::addColumn<int>("label");
  QTest::addColumn<int>("carrier");
  QTest::newRow("sepsis: ts") << kSepsisLabel << kTs;
  QTest::newRow("conduction block: ecg") << kBlockLabel << kEcg;
}

void TestPlantedAnalyses::expertsOfTheCarrierMatter() {
  QFETCH(int, label);
  QFETCH(int, carrier);
  const ExpertRanking ranking = answered(rankExperts(
      *m_pheno, m_cohort, {.split = "", .output = label, .most = 200, .bootstrap = {100, 32}}, nothingToTell, {}));
  const CollapseReport report = answered(collapseReport(
      *m_pheno, m_cohort, {.split = "", .output = label, .most = 200, .bootstrap = {100, 32}}, nothingToTell, {}));
  // Of the experts with most effect, the weight they were given by each modality.
  std::array<double, 4> first{};
  const std::size_t experts = report.layers.front().importance.size();
  const auto add = [&](const ExpertEffect& effect, std::array<double, 4>& sum) {
    const LayerUse& use = report.layers[static_cast<std::size_t>(effect.layer)];
    for (std::size_t m = 0; m < 4; ++m) sum[m] += use.composition[static_cast<std::size_t>(effect.expert) * 4 + m];
  };
  QCOMPARE(ranking.effects.size(), experts * report.layers.size());
  for (std::size_t i = 0; i < 2; ++i) add(ranking.effects[i], first);
  qInfo("first two: ts %.2f text %.2f cxr %.2f ecg %.2f of 2; effect %.3f", first[0], first[1], first[2], first[3],
        ranking.effects[0].meanAbsolute);
  QVERIFY(first[static_cast<std::size_t>(carrier)] >= 1.0);
}

void TestPlantedAnalyses::oneModalityDecidesAlone() {
  const auto shares = [this](int label) {
    const CollapseReport report = answered(collapseReport(
        *m_pheno, m_cohort, {.split = "", .output = label, .most = 300, .bootstrap = {100, 32}}, nothingToTell, {}));
    qInfo("unimodal %.2f; shares %.2f %.2f %.2f %.2f", report.unimodal, report.modalities[0].share,
          report.modalities[1].share, report.modalities[2].share, report.modalities[3].share);
    return report;
  };
  const CollapseReport sepsis = shares(kSepsisLabel), pneumonia = shares(kPneumoniaLabel);
  QVERIFY(sepsis.modalities[kTs].share > 0.7);
  QVERIFY(pneumonia.modalities[kTs].share < 0.7);
  QVERIFY(sepsis.unimodal > pneumonia.unimodal);
  // Pneumonia shows in the picture: where there is one, it alone tells more than any other modality alone.
  const auto alone = [&](int modality) { return pneumonia.modalities[static_cast<std::size_t>(modality)].alone; };
  QVERIFY(alone(kCxr).has_value());
  for (const int other : {kTs, kText, kEcg}) QVERIFY(*alone(kCxr) > alone(other).value_or(0));
}

void TestPlantedAnalyses::donorsWithTheConditionRaiseIt() {
  std::map<std::int64_t, bool> has;
  for (const Drawn& drawn : m_cohort.all) has[drawn.sample->stayId] = drawn.patient.has(Condition::ConductionBlock);
  double with = 0, without = 0;
  int n = 0, m = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    const DonorReport report = answered(donorPredictions(
        *m_pheno, m_cohort, m_cohort.all[i].sample,
        {.modality = kEcg, .mask = 1U << kEcg, .output = kBlockLabel, .donors = 60}, nothingToTell, {}));
    for (const Donor& donor : report.donors) {
      (has[donor.stayId] ? with : without) += donor.probability;
      ++(has[donor.stayId] ? n : m);
    }
  }
  QVERIFY(n >= 10 && m >= 10);
  qInfo("donors with the condition %.3f (%d), without %.3f (%d)", with / n, n, without / m, m);
  QVERIFY(with / n > without / m + 0.2);
}

void TestPlantedAnalyses::absenceSpeaksWhereItWasMadeTo() {
  const DrawnCohort many(3000);
  const auto lacking = [&](const std::function<bool(const Drawn&)>& loses) {
    DrawnCohort cohort(0);
    for (Drawn drawn : many.all) {
      if (!drawn.patient.hasEcg) continue;
      Sample sample = *drawn.sample;
      if (loses(drawn)) sample.modalities[kEcg].events.clear();
      drawn.sample = std::make_shared<const Sample>(std::move(sample));
      cohort.all.push_back(drawn);
    }
    return answered(naturalAgainstForced(*m_ihm, cohort, {.split = "", .modality = kEcg}, nothingToTell, {}));
  };
  const auto told = [](const char* what, const MissingnessReport& report) {
    qInfo("%s: outcome %+.3f [%+.3f, %+.3f], risk %+.3f, %zu pairs", what, report.outcome->difference,
          report.outcome->interval.low, report.outcome->interval.high, report.risk.difference, report.pairs);
  };
  // Half of the survivors, and nobody who dies, loses the ECG: absence says that one lives, whatever the vitals say.
  const MissingnessReport survivors =
      lacking([](const Drawn& drawn) { return !drawn.patient.dies && drawn.patient.stayId % 2 == 0; });
  told("survivors' lost", survivors);
  QVERIFY(survivors.outcome->interval.high < 0);
  // Lost by a coin, it says nothing.
  const MissingnessReport coin = lacking([](const Drawn& drawn) { return drawn.patient.stayId % 2 == 0; });
  told("lost by a coin", coin);
  QVERIFY(coin.outcome->interval.low < 0 && coin.outcome->interval.high > 0);
}

void TestPlantedAnalyses::matchingTakesSeverityAway() {
  // In the story ECGs are taken of the sick, who die more often; but severity shows in the vitals too, so among
  // patients alike in those the absence says no more.
  const DrawnCohort many(3000);
  std::array<double, 2> deaths{}, stays{};
  for (const Drawn& drawn : many.all) {
    deaths[drawn.patient.hasEcg ? 1 : 0] += drawn.patient.dies ? 1 : 0;
    ++stays[drawn.patient.hasEcg ? 1 : 0];
  }
  const double plain = deaths[0] / stays[0] - deaths[1] / stays[1];
  const MissingnessReport matched =
      answered(naturalAgainstForced(*m_ihm, many, {.split = "", .modality = kEcg}, nothingToTell, {}));
  qInfo("outcome without − with ECG: plain %+.3f, matched %+.3f [%+.3f, %+.3f]", plain, matched.outcome->difference,
        matched.outcome->interval.low, matched.outcome->interval.high);
  QVERIFY(plain < -0.02);
  QVERIFY(matched.outcome->interval.low > plain);
}

void TestPlantedAnalyses::aStrangePatientRaisesTheAlarm() {
  const auto percentile = [this](const Sample& sample) {
    const auto shared = std::make_shared<const Sample>(sample);
    const ModalityMask mask = 0;
    const MaskedRouting routing = answered(m_pheno->predictMasks({&shared, 1}, {&mask, 1}, {}, {})).front().front();
    const auto reference = answered(SupportReference::make(
        *m_pheno, m_cohort, {.mask = 0, .present = routing.present, .most = 400}, nothingToTell, {}));
    return reference->report(routing, sample.stayId);
  };
  double ordinary = 0;
  for (std::size_t i = 0; i < 10; ++i) ordinary += percentile(*m_cohort.all[i].sample).percentile / 10;
  Sample strange = *m_cohort.all[0].sample;
  strange.stayId = 999999;
  for (ModalityData& modality : strange.modalities) {
    for (VariableData& variable : modality.variables)
      for (Observation& observation : variable.observations) observation.value = -5 * observation.value;
    for (Event& event : modality.events)
      for (float& value : event.vector) value *= -5;
  }
  const SupportReport report = percentile(strange);
  qInfo("ordinary %.0f, strange %.0f", ordinary, report.percentile);
  QVERIFY(ordinary > 15 && ordinary < 85);
  QVERIFY(report.alarm);
  QVERIFY(report.percentile > 95);
}

QTEST_APPLESS_MAIN(TestPlantedAnalyses)
#include "tst_planted_analyses.moc"
