// Distances between routings: closed forms, symmetry, bounds, means.
#include <QtTest>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include "analysis/routing_drift.h"

using namespace fusemoe;

class TestRoutingDrift : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void closedForms();
  void equalIsZero();
  void symmetricAndBounded();
  void cellsAndMeans();
};

void TestRoutingDrift::closedForms() {
  const std::vector<float> p{0.5F, 0.5F, 0}, q{0.25F, 0.25F, 0.5F}, one{1, 0}, other{0, 1};
  const Drift drift = driftOf(p, q);
  // m = (3/8, 3/8, 1/4): JS = ½[log 4/3] + ½[½ log 2/3 + ½ log 2].
  QVERIFY(std::abs(drift.jensenShannon - (0.5 * std::log(4.0 / 3) + 0.25 * std::log(2.0 / 3) + 0.25 * std::log(2.0))) <
          1e-15);
  QVERIFY(std::abs(drift.kullbackLeibler - std::numbers::ln2) < 1e-15);
  QVERIFY(std::abs(drift.l1 - 1) < 1e-15);
  const Drift apart = driftOf(one, other);
  QCOMPARE(apart.jensenShannon, std::numbers::ln2);
  QVERIFY(std::isinf(apart.kullbackLeibler) && apart.kullbackLeibler > 0);
  QCOMPARE(apart.l1, 2.0);
  QVERIFY(std::isfinite(driftOf(p, q).kullbackLeibler) && std::isinf(driftOf(q, p).kullbackLeibler));
}

void TestRoutingDrift::equalIsZero() {
  const std::vector<float> p{0.1F, 0.2F, 0.3F, 0.4F};
  const Drift drift = driftOf(p, p);
  QCOMPARE(drift.jensenShannon, 0.0);
  QCOMPARE(drift.kullbackLeibler, 0.0);
  QCOMPARE(drift.l1, 0.0);
}

void TestRoutingDrift::symmetricAndBounded() {
  std::mt19937 random(32);
  std::exponential_distribution<double> draw(1);
  for (int i = 0; i < 500; ++i) {
    std::vector<float> p, q;
    for (auto* values : {&p, &q}) {
      std::vector<double> weights;
      for (int e = 0; e < 16; ++e) weights.push_back(std::pow(draw(random), 6));  // some near one-hot
      const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
      for (const double weight : weights) values->push_back(static_cast<float>(weight / sum));
    }
    const Drift there = driftOf(p, q), back = driftOf(q, p);
    QCOMPARE(there.jensenShannon, back.jensenShannon);
    QCOMPARE(there.l1, back.l1);
    QVERIFY(there.jensenShannon > 0 && there.jensenShannon <= std::numbers::ln2);
    QVERIFY(there.kullbackLeibler >= 0 && there.l1 <= 2);
    QVERIFY(there.jensenShannon <= there.l1 / 2 * std::numbers::ln2 + 1e-6);  // Lin 1991
    QVERIFY(there.kullbackLeibler >= there.l1 * there.l1 / 2 - 1e-6);         // Pinsker
  }
}

void TestRoutingDrift::cellsAndMeans() {
  RoutingShape shape;
  shape.layers = 2;
  shape.routers = 2;
  shape.experts = 2;
  const MaskedRouting full{0, 3, {}, {}, {1, 0, 1, 0, 1, 0, 1, 0}, {1, 0, 1, 0, 1, 0, 1, 0}};
  MaskedRouting masked = full;
  masked.meanDense = {1, 0, 0, 1, 1, 0, 0.5F, 0.5F};  // router 1 moves, in both layers
  const RoutingDrift drift = driftOf(shape, full, masked);
  QCOMPARE(drift.of(0, 0).l1, 0.0);
  QCOMPARE(drift.of(0, 1).l1, 2.0);
  QCOMPARE(drift.of(1, 0).l1, 0.0);
  QCOMPARE(drift.of(1, 1).l1, 1.0);
  QCOMPARE(drift.mean().l1, 0.75);
  QCOMPARE(drift.mean(0).l1, 0.0);
  QCOMPARE(drift.mean(1).l1, 1.5);
  QVERIFY(std::isinf(drift.mean().kullbackLeibler));
  QCOMPARE(driftOf(shape, full, masked, RoutingSpace::TopK).mean().l1, 0.0);
}

QTEST_APPLESS_MAIN(TestRoutingDrift)
#include "tst_routing_drift.moc"
