#include <QtTest>
#include <cmath>
#include <random>

#include "analysis/metrics.h"

using namespace fusemoe;
using Floats = std::vector<float>;
Q_DECLARE_METATYPE(std::vector<float>)

namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

/// Share of (positive, negative) pairs in order, counted one by one.
double aurocByPairs(const Floats& probability, const Floats& truth) {
  double wins = 0, pairs = 0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    for (std::size_t j = 0; j < truth.size(); ++j) {
      if (truth[i] < 0.5F || truth[j] > 0.5F) continue;
      ++pairs;
      wins += probability[i] > probability[j] ? 1 : probability[i] == probability[j] ? 0.5 : 0;
    }
  return wins / pairs;
}

/// Rows drawn `weights[i]` times, written out.
std::pair<Floats, Floats> repeated(const Floats& probability, const Floats& truth,
                                   const std::vector<std::uint32_t>& weights) {
  Floats p, t;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    p.insert(p.end(), weights[i], probability[i]);
    t.insert(t.end(), weights[i], truth[i]);
  }
  return {p, t};
}

}  // namespace

class TestMetrics : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void known_data();
  void known();
  void notDefined_data();
  void notDefined();
  void unknownTruthIsLeftOut();
  void aurocEqualsPairCounting();
  void weightsEqualRepetition();
  void bestF1_data();
  void bestF1();
  void brierAndPrevalence();
  void bootstrapIsSeeded();
  void bootstrapCoversNormalTheory();
  void bootstrapNeedsDefinedResamples();
  void meanPassesOverUndefined();
};

void TestMetrics::known_data() {
  QTest::addColumn<Floats>("probability");
  QTest::addColumn<Floats>("truth");
  QTest::addColumn<double>("auroc");
  QTest::addColumn<double>("auprc");
  QTest::addColumn<double>("f1AtHalf");
  const auto row = [](const char* name, Floats p, Floats t, double auroc, double auprc, double f1) {
    QTest::newRow(name) << std::move(p) << std::move(t) << auroc << auprc << f1;
  };
  row("perfect", {0.1F, 0.2F, 0.8F, 0.9F}, {0, 0, 1, 1}, 1, 1, 1);
  // Positives come last: precisions 1/3 and 2/4. Predicted at 0.5: both negatives.
  row("reversed", {0.9F, 0.8F, 0.2F, 0.1F}, {0, 0, 1, 1}, 0, 0.5 / 3 + 0.5 / 2, 0);
  // The usual four: 3 of 4 pairs in order; AP = ½·1 + ½·⅔.
  row("textbook", {0.1F, 0.4F, 0.35F, 0.8F}, {0, 0, 1, 1}, 0.75, 0.5 + 0.5 * 2 / 3, 2.0 / 3);
  row("all tied", {0.5F, 0.5F, 0.5F, 0.5F}, {1, 0, 0, 0}, 0.5, 0.25, 0.4);
  // One positive tied with one negative on top: pairs ½ + 1, of 2. AP: both enter at precision ½.
  row("tie on top", {0.7F, 0.7F, 0.1F}, {1, 0, 0}, 0.75, 0.5, 2.0 / 3);
  // Scores 0.9+, {0.6+,0.6−}, 0.6+ … three tied: P = 3; AP = ⅓·1 + ⅔·¾.
  row("tie in the middle", {0.9F, 0.6F, 0.6F, 0.6F, 0.3F}, {1, 1, 0, 1, 0}, (2 + 1.5 + 1.5) / 6,
      1.0 / 3 + 2.0 / 3 * 3 / 4, 6.0 / 7);
  row("order of rows", {0.8F, 0.1F, 0.35F, 0.4F}, {1, 0, 1, 0}, 0.75, 0.5 + 0.5 * 2 / 3, 2.0 / 3);
  // A probability equal to the threshold is predicted positive.
  row("on the threshold", {0.5F, 0.49F}, {1, 0}, 1, 1, 1);
  row("nothing predicted", {0.2F, 0.1F}, {1, 0}, 1, 1, 0);
}

