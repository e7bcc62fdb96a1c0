// All masks of one stay: points, Shapley values of prediction and experts, exact and sampled, value spaces, errors.
#include <QtTest>
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "analysis/mask_batches.h"
#include "analysis/mask_lattice.h"
#include "fake_world.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// Log-odds: modality i brings 0.1 · (i + 1), modalities 0 and 2 together 1 more.
std::vector<float> knownLogOdds(const Sample&, std::uint32_t shown) {
  float sum = -1;
  for (int i = 0; i < 32; ++i)
    if (shown >> i & 1U) sum += 0.1F * static_cast<float>(i + 1);
  return {(shown & 0b101U) == 0b101U ? sum + 1 : sum};
}

double sumOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

bool near(double a, double b, double tolerance = 1e-6) {
  return std::abs(a - b) <= tolerance;
}

LatticeRequest requestFor(std::uint32_t recorded, int modalities, ValueSpace space = ValueSpace::LogOdds) {
  LatticeRequest request;
  request.sample = plainSample(5, recorded, modalities);
  request.space = space;
  return request;
}

}  // namespace

class TestMaskLattice : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everySubsetOfWhatIsThere();
  void knownShares();
  void probabilitySpace();
  void expertWeights();
  void mostPlayersThatAreExact();
  void sampled();
  void sampledIsDeterministic();
  void severalOutputs_data();
  void severalOutputs();
  void extremeLogOddsStayFinite();
  void errors();
  void stops();
};

void TestMaskLattice::everySubsetOfWhatIsThere() {
  const PlainModel model(plainConfig(5), knownLogOdds);
  const auto lattice = maskLattice(model, requestFor(0b10110, 5), {});
  QVERIFY(lattice);
  QCOMPARE(lattice->players, (std::vector<int>{1, 2, 4}));
  QVERIFY(lattice->exact);
  QCOMPARE(lattice->points.size(), 8U);
  QCOMPARE(model.states(), 8U);
  for (std::size_t i = 0; i < 8; ++i) {
    const MaskedRouting& point = lattice->points[i];
    const ModalityMask mask = (i & 1U ? 0b10U : 0U) | (i & 2U ? 0b100U : 0U) | (i & 4U ? 0b10000U : 0U);
    QCOMPARE(point.mask, mask);
    QCOMPARE(point.present, 0b10110U & ~mask);
    QCOMPARE(point.headLogits[1], knownLogOdds({}, point.present)[0]);
  }
}

void TestMaskLattice::knownShares() {
  const PlainModel model(plainConfig(4), knownLogOdds);
  const auto lattice = maskLattice(model, requestFor(0b1101, 4), {});
  QVERIFY(lattice);
  const std::vector<double> expected{0.6, 0, 0.8, 0.4};  // modality 1 is absent; 0 and 2 share their 1
  for (std::size_t m = 0; m < 4; ++m) {
    QVERIFY(near(lattice->shapley[m], expected[m]));
    QCOMPARE(lattice->standardError[m], 0.0);
    for (std::size_t other = 0; other < 4; ++other)
      QVERIFY(near(lattice->interaction[m * 4 + other], m + other == 2 && m != other ? 1 : 0));
  }
  QVERIFY(near(lattice->full, -1 + 0.1 + 0.3 + 0.4 + 1) && near(lattice->empty, -1));
  QVERIFY(near(lattice->sumCheck, 0, 1e-12));
}

void TestMaskLattice::probabilitySpace() {
  const PlainModel model(plainConfig(4), knownLogOdds);
  const auto lattice = maskLattice(model, requestFor(0b1111, 4, ValueSpace::Probability), {});
  QVERIFY(lattice);
  QCOMPARE(lattice->full, double(lattice->points.front().probability[0]));
  QCOMPARE(lattice->empty, double(lattice->points.back().probability[0]));
  QVERIFY(near(lattice->empty, 1 / (1 + std::exp(1.0))));
  QVERIFY(near(sumOf(lattice->shapley), lattice->full - lattice->empty, 1e-12));
  QVERIFY(near(lattice->sumCheck, 0, 1e-12));
  QVERIFY(lattice->shapley[0] > 0.01);
}

