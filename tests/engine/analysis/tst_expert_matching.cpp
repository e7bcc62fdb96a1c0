// The assignment against all permutations, and what matching two models says.
#include <QtTest>
#include <algorithm>
#include <numeric>

#include "analysis/expert_matching.h"
#include "analysis/stay_view.h"
#include "support/fake_model.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr int kExperts = 5;
constexpr int kStays = 120;

/// Which expert a stay's token of a modality goes to: different from patient to patient, the last expert is never used.
int expertOf(const Sample& sample, int layer, int router) {
  return static_cast<int>(mixed(static_cast<std::uint64_t>(sample.stayId * 31 + layer * 7 + router)) % (kExperts - 1));
}

/// A model whose expert e is the same as expert renamed[e] of the plain one.
FakeModel modelWith(std::vector<int> renamed, std::uint64_t otherwise = 0) {
  return {2, 2, kExperts,
          [renamed = std::move(renamed), otherwise](const Sample& sample, std::uint32_t, const Intervention&,
                                                    MaskedRouting& routing) {
            RoutingShape shape;
            shape.layers = shape.routers = 2;
            shape.experts = kExperts;
            Sample seen = sample;
            if (otherwise > 0)
              seen.stayId =
                  static_cast<std::int64_t>(mixed(otherwise + static_cast<std::uint64_t>(sample.stayId)) >> 20);
            for (int l = 0; l < 2; ++l)
              for (int r = 0; r < 2; ++r)
                sendTo(shape, routing, l, r, renamed[static_cast<std::size_t>(expertOf(seen, l, r))]);
          }};
}

KeptSamples cohort() {
  KeptSamples samples;
  for (int i = 0; i < kStays; ++i) samples.add(stayOf(i + 1, {1, 2}, 0));
  return samples;
}

double sumOf(const std::vector<double>& gain, const std::vector<int>& columns) {
  double sum = 0;
  for (std::size_t i = 0; i < columns.size(); ++i)
    sum += gain[i * columns.size() + static_cast<std::size_t>(columns[i])];
  return sum;
}

}  // namespace

class TestExpertMatching : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void assignment_data();
  void assignment();
  void renamedModel();
  void itself();
  void anotherModel();
  void modalitiesAlone();
  void modelsThatDoNotFit();
};

void TestExpertMatching::assignment_data() {
  QTest::addColumn<int>("size");
  for (int size = 0; size <= 7; ++size) QTest::addRow("%d", size) << size;
}

/// Against every permutation; with ties among whole numbers in every second matrix.
void TestExpertMatching::assignment() {
  QFETCH(int, size);
  for (std::uint64_t round = 0; round < 60; ++round) {
    std::vector<double> gain(static_cast<std::size_t>(size * size));
    for (std::size_t i = 0; i < gain.size(); ++i) {
      const double number = static_cast<double>(noise(round, i));
      gain[i] = round % 2 == 0 ? number : std::round(2 * number);
    }
    const std::vector<int> found = bestAssignment(gain, size);
    std::vector<int> columns(static_cast<std::size_t>(size));
    std::iota(columns.begin(), columns.end(), 0);
    std::vector<int> sorted = found;
    std::ranges::sort(sorted);
    QCOMPARE(sorted, columns);
    double best = -1e300;
    do best = std::max(best, sumOf(gain, columns));
    while (std::next_permutation(columns.begin(), columns.end()));
    QVERIFY(std::abs(sumOf(gain, found) - best) < 1e-12);
  }
}

void TestExpertMatching::renamedModel() {
  const std::vector<int> renamed{2, 0, 3, 1, 4};
  const auto report = matchExperts(modelWith({0, 1, 2, 3, 4}), modelWith(renamed), cohort(), {}, {}, {});
  QVERIFY2(report, report ? "" : report.error().what.c_str());
  QCOMPARE(report->stays, std::size_t{kStays});
  QCOMPARE(report->layers.size(), 2U);
  for (const MatchedLayer& layer : report->layers) {
    QCOMPARE(layer.partner, renamed);
    QVERIFY(std::abs(layer.matched - 4.0 / 5) < 1e-9);  // the fifth is used by nobody: 0
    QVERIFY(layer.byNumber < 0.2);
    QVERIFY(layer.chanceHigh < 0.3 && layer.chance <= layer.chanceHigh);
    QCOMPARE(layer.sameNumber, 1);
    QCOMPARE(layer.similarity[4 * kExperts + 4], 0.0);
  }
  QVERIFY2(QString::fromStdString(report->verdict).contains("under another number"), report->verdict.c_str());
}