void TestMetrics::known() {
  QFETCH(Floats, probability);
  QFETCH(Floats, truth);
  const LabelScores scores(probability, truth);
  const auto close = [](std::optional<double> value, double expected) {
    return value && std::abs(*value - expected) < 1e-12;
  };
  QFETCH(double, auroc);
  QFETCH(double, auprc);
  QFETCH(double, f1AtHalf);
  QVERIFY2(close(scores.auroc(), auroc), qPrintable(QString::number(scores.auroc().value_or(-1), 'g', 15)));
  QVERIFY2(close(scores.auprc(), auprc), qPrintable(QString::number(scores.auprc().value_or(-1), 'g', 15)));
  QVERIFY2(close(scores.f1(0.5), f1AtHalf), qPrintable(QString::number(scores.f1(0.5).value_or(-1), 'g', 15)));
}

void TestMetrics::notDefined_data() {
  QTest::addColumn<Floats>("truth");
  QTest::addColumn<bool>("f1Defined");
  QTest::newRow("no rows") << Floats{} << false;
  QTest::newRow("positives only") << Floats{1, 1, 1} << true;
  QTest::newRow("negatives only") << Floats{0, 0, 0} << false;
  QTest::newRow("unknown only") << Floats{kUnknown, kUnknown} << false;
  QTest::newRow("one class and unknown") << Floats{0, kUnknown} << false;
}

void TestMetrics::notDefined() {
  QFETCH(Floats, truth);
  QFETCH(bool, f1Defined);
  const Floats probability(truth.size(), 0.3F);
  const LabelScores scores(probability, truth);
  QVERIFY(!scores.auroc());
  QVERIFY(!scores.auprc());
  QCOMPARE(scores.f1(0.5).has_value(), f1Defined);
  QCOMPARE(scores.bestF1Threshold().has_value(), f1Defined);
  QCOMPARE(scores.prevalence().has_value(), scores.known() > 0);
  QCOMPARE(scores.brier().has_value(), scores.known() > 0);
}

void TestMetrics::unknownTruthIsLeftOut() {
  const LabelScores with(Floats{0.1F, 0.99F, 0.4F, 0.35F, 0.8F}, Floats{0, kUnknown, 0, 1, 1});
  QCOMPARE(with.known(), 4U);
  QCOMPARE(with.positives(), 2U);
  QCOMPARE(*with.auroc(), 0.75);
  // Weights belong to the rows given, the unknown one included.
  const std::vector<std::uint32_t> weights = {1, 9, 0, 1, 1};
  QCOMPARE(*with.auroc(weights), 1.0);
}

void TestMetrics::aurocEqualsPairCounting() {
  std::mt19937_64 random(3);
  for (int round = 0; round < 50; ++round) {
    Floats probability, truth;
    for (int i = 0; i < 60; ++i) {
      probability.push_back(static_cast<float>(random() % 12) / 12.0F);  // many ties
      truth.push_back(i < 2 ? static_cast<float>(i) : static_cast<float>(random() % 3 == 0));
    }
    const double expected = aurocByPairs(probability, truth);
    QVERIFY(std::abs(*LabelScores(probability, truth).auroc() - expected) < 1e-12);
    // Turning scores and classes round changes nothing; turning the scores alone gives 1 − AUROC.
    Floats negated;
    for (const float p : probability) negated.push_back(1 - p);
    QVERIFY(std::abs(*LabelScores(negated, truth).auroc() + expected - 1) < 1e-12);
  }
}

void TestMetrics::weightsEqualRepetition() {
  std::mt19937_64 random(5);
  Floats probability, truth;
  std::vector<std::uint32_t> weights;
  for (int i = 0; i < 80; ++i) {
    probability.push_back(static_cast<float>(random() % 20) / 20.0F);
    truth.push_back(static_cast<float>(random() % 2));
    weights.push_back(static_cast<std::uint32_t>(random() % 4));
  }
  const LabelScores scores(probability, truth);
  const auto [p, t] = repeated(probability, truth, weights);
  const LabelScores written(p, t);
  QCOMPARE(*scores.auroc(weights), *written.auroc());
  QCOMPARE(*scores.auprc(weights), *written.auprc());
  QCOMPARE(*scores.f1(0.35, weights), *written.f1(0.35));
  QVERIFY(*scores.auroc(weights) != *scores.auroc());
}