/// The fake's routing depends on the number shown alone, so that its modalities share every change evenly.
void TestMaskLattice::expertWeights() {
  const PlainModel model(plainConfig(3), knownLogOdds);
  const auto lattice = maskLattice(model, requestFor(0b111, 3), {});
  QVERIFY(lattice);
  const RoutingShape& shape = lattice->shape;
  const std::size_t cells = 2 * 4;
  QCOMPARE(lattice->expertShapley.size(), 3 * cells);
  QCOMPARE(lattice->expertInteraction.size(), 9 * cells);
  QVERIFY(lattice->expertSumCheck < 1e-12);
  double moved = 0;
  for (int layer = 0; layer < 2; ++layer) {
    for (int expert = 0; expert < 4; ++expert) {
      double change = 0;  // mean over routers of the kept weight, all shown minus none
      for (int router = 0; router < 3; ++router)
        change += (double(shape.of(lattice->points.front().meanTopK, layer, router)[std::size_t(expert)]) -
                   double(shape.of(lattice->points.back().meanTopK, layer, router)[std::size_t(expert)])) /
                  3;
      const std::size_t cell = std::size_t(layer * 4 + expert);
      for (std::size_t m = 0; m < 3; ++m) QVERIFY(near(lattice->expertShapley[m * cells + cell], change / 3, 1e-12));
      QVERIFY(near(lattice->expertInteraction[1 * cells + cell], lattice->expertInteraction[2 * cells + cell], 1e-12));
      QVERIFY(near(lattice->expertInteraction[1 * cells + cell], lattice->expertInteraction[3 * cells + cell], 1e-12));
      moved += std::abs(change);
    }
  }
  QVERIFY(moved > 0.1);
}

void TestMaskLattice::mostPlayersThatAreExact() {
  const PlainModel model(plainConfig(14), knownLogOdds);
  const auto lattice = maskLattice(model, requestFor(0b11101111111110, 14), {});  // 12 of 14
  QVERIFY(lattice && lattice->exact);
  QCOMPARE(lattice->points.size(), 4096U);
  QVERIFY(model.largest() <= kBatchStates);
  for (const int player : lattice->players)
    QVERIFY(near(lattice->shapley[std::size_t(player)], 0.1 * (player + 1), 1e-5));
}

void TestMaskLattice::sampled() {
  const PlainModel model(plainConfig(14), knownLogOdds);
  const auto lattice = maskLattice(model, requestFor(0b11111111111111, 14), {});
  QVERIFY(lattice);
  QVERIFY(!lattice->exact);
  QVERIFY(lattice->points.size() > 1000 && lattice->points.size() < 12000);
  QCOMPARE(lattice->points[0].mask, 0U);
  QCOMPARE(lattice->points[1].mask, 0b11111111111111U);
  QVERIFY(near(lattice->sumCheck, 0, 1e-9));
  QVERIFY(lattice->expertSumCheck < 1e-9);
  QVERIFY(lattice->expertInteraction.empty());
  QCOMPARE(lattice->expertShapley.size(), 14U * 8);
  for (std::size_t m = 0; m < 14; ++m) {
    const double expected = 0.1 * double(m + 1) + (m == 0 || m == 2 ? 0.5 : 0);
    const double error = lattice->standardError[m];
    QVERIFY(near(lattice->shapley[m], expected, 4 * error + 1e-5));
    // Additive players are known from one order; the two that interact are not, but antithetic pairs tell them.
    QVERIFY(error < 0.05);
  }
  QVERIFY(near(lattice->interaction[2], 1, 1e-5));  // an adjacent pair always tells an interaction of two
  QVERIFY(near(lattice->interaction[2 * 14], 1, 1e-5));
  QVERIFY(near(lattice->interaction[1], 0, 1e-5));
  const auto probability = maskLattice(model, requestFor(0b11111111111111, 14, ValueSpace::Probability), {});
  QVERIFY(probability && near(sumOf(probability->shapley), probability->full - probability->empty, 1e-9));
  QVERIFY(*std::max_element(probability->standardError.begin(), probability->standardError.end()) > 0);
}

