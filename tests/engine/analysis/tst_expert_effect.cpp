// Knock-outs of a model whose experts do what the test says.
#include <QtTest>
#include <cmath>

#include "analysis/expert_effect.h"
#include "analysis/stay_view.h"
#include "support/fake_model.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr int kStays = 200;

/// Two layers of three experts. Expert 1 of layer 1 carries "a", which decides the label; expert 0 of layer 0 adds 0.1
/// to everybody; expert 2 is used by nobody, and to knock it out would show (it must not be computed).
FakeModel acting(int* calls = nullptr) {
  return {
      1, 2, 3,
      [calls](const Sample& sample, std::uint32_t present, const Intervention& intervention, MaskedRouting& routing) {
        routing.meanTopK = {0.5F, 0.5F, 0, 0.2F, 0.8F, 0};
        bool out[2][3] = {};
        for (const ExpertChange& change : intervention.experts)
          if (change.kind == ExpertChange::Kind::KnockOut) out[change.layer][change.expert] = true;
        if (calls && !intervention.empty()) ++*calls;
        float probability = 0.1F;
        if (!out[0][0]) probability += 0.1F;
        if (!out[1][1] && (present & 1U)) probability += 0.5F * valueOf(sample, 0);
        if (out[0][2] || out[1][2]) probability = 1;
        routing.probability = {probability};
      }};
}

KeptSamples cohort(bool oneClass = false) {
  KeptSamples samples;
  for (int i = 0; i < kStays; ++i) {
    const float value = (noise(static_cast<std::uint64_t>(i)) + 1) / 2;
    samples.add(stayOf(i + 1, {value}, oneClass || value > 0.5F ? 1 : 0));
  }
  return samples;
}

const ExpertEffect& effectOf(const ExpertRanking& ranking, int layer, int expert) {
  return *std::ranges::find_if(
      ranking.effects, [&](const ExpertEffect& effect) { return effect.layer == layer && effect.expert == expert; });
}

}  // namespace

class TestExpertEffect : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsTheOneThatMatters();
  void unusedAreNotComputed();
  void oneClass();
  void masked();
  void failures();
};

void TestExpertEffect::findsTheOneThatMatters() {
  const auto ranking = rankExperts(acting(), cohort(), {}, {}, {});
  QVERIFY2(ranking, ranking ? "" : ranking.error().what.c_str());
  QCOMPARE(ranking->stays, std::size_t{kStays});
  QCOMPARE(ranking->auroc, std::optional(1.0));
  QCOMPARE(ranking->effects.size(), 6U);
  const ExpertEffect& first = ranking->effects.front();
  QVERIFY(first.layer == 1 && first.expert == 1);
  QVERIFY(std::abs(first.use - 0.8) < 1e-6);
  QVERIFY(std::abs(first.mean - 0.25) < 0.03 && std::abs(first.meanAbsolute - first.mean) < 1e-9);
  QVERIFY(first.meanInterval.low < first.mean && first.mean < first.meanInterval.high);
  QVERIFY(first.meanInterval.high - first.meanInterval.low < 0.06);
  QVERIFY(std::abs(*first.aurocLoss - 0.5) < 1e-9);
  const ExpertEffect& second = ranking->effects[1];
  QVERIFY(second.layer == 0 && second.expert == 0 && std::abs(second.mean - 0.1) < 1e-6);
  QCOMPARE(second.aurocLoss, std::optional(0.0));  // the same for everybody: the order stays
  QCOMPARE(effectOf(*ranking, 0, 1).meanAbsolute, 0.0);
}

void TestExpertEffect::unusedAreNotComputed() {
  int calls = 0;
  const auto ranking = rankExperts(acting(&calls), cohort(), {}, {}, {});
  QVERIFY(ranking);
  QCOMPARE(calls, 4 * kStays);
  for (const int layer : {0, 1}) {
    const ExpertEffect& effect = effectOf(*ranking, layer, 2);
    QVERIFY(effect.use == 0 && effect.meanAbsolute == 0 && effect.mean == 0);
    QCOMPARE(effect.meanInterval, (Interval{0, 0}));
    QCOMPARE(effect.aurocLoss, std::optional(0.0));
  }
}

void TestExpertEffect::oneClass() {
  const auto ranking = rankExperts(acting(), cohort(true), {}, {}, {});
  QVERIFY(ranking && !ranking->auroc);
  for (const ExpertEffect& effect : ranking->effects) QVERIFY(!effect.aurocLoss && !effect.aurocLossInterval);
  QVERIFY(ranking->effects.front().mean > 0.2);
}

void TestExpertEffect::masked() {
  RankingOptions options;
  options.mask = 1;
  const auto ranking = rankExperts(acting(), cohort(), options, {}, {});
  QVERIFY(ranking);
  QVERIFY(ranking->effects.front().layer == 0 && ranking->effects.front().expert == 0);
  QCOMPARE(effectOf(*ranking, 1, 1).meanAbsolute, 0.0);
}

void TestExpertEffect::failures() {
  RankingOptions options;
  options.output = 1;
  const auto output = rankExperts(acting(), cohort(), options, {}, {});
  QVERIFY(!output && output.error().line().find("died") != std::string::npos);
  QVERIFY(!rankExperts(acting(), KeptSamples(), {}, {}, {}));
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!rankExperts(acting(), cohort(), {}, {}, stop.get_token()));
}

QTEST_APPLESS_MAIN(TestExpertEffect)
#include "tst_expert_effect.moc"
