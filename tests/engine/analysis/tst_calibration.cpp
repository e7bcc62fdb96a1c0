#include <QtTest>
#include <cmath>
#include <random>

#include "analysis/calibration.h"

using namespace fusemoe;
using Floats = std::vector<float>;

namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

bool near(double a, double b, double tolerance = 1e-6) {
  return std::abs(a - b) <= tolerance;
}

/// `positives` of `count` rows at each of the given probabilities.
struct Group {
  float probability;
  int count, positives;
};
LabelScores grouped(const std::vector<Group>& groups) {
  Floats probability, truth;
  for (const Group& group : groups)
    for (int i = 0; i < group.count; ++i) {
      probability.push_back(group.probability);
      truth.push_back(i < group.positives ? 1.0F : 0.0F);
    }
  return {probability, truth};
}

}  // namespace

class TestCalibration : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void publishedCurve();
  void publishedScores();
  void equalCount_data();
  void equalCount();
  void edges();
  void wilsonInterval();
  void line_data();
  void line();
  void lineOfKnownDistortion();
  void weightsEqualRepetition();
  void nothingToCount();
};

/// The example of scikit-learn's documentation of calibration_curve: three bins, 0, ½ and 1 observed.
void TestCalibration::publishedCurve() {
  const LabelScores scores(Floats{0.1F, 0.2F, 0.3F, 0.4F, 0.65F, 0.7F, 0.8F, 0.9F, 1.0F},
                           Floats{0, 0, 0, 0, 1, 1, 1, 1, 1});
  const auto bins = calibrationBins(scores, Binning::EqualWidth, 3);
  QCOMPARE(bins.size(), 3U);
  const double means[] = {0.2, 0.525, 0.85}, observed[] = {0, 0.5, 1};
  for (std::size_t i = 0; i < 3; ++i) {
    QVERIFY(near(bins[i].meanProbability, means[i]));
    QVERIFY(near(bins[i].observed, observed[i]));
    QVERIFY(near(bins[i].low, static_cast<double>(i) / 3) && near(bins[i].high, static_cast<double>(i + 1) / 3));
  }
  // By hand: (3 · 0.2 + 2 · 0.025 + 4 · 0.15) / 9.
  QVERIFY(near(*calibrationError(scores, Binning::EqualWidth, 3), 1.25 / 9));
}

/// The examples of scikit-learn's documentation of brier_score_loss and balanced_accuracy_score.
void TestCalibration::publishedScores() {
  QVERIFY(near(*LabelScores(Floats{0.1F, 0.9F, 0.8F, 0.3F}, Floats{0, 1, 1, 0}).brier(), 0.0375));
  const LabelScores predicted(Floats{0, 1, 0, 0, 0, 1}, Floats{0, 1, 0, 0, 1, 0});
  QVERIFY(near(*predicted.balancedAccuracy(0.5), 0.625));
  QVERIFY(!LabelScores(Floats{0.1F, 0.9F}, Floats{0, 0}).balancedAccuracy(0.5));
}

void TestCalibration::equalCount_data() {
  QTest::addColumn<QList<double>>("probabilities");
  QTest::addColumn<QList<int>>("counts");
  QTest::newRow("all differ") << QList<double>{.1, .2, .3, .4, .5, .6, .7, .8, .9, 1} << QList<int>{2, 2, 2, 2, 2};
  QTest::newRow("ties stay together") << QList<double>{.1, .1, .1, .1, .2, .3, .4, .5, .6, .7}
                                      << QList<int>{4, 2, 2, 2};
  QTest::newRow("not divisible") << QList<double>{.1, .2, .3, .4, .5, .6, .7} << QList<int>{2, 1, 2, 1, 1};
  QTest::newRow("fewer rows than bins") << QList<double>{.4, .6} << QList<int>{1, 1};
  QTest::newRow("all equal") << QList<double>{.4, .4, .4} << QList<int>{3};
}

void TestCalibration::equalCount() {
  QFETCH(QList<double>, probabilities);
  QFETCH(QList<int>, counts);
  Floats probability;
  for (const double value : probabilities) probability.push_back(static_cast<float>(value));
  const LabelScores scores(probability, Floats(probability.size(), 0.0F));
  QList<int> found;
  double last = -1;
  for (const CalibrationBin& bin : calibrationBins(scores, Binning::EqualCount, 5)) {
    found << static_cast<int>(bin.count);
    QVERIFY(bin.low > last && bin.high >= bin.low);
    QVERIFY(bin.meanProbability >= bin.low - 1e-12 && bin.meanProbability <= bin.high + 1e-12);
    last = bin.high;
  }
  QCOMPARE(found, counts);
}