void TestMaskLattice::sampledIsDeterministic() {
  const PlainModel model(plainConfig(13), knownLogOdds);
  LatticeRequest request = requestFor(0b1111111111111, 13, ValueSpace::Probability);
  request.permutations = 16;
  const auto one = maskLattice(model, request, {}), again = maskLattice(model, request, {});
  request.seed = 33;
  const auto other = maskLattice(model, request, {});
  QVERIFY(one && again && other);
  QVERIFY(one->shapley == again->shapley && one->points.size() == again->points.size());
  QVERIFY(one->shapley != other->shapley);
}

void TestMaskLattice::severalOutputs_data() {
  QTest::addColumn<bool>("exclusive");
  QTest::newRow("several classes") << true;
  QTest::newRow("several labels") << false;
}

void TestMaskLattice::severalOutputs() {
  QFETCH(bool, exclusive);
  const auto logits = [](const Sample&, std::uint32_t shown) {
    return std::vector<float>{0.5F * float(shown & 1U), 0.25F * float(shown >> 1 & 1U), -1.0F};
  };
  const PlainModel model(plainConfig(2, exclusive ? TaskKind::MultiClass : TaskKind::MultiLabel, 3), logits);
  for (const ValueSpace space : {ValueSpace::Probability, ValueSpace::LogOdds}) {
    LatticeRequest request = requestFor(0b11, 2, space);
    request.output = 1;
    const auto lattice = maskLattice(model, request, {});
    QVERIFY(lattice);
    for (const MaskedRouting& point : lattice->points) {
      const double p = double(point.probability[1]);
      QVERIFY(near(lattice->value(point), space == ValueSpace::Probability ? p : std::log(p / (1 - p))));
    }
    QVERIFY(near(lattice->sumCheck, 0, 1e-12));
    QCOMPARE(near(lattice->shapley[0], 0, 1e-9), !exclusive);  // modality 0 speaks of label 0 alone
  }
}

void TestMaskLattice::extremeLogOddsStayFinite() {
  const PlainModel model(
      plainConfig(1), [](const Sample&, std::uint32_t shown) { return std::vector<float>{shown ? 200.0F : -200.0F}; });
  const auto lattice = maskLattice(model, requestFor(1, 1), {});
  QVERIFY(lattice);
  QCOMPARE(lattice->shapley[0], 400.0);
}

void TestMaskLattice::errors() {
  PlainModel model(plainConfig(3), knownLogOdds);
  LatticeRequest request = requestFor(0b111, 3);
  for (const int output : {-1, 1}) {
    request.output = output;
    const auto lattice = maskLattice(model, request, {});
    QVERIFY(!lattice && lattice.error().what.find("no output") != std::string::npos);
  }
  const auto nothing = maskLattice(model, requestFor(0, 3), {});
  QVERIFY(!nothing && nothing.error().what.find("nothing to mask") != std::string::npos);
  QVERIFY(nothing.error().what.find("Stay 5") != std::string::npos);
  model.fails = "It fails as asked.";
  const auto failed = maskLattice(model, requestFor(0b111, 3), {});
  QVERIFY(!failed && failed.error().what == "It fails as asked.");
}

void TestMaskLattice::stops() {
  PlainModel model(plainConfig(12), knownLogOdds);
  std::stop_source stop;
  model.onCompute = [&](std::size_t) { stop.request_stop(); };
  QVERIFY(!maskLattice(model, requestFor(0xFFF, 12), stop.get_token()));
  QVERIFY(model.states() <= kBatchStates);
}

QTEST_APPLESS_MAIN(TestMaskLattice)
#include "tst_mask_lattice.moc"