void TestMetrics::bestF1_data() {
  QTest::addColumn<Floats>("probability");
  QTest::addColumn<Floats>("truth");
  QTest::addColumn<float>("threshold");
  QTest::newRow("perfect") << Floats{0.1F, 0.2F, 0.8F, 0.9F} << Floats{0, 0, 1, 1} << 0.8F;
  QTest::newRow("textbook") << Floats{0.1F, 0.4F, 0.35F, 0.8F} << Floats{0, 0, 1, 1} << 0.35F;
  QTest::newRow("low probabilities") << Floats{0.01F, 0.02F, 0.03F} << Floats{0, 1, 1} << 0.02F;
  // F1 is 2/3 with the first alone and with the first four: the higher threshold is taken.
  QTest::newRow("two as good") << Floats{0.9F, 0.8F, 0.7F, 0.6F} << Floats{1, 0, 0, 1} << 0.9F;
  QTest::newRow("tied") << Floats{0.5F, 0.5F} << Floats{0, 1} << 0.5F;
}

void TestMetrics::bestF1() {
  QFETCH(Floats, probability);
  QFETCH(Floats, truth);
  QFETCH(float, threshold);
  const LabelScores scores(probability, truth);
  QCOMPARE(*scores.bestF1Threshold(), static_cast<double>(threshold));
  for (const float other : probability) QVERIFY(*scores.f1(other) <= *scores.f1(threshold));
}

void TestMetrics::brierAndPrevalence() {
  const LabelScores scores(Floats{0.25F, 0.5F, 1, 0}, Floats{0, 1, 1, kUnknown});
  QCOMPARE(*scores.brier(), (0.0625 + 0.25 + 0) / 3);
  QCOMPARE(*scores.prevalence(), 2.0 / 3);
}

void TestMetrics::bootstrapIsSeeded() {
  Floats probability, truth;
  for (int i = 0; i < 100; ++i) {
    probability.push_back(static_cast<float>(i * 37 % 100) / 100.0F);
    truth.push_back(static_cast<float>(i * 37 % 100 > 30 + i % 50));
  }
  const LabelScores scores(probability, truth);
  const auto statistic = [&](std::span<const std::uint32_t> weights) { return scores.auroc(weights); };
  const auto first = bootstrapInterval(100, {200, 1}, statistic);
  QVERIFY(first);
  QVERIFY(*first == *bootstrapInterval(100, {200, 1}, statistic));
  QVERIFY(!(*first == *bootstrapInterval(100, {200, 2}, statistic)));
  QVERIFY(first->low < *scores.auroc() && *scores.auroc() < first->high);
}

void TestMetrics::bootstrapCoversNormalTheory() {
  // The mean of 400 coins with 100 heads: its standard error is sqrt(0.25·0.75/400) = 0.02165.
  const auto share = [](std::span<const std::uint32_t> weights) -> std::optional<double> {
    double heads = 0, all = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      heads += i < 100 ? weights[i] : 0;
      all += weights[i];
    }
    return heads / all;
  };
  const auto interval = bootstrapInterval(400, {4000, 32}, share);
  QVERIFY(interval);
  QVERIFY2(std::abs(interval->low - (0.25 - 1.96 * 0.02165)) < 0.004, qPrintable(QString::number(interval->low)));
  QVERIFY2(std::abs(interval->high - (0.25 + 1.96 * 0.02165)) < 0.004, qPrintable(QString::number(interval->high)));
}

void TestMetrics::bootstrapNeedsDefinedResamples() {
  // One positive of 3 rows is missing from (2/3)³ = 30 % of resamples: still an interval. With none there is none.
  const LabelScores rare(Floats{0.9F, 0.1F, 0.2F}, Floats{1, 0, 0});
  QVERIFY(bootstrapInterval(3, {500, 1}, [&](auto weights) { return rare.auroc(weights); }));
  const LabelScores none(Floats{0.9F, 0.1F, 0.2F}, Floats{0, 0, 0});
  QVERIFY(!bootstrapInterval(3, {500, 1}, [&](auto weights) { return none.auroc(weights); }));
  QVERIFY(!bootstrapInterval(0, {500, 1}, [](auto) { return std::optional(1.0); }));
  QVERIFY(!bootstrapInterval(3, {0, 1}, [](auto) { return std::optional(1.0); }));
}

void TestMetrics::meanPassesOverUndefined() {
  const std::vector<std::optional<double>> values = {1.0, std::nullopt, 2.0};
  QCOMPARE(*meanOfDefined(values), 1.5);
  QVERIFY(!meanOfDefined(std::vector<std::optional<double>>{std::nullopt}));
  QVERIFY(!meanOfDefined({}));
}

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
