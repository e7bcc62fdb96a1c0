// Models that lean on one modality, or on all alike; experts that are used, shared and dead.
#include <QtTest>
#include <cmath>

#include "analysis/collapse.h"
#include "analysis/stay_view.h"
#include "support/fake_model.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr float kAbsent = std::numeric_limits<float>::quiet_NaN();
constexpr int kStays = 200, kModalities = 3;

/// The probability is the sum of what is shown, each times its weight. Layer 0: router r keeps expert r, 0.6 of the
/// weight of router 0 on expert 1 instead. Layer 1: all on expert 3. Of four experts.
FakeModel weighing(std::vector<float> weights) {
  FakeModel model(kModalities, 2, 4,
                  [weights = std::move(weights)](const Sample& sample, std::uint32_t present, const Intervention&,
                                                 MaskedRouting& routing) {
                    RoutingShape shape;
                    shape.layers = 2;
                    shape.routers = kModalities;
                    shape.experts = 4;
                    float sum = 0;
                    for (int m = 0; m < kModalities; ++m) {
                      if (present >> m & 1U) sum += weights[static_cast<std::size_t>(m)] * valueOf(sample, m);
                      sendTo(shape, routing, 0, m, m);
                      sendTo(shape, routing, 1, m, 3);
                    }
                    routing.meanTopK[0] = 0.4F;
                    routing.meanTopK[1] = 0.6F;
                    routing.probability = {sum};
                  });
  for (int l = 0; l < 2; ++l)
    for (int r = 0; r < kModalities; ++r) {
      GateGeometry gate{l, r, {0, 1, 2, 3}, {1, 1, 1, 1}, std::vector<double>(16, 2.0), std::vector<double>(16)};
      for (std::size_t i = 0; i < 4; ++i) gate.distance[i * 5] = 0;
      model.gates.push_back(std::move(gate));
    }
  return model;
}

/// Values from 0 to 0.3, "b" missing in every fifth; the label follows "a" alone.
KeptSamples cohort() {
  KeptSamples samples;
  for (int i = 0; i < kStays; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    std::vector<float> values;
    for (std::uint64_t m = 0; m < kModalities; ++m) values.push_back(0.15F * (noise(m, seed) + 1));
    const float label = values[0] > 0.15F ? 1 : 0;
    if (i % 5 == 0) values[1] = kAbsent;
    samples.add(stayOf(i + 1, values, label));
  }
  return samples;
}

const Finding& findingOf(const CollapseReport& report, const char* name) {
  return *std::ranges::find(report.findings, name, &Finding::name);
}

Result<CollapseReport> reportOf(const FakeModel& model) {
  return collapseReport(model, cohort(), {}, {}, {});
}

}  // namespace

class TestCollapse : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneDecidesAlone();
  void allAlike();
  void attributionByHand();
  void nothingMatters();
  void layers();
  void jointRouter();
  void gates();
  void oneClassAndFailures();
};

void TestCollapse::oneDecidesAlone() {
  const auto report = reportOf(weighing({1, 0, 0}));
  QVERIFY2(report, report ? "" : report.error().what.c_str());
  QCOMPARE(report->stays, std::size_t{kStays});
  QVERIFY(std::abs(report->unimodal - 1) < 1e-9);
  QVERIFY(std::abs(report->modalities[0].share - 1) < 1e-9);
  QCOMPARE(report->modalities[0].alone, std::optional(1.0));
  QCOMPARE(report->modalities[0].without, std::optional(0.5));
  QCOMPARE(report->modalities[1].alone, std::optional(0.5));
  QCOMPARE(report->modalities[1].without, std::optional(1.0));
  const Finding& finding = findingOf(*report, "unimodal collapse");
  QVERIFY(finding.warn && finding.value == report->unimodal);
  QVERIFY2(QString::fromStdString(finding.meaning).contains("'a' brings 100 %"), finding.meaning.c_str());
  QVERIFY(QString::fromStdString(finding.next).contains("training.modality_dropout"));
}

void TestCollapse::allAlike() {
  const auto report = reportOf(weighing({0.8F, 1, 0.8F}));  // "b" is missing in a fifth
  QVERIFY(report && report->unimodal < 0.01);
  QVERIFY(!findingOf(*report, "unimodal collapse").warn);
}

/// An additive model: a modality's Shapley value is what it adds.
void TestCollapse::attributionByHand() {
  const auto report = reportOf(weighing({1, -0.5F, 0.25F}));
  QVERIFY(report);
  const KeptSamples samples = cohort();
  const double weights[] = {1, 0.5, 0.25};
  double all = 0;
  for (int m = 0; m < kModalities; ++m) {
    double sum = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) sum += weights[m] * static_cast<double>(valueOf(*samples[i], m));
    const ModalityShare& share = report->modalities[static_cast<std::size_t>(m)];
    QVERIFY(std::abs(share.attribution - sum / kStays) < 1e-7);
    QVERIFY(share.attributionInterval.low < share.attribution && share.attribution < share.attributionInterval.high);
    all += share.share;
  }
  QVERIFY(std::abs(all - 1) < 1e-12);
  QCOMPARE(report->modalities[1].stays, 160U);
}

