// What a model is shown when modalities are masked or dropped, and the ensemble.
#include <QtTest>
#include <bit>
#include <cmath>

#include "analysis/score.h"

using namespace fusemoe;

class TestScore : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void masksWhatIsAsked();
  void dropRate_data();
  void dropRate();
  void dropIsNeverAll();
  void dropDependsOnSeedAndStayAlone();
  void average();
  void averageErrors();
};

void TestScore::masksWhatIsAsked() {
  QCOMPARE(maskOf({}, 0b1111, 1), 0U);
  QCOMPARE(maskOf({0b0100, 0, 1}, 0b1111, 1), 0b0100U);
  QCOMPARE(maskOf({0b1111, 0, 1}, 0b1111, 1), 0b1111U);
  QCOMPARE(maskOf({0b1111, 0.5, 1}, 0b1111, 1), 0b1111U);  // nothing is left to be dropped
  QCOMPARE(maskOf({0, 0.5, 1}, 0, 1), 0U);
}

void TestScore::dropRate_data() {
  QTest::addColumn<double>("rate");
  for (const double rate : {0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0}) QTest::addRow("%g", rate) << rate;
}

/// Of eight modalities each is dropped as often as the rate says; at most one stay in 1/rate^8 is spared one.
void TestScore::dropRate() {
  QFETCH(double, rate);
  constexpr int kStays = 20000;
  double dropped = 0;
  for (int stay = 0; stay < kStays; ++stay) dropped += std::popcount(maskOf({0, rate, 32}, 0xFF, stay));
  const double share = dropped / (8.0 * kStays), spared = std::pow(rate, 8) / 8;
  QVERIFY2(std::abs(share - (rate - spared)) < 0.005, qPrintable(QString::number(share)));
}

void TestScore::dropIsNeverAll() {
  unsigned kept = 0;
  for (int stay = 0; stay < 2000; ++stay) {
    const ModalityMask mask = maskOf({0b0001, 1.0, 32}, 0b0111, stay);
    QVERIFY((mask & 0b0001U) != 0);
    QCOMPARE(std::popcount(mask & 0b0110U), 1);
    QCOMPARE(mask & ~0b0111U, 0U);  // what is absent is not masked
    kept |= ~mask & 0b0110U;
  }
  QCOMPARE(kept, 0b0110U);  // now this one is spared, now that
}

void TestScore::dropDependsOnSeedAndStayAlone() {
  int differ = 0;
  for (int stay = 0; stay < 500; ++stay) {
    const ModalityMask all = maskOf({0, 0.5, 32}, 0b11111, stay), fewer = maskOf({0, 0.5, 32}, 0b01111, stay);
    QCOMPARE(maskOf({0, 0.5, 32}, 0b11111, stay), all);
    if (std::popcount(all & 0b01111U) < 4 && std::popcount(fewer) < 3) QCOMPARE(all & 0b01111U, fewer);
    differ += all != maskOf({0, 0.5, 33}, 0b11111, stay) ? 1 : 0;
  }
  QVERIFY(differ > 400);
}

void TestScore::average() {
  const Scores a{2, {7, 9}, {0.1F, 0.2F, 0.3F, 0.4F}, {0, 1, 1, 0}, {1, 3}};
  Scores b = a;
  b.probability = {0.3F, 0.2F, 0.5F, 1.0F};
  const auto mean = averageScores(std::vector{a, b});
  QVERIFY(mean);
  const std::vector<float> expected{0.2F, 0.2F, 0.4F, 0.7F};
  for (std::size_t i = 0; i < 4; ++i) QVERIFY(std::abs(mean->probability[i] - expected[i]) < 1e-6F);
  QVERIFY(mean->stays == a.stays && mean->truth == a.truth && mean->present == a.present);
}

void TestScore::averageErrors() {
  const Scores a{1, {7, 9}, {0.1F, 0.2F}, {0, 1}, {1, 3}};
  Scores other = a, fewer{1, {7}, {0.1F}, {0}, {1}};
  other.stays = {7, 10};
  QVERIFY(!averageScores({}));
  QVERIFY(!averageScores(std::vector{a, other}));
  QVERIFY(!averageScores(std::vector{a, fewer}));
}

QTEST_APPLESS_MAIN(TestScore)
#include "tst_score.moc"