void TestCalibration::edges() {
  const LabelScores scores(Floats{0.0F, 0.5F, 1.0F, 0.25F, 0.3F}, Floats{0, 1, 1, 0, kUnknown});
  const auto bins = calibrationBins(scores, Binning::EqualWidth, 2);
  QCOMPARE(bins.size(), 2U);
  QCOMPARE(bins[0].count, std::uint64_t{2});
  QCOMPARE(bins[1].count, std::uint64_t{2});
}

void TestCalibration::wilsonInterval() {
  const Interval none = calibrationBins(grouped({{0.1F, 10, 0}}), Binning::EqualWidth)[0].observedInterval;
  QVERIFY(near(none.low, 0) && near(none.high, 0.277533, 1e-5));
  const Interval half = calibrationBins(grouped({{0.5F, 10, 5}}), Binning::EqualWidth)[0].observedInterval;
  QVERIFY(near(half.low, 0.236593, 1e-5) && near(half.high, 0.763407, 1e-5));
}

void TestCalibration::line_data() {
  QTest::addColumn<int>("below");
  QTest::addColumn<int>("above");
  QTest::addColumn<double>("intercept");
  QTest::addColumn<double>("slope");
  // Ten rows at 0.2, ten at 0.8: two numbers fit two shares exactly, so logit(share) = intercept + slope · logit(p).
  const double step = std::log(4.0);
  const auto row = [step](const char* name, int below, int above) {
    const double low = std::log(below / (10.0 - below)), high = std::log(above / (10.0 - above));
    QTest::newRow(name) << below << above << (low + high) / 2 << (high - low) / (2 * step);
  };
  row("calibrated", 2, 8);
  row("too sure", 4, 6);
  row("too high", 1, 6);
  row("turned round", 8, 3);
}

void TestCalibration::line() {
  QFETCH(int, below);
  QFETCH(int, above);
  QFETCH(double, intercept);
  QFETCH(double, slope);
  const auto line = calibrationLine(grouped({{0.2F, 10, below}, {0.8F, 10, above}}));
  QVERIFY(line);
  QVERIFY(near(line->intercept, intercept) && near(line->slope, slope));
}

/// Probabilities whose logits were doubled and shifted: the line takes both back.
void TestCalibration::lineOfKnownDistortion() {
  std::mt19937_64 random(4);
  Floats probability, truth;
  for (int i = 0; i < 40000; ++i) {
    const double logit = 4 * (static_cast<double>(random() % 10001) / 10000 - 0.5);
    const double draw = static_cast<double>(random() % 1000003) / 1000003;
    truth.push_back(draw < 1 / (1 + std::exp(-logit)) ? 1.0F : 0.0F);
    probability.push_back(static_cast<float>(1 / (1 + std::exp(-(2 * logit + 1)))));
  }
  const LabelScores scores(probability, truth);
  const auto line = calibrationLine(scores);
  QVERIFY(near(line->slope, 0.5, 0.02) && near(line->intercept, -0.5, 0.05));
  QVERIFY(*calibrationError(scores, Binning::EqualWidth) > 0.1);
}

void TestCalibration::weightsEqualRepetition() {
  std::mt19937_64 random(5);
  Floats probability, truth, p, t;
  std::vector<std::uint32_t> weights;
  for (int i = 0; i < 90; ++i) {
    probability.push_back(static_cast<float>(random() % 30) / 30.0F);
    truth.push_back(static_cast<float>(random() % 2));
    weights.push_back(static_cast<std::uint32_t>(random() % 4));
    p.insert(p.end(), weights.back(), probability.back());
    t.insert(t.end(), weights.back(), truth.back());
  }
  const LabelScores scores(probability, truth), written(p, t);
  for (const Binning binning : {Binning::EqualWidth, Binning::EqualCount})
    QVERIFY(near(*calibrationError(scores, binning, 10, weights), *calibrationError(written, binning), 1e-12));
  QVERIFY(near(*scores.brier(weights), *written.brier(), 1e-12));
  QCOMPARE(*scores.balancedAccuracy(0.4, weights), *written.balancedAccuracy(0.4));
  QVERIFY(*scores.brier(weights) != *scores.brier());
}

void TestCalibration::nothingToCount() {
  const LabelScores none({}, {});
  QVERIFY(calibrationBins(none, Binning::EqualWidth).empty() && calibrationBins(none, Binning::EqualCount).empty());
  QVERIFY(!calibrationError(none, Binning::EqualCount) && !calibrationLine(none));
  QVERIFY(!calibrationLine(grouped({{0.2F, 5, 0}})));                // one class
  QVERIFY(!calibrationLine(grouped({{0.2F, 5, 0}, {0.8F, 5, 5}})));  // told apart without error
  QVERIFY(!calibrationLine(grouped({{0.3F, 10, 4}})));               // one probability
}

QTEST_APPLESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