void TestCollapse::nothingMatters() {
  const auto report = reportOf(weighing({0, 0, 0}));
  QVERIFY(report && report->unimodal == 0 && report->modalities[0].share == 0);
  QVERIFY(findingOf(*report, "unimodal collapse").meaning.find("No modality moves") == 0);
}

void TestCollapse::layers() {
  const auto report = reportOf(weighing({1, 1, 1}));
  QVERIFY(report);
  const LayerUse& first = report->layers[0];
  const double importance[] = {0.4 / 3, 1.6 / 3, 1.0 / 3, 0};
  double entropy = 0;
  for (std::size_t e = 0; e < 4; ++e) {
    QVERIFY(std::abs(first.importance[e] - importance[e]) < 1e-6);
    entropy -= importance[e] > 0 ? importance[e] * std::log(importance[e]) : 0;
  }
  QVERIFY(std::abs(first.effectiveExperts - std::exp(entropy)) < 1e-6);
  QCOMPARE(first.dead, std::vector{3});
  // Expert 1: 0.6 of router a, 1 of router b. Expert 3: nobody.
  QVERIFY(std::abs(first.composition[3] - 0.6 / 1.6) < 1e-6 && std::abs(first.composition[4] - 1 / 1.6) < 1e-6);
  for (std::size_t m = 9; m < 12; ++m) QCOMPARE(first.composition[m], 0.0);
  QCOMPARE(first.meanDenseEntropy, 0.0);
  const LayerUse& second = report->layers[1];
  QVERIFY(std::abs(second.effectiveExperts - 1) < 1e-9);
  QCOMPARE(second.dead, (std::vector{0, 1, 2}));
  QVERIFY(findingOf(*report, "effective experts").warn);
  QVERIFY(QString::fromStdString(findingOf(*report, "effective experts").next).contains("model.loss.balance"));
  const Finding& dead = findingOf(*report, "dead experts");
  QVERIFY(dead.warn && dead.value == 4 && dead.most == 8);
  QVERIFY2(QString::fromStdString(dead.meaning).contains("1:4, 2:1, 2:2, 2:3"), dead.meaning.c_str());
}

void TestCollapse::jointRouter() {
  FakeModel model(2, 1, 4, [](const Sample&, std::uint32_t, const Intervention&, MaskedRouting&) {});
  model.editConfig().router = Router::Joint;
  const auto report = reportOf(model);
  QVERIFY(report && report->layers[0].composition.empty());
  QVERIFY(std::abs(report->layers[0].effectiveExperts - 4) < 1e-6);
  QVERIFY(std::abs(report->layers[0].meanDenseEntropy - std::log(4.0)) < 1e-6);
}

void TestCollapse::gates() {
  FakeModel model = weighing({1, 1, 1});
  QVERIFY(!findingOf(*reportOf(model), "nearest gate vectors").warn);
  model.gates[4].distance[1 * 4 + 2] = model.gates[4].distance[2 * 4 + 1] = 0.1;
  const auto report = reportOf(model);
  QCOMPARE(report->gates.size(), 6U);
  const Finding& finding = findingOf(*report, "nearest gate vectors");
  QVERIFY(finding.warn && std::abs(finding.value - 0.05) < 1e-9);
  QVERIFY2(QString::fromStdString(finding.meaning).contains("Experts 2 and 3 of layer 2, router 'b'"),
           finding.meaning.c_str());
}

void TestCollapse::oneClassAndFailures() {
  KeptSamples samples;
  for (int i = 0; i < 30; ++i) samples.add(stayOf(i + 1, {0.1F, 0.2F, kAbsent}, 0));
  const auto report = collapseReport(weighing({1, 1, 1}), samples, {}, {}, {});
  QVERIFY(report && !report->modalities[0].alone && !report->modalities[0].full);
  QVERIFY(!report->modalities[2].alone && report->modalities[2].stays == 0 && report->modalities[2].attribution == 0);
  CollapseOptions options;
  options.output = 3;
  QVERIFY(!collapseReport(weighing({1, 1, 1}), samples, options, {}, {}));
  QVERIFY(!reportOf(FakeModel(13, 1, 4, [](const Sample&, std::uint32_t, const Intervention&, MaskedRouting&) {})));
  QVERIFY(!collapseReport(weighing({1, 1, 1}), KeptSamples(), {}, {}, {}));
}

QTEST_APPLESS_MAIN(TestCollapse)
#include "tst_collapse.moc"