void TestExpertMatching::itself() {
  const FakeModel model = modelWith({0, 1, 2, 3, 4});
  const auto report = matchExperts(model, model, cohort(), {}, {}, {});
  QVERIFY(report);
  for (const MatchedLayer& layer : report->layers) {
    QCOMPARE(layer.sameNumber, kExperts);
    QCOMPARE(layer.matched, layer.byNumber);
  }
  QVERIFY2(QString::fromStdString(report->verdict).contains("under the same number"), report->verdict.c_str());
}

/// A model that sends patients elsewhere for reasons of its own is matched no better than shuffled stays.
void TestExpertMatching::anotherModel() {
  const auto report = matchExperts(modelWith({0, 1, 2, 3, 4}), modelWith({0, 1, 2, 3, 4}, 99), cohort(), {}, {}, {});
  QVERIFY(report);
  for (const MatchedLayer& layer : report->layers) QVERIFY(layer.matched < 0.3);
  QVERIFY2(QString::fromStdString(report->verdict).contains("not found in the other"), report->verdict.c_str());
  const auto again = matchExperts(modelWith({0, 1, 2, 3, 4}), modelWith({0, 1, 2, 3, 4}, 99), cohort(), {}, {}, {});
  QCOMPARE(again->layers[0].chance, report->layers[0].chance);
}

/// Two models in which expert 0 serves modality a and expert 1 modality b, now more and now less, each by chance.
void TestExpertMatching::modalitiesAlone() {
  const auto serving = [](std::uint64_t seed) {
    return FakeModel(2, 1, 2, [seed](const Sample& sample, std::uint32_t, const Intervention&, MaskedRouting& routing) {
      const float own = 0.8F + 0.2F * noise(seed, static_cast<std::uint64_t>(sample.stayId));
      routing.meanTopK = {own, 1 - own, 1 - own, own};
    });
  };
  const auto report = matchExperts(serving(1), serving(2), cohort(), {}, {}, {});
  QVERIFY(report && report->layers[0].matched > 0.5 && report->layers[0].chance > 0.5);
  QVERIFY2(QString::fromStdString(report->verdict).contains("but not in which patients"), report->verdict.c_str());
  const auto itself = matchExperts(serving(1), serving(1), cohort(), {}, {}, {});
  QVERIFY2(QString::fromStdString(itself->verdict).contains("under the same number"), itself->verdict.c_str());
}

void TestExpertMatching::modelsThatDoNotFit() {
  const FakeModel model = modelWith({0, 1, 2, 3, 4});
  const auto rule = [](const Sample&, std::uint32_t, const Intervention&, MaskedRouting&) {};
  const auto said = [&](const FakeModel& other) {
    const auto report = matchExperts(model, other, cohort(), {}, {}, {});
    return report ? std::string() : report.error().what;
  };
  QVERIFY(said({2, 3, kExperts, rule}).find("another number of layers") != std::string::npos);
  QVERIFY(said({2, 2, kExperts + 1, rule}).find("another number of experts") != std::string::npos);
  QVERIFY(said({3, 2, kExperts, rule}).find("other modalities") != std::string::npos);
  FakeModel joint(2, 2, kExperts, rule);
  joint.editConfig().router = Router::Joint;
  QVERIFY(said(joint).find("another number of routers") != std::string::npos);
  QVERIFY(!matchExperts(model, model, KeptSamples(), {}, {}, {}));
}

QTEST_APPLESS_MAIN(TestExpertMatching)
#include "tst_expert_matching.moc"
