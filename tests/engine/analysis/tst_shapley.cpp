// Shapley values and interactions of games whose answers are known, and their axioms on random games.
#include <QtTest>
#include <bit>
#include <cmath>
#include <numeric>
#include <random>

#include "analysis/shapley.h"

using namespace fusemoe;

namespace {

using Game = std::vector<double>;

Game gameOf(int players, const std::function<double(std::uint32_t)>& value) {
  Game game;
  for (std::uint32_t set = 0; set < std::uint32_t{1} << players; ++set) game.push_back(value(set));
  return game;
}

Game randomGame(int players, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> draw(-1, 1);
  return gameOf(players, [&](std::uint32_t) { return draw(random); });
}

bool near(double a, double b, double tolerance = 1e-12) {
  return std::abs(a - b) <= tolerance;
}

/// The definition: the mean over all orders of what each player adds.
std::vector<double> byOrders(const Game& game, int players) {
  std::vector<int> order(static_cast<std::size_t>(players));
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> values(order.size());
  double orders = 0;
  do {
    std::uint32_t set = 0;
    for (const int player : order) {
      values[static_cast<std::size_t>(player)] += game[set | 1U << player] - game[set];
      set |= 1U << player;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  for (double& value : values) value /= orders;
  return values;
}

}  // namespace

class TestShapley : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void additive();
  void majority();
  void unanimity();
  void smallest();
  void equalsTheMeanOverOrders();
  void axioms_data();
  void axioms();
  void ordersAreAntitheticPermutations();
  void sampledSumsExactly();
  void sampledNearsTheTruth();
  void setsMetAreThoseAsked();
};

void TestShapley::additive() {
  const std::vector<double> worth{0.5, -1, 2, 0};
  const Game game = gameOf(4, [&](std::uint32_t set) {
    double sum = 3;  // what nobody brings belongs to nobody
    for (std::size_t i = 0; i < 4; ++i) sum += set >> i & 1U ? worth[i] : 0;
    return sum;
  });
  const auto values = shapleyValues(game, 4);
  for (std::size_t i = 0; i < 4; ++i) QVERIFY(near(values[i], worth[i]));
  for (const double value : shapleyInteractions(game, 4)) QVERIFY(near(value, 0));
}

void TestShapley::majority() {
  const Game game = gameOf(5, [](std::uint32_t set) { return std::popcount(set) >= 3 ? 1.0 : 0.0; });
  for (const double value : shapleyValues(game, 5)) QVERIFY(near(value, 0.2));
}

/// Players 0 and 2 must both be there: they share the gain, and interact by all of it.
void TestShapley::unanimity() {
  const Game game = gameOf(4, [](std::uint32_t set) { return (set & 0b0101U) == 0b0101U ? 2.0 : 0.0; });
  const auto values = shapleyValues(game, 4);
  const auto pairs = shapleyInteractions(game, 4);
  const std::vector<double> expected{1, 0, 1, 0};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) {
      QVERIFY(near(values[i], expected[i]));
      QVERIFY(near(pairs[i * 4 + j], i != j && i % 2 == 0 && j % 2 == 0 ? 2 : 0));
    }
  // Three that must be there: each pair interacts by the mean over the two sets of others, weights ½ and ½.
  const Game three = gameOf(3, [](std::uint32_t set) { return set == 7 ? 1.0 : 0.0; });
  for (std::size_t i = 0; i < 3; ++i) QVERIFY(near(shapleyInteractions(three, 3)[i * 3 + (i + 1) % 3], 0.5));
}

void TestShapley::smallest() {
  QVERIFY(shapleyValues(Game{4}, 0).empty());
  QCOMPARE(shapleyValues(Game{4, 6}, 1), std::vector<double>{2});
  QCOMPARE(shapleyInteractions(Game{4, 6}, 1), std::vector<double>{0});
}

void TestShapley::equalsTheMeanOverOrders() {
  for (const int players : {1, 2, 3, 6}) {
    const Game game = randomGame(players, 7);
    const auto values = shapleyValues(game, players), expected = byOrders(game, players);
    for (std::size_t i = 0; i < values.size(); ++i) QVERIFY(near(values[i], expected[i]));
  }
}

void TestShapley::axioms_data() {
  QTest::addColumn<int>("players");
  for (int players = 2; players <= 12; ++players) QTest::addRow("%d", players) << players;
}

void TestShapley::axioms() {
  QFETCH(int, players);
  Game game = randomGame(players, 32);
  const auto n = static_cast<std::size_t>(players);
  auto values = shapleyValues(game, players);
  QVERIFY(near(std::accumulate(values.begin(), values.end(), 0.0), game.back() - game.front()));  // efficiency
  const auto pairs = shapleyInteractions(game, players);
  for (std::size_t i = 0; i < n; ++i) {
    QCOMPARE(pairs[i * n + i], 0.0);
    for (std::size_t j = 0; j < n; ++j) QCOMPARE(pairs[i * n + j], pairs[j * n + i]);
  }
  // Player 0 null: its being there changes nothing.
  Game null = gameOf(players, [&](std::uint32_t set) { return game[set & ~1U]; });
  QVERIFY(near(shapleyValues(null, players)[0], 0));
  for (std::size_t j = 0; j < n; ++j) QVERIFY(near(shapleyInteractions(null, players)[j], 0));
  // Players 0 and 1 symmetric: the game asks only how many of them are there.
  const Game even = gameOf(players, [&](std::uint32_t set) { return game[(set & 3U) == 2U ? set ^ 3U : set]; });
  values = shapleyValues(even, players);
  QVERIFY(near(values[0], values[1]));
}

void TestShapley::ordersAreAntitheticPermutations() {
  const auto orders = sampledOrders(13, 7, 32);
  QCOMPARE(orders.size(), 8U);
  for (std::size_t o = 0; o < orders.size(); o += 2) {
    auto sorted = orders[o];
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < 13; ++i) QCOMPARE(sorted[i], static_cast<int>(i));
    QVERIFY(std::equal(orders[o].begin(), orders[o].end(), orders[o + 1].rbegin()));
  }
  QVERIFY(orders[0] != orders[2]);
  QVERIFY(sampledOrders(13, 7, 32) == orders);
  QVERIFY(sampledOrders(13, 7, 33) != orders);
}

void TestShapley::sampledSumsExactly() {
  const Game game = randomGame(12, 3);
  const auto sampled = sampledShapley(sampledOrders(12, 10, 1), [&](std::uint32_t set) { return game[set]; });
  QVERIFY(near(std::accumulate(sampled.value.begin(), sampled.value.end(), 0.0), game.back() - game.front()));
  QCOMPARE(sampled.permutations, 10);
}

/// Errors are as large as said: of many estimates about 95 in 100 lie within 1.96 standard errors.
void TestShapley::sampledNearsTheTruth() {
  constexpr int kPlayers = 6, kRuns = 60;
  const Game game = randomGame(kPlayers, 5);
  const auto values = shapleyValues(game, kPlayers), pairs = shapleyInteractions(game, kPlayers);
  int within = 0;
  std::vector<double> mean(pairs.size());
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    const auto sampled =
        sampledShapley(sampledOrders(kPlayers, 256, seed), [&](std::uint32_t set) { return game[set]; });
    for (std::size_t i = 0; i < values.size(); ++i) {
      QVERIFY(sampled.standardError[i] > 0 && sampled.standardError[i] < 0.1);
      within += std::abs(sampled.value[i] - values[i]) < 1.96 * sampled.standardError[i] ? 1 : 0;
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) mean[i] += sampled.interaction[i] / kRuns;
  }
  const double share = within / double(kRuns * kPlayers);
  QVERIFY2(share > 0.90 && share < 0.99, qPrintable(QString::number(share)));
  for (std::size_t i = 0; i < pairs.size(); ++i) QVERIFY(near(mean[i], pairs[i], 0.05));
}

void TestShapley::setsMetAreThoseAsked() {
  const auto orders = sampledOrders(5, 2, 1);
  const auto sets = setsMet(orders);
  QVERIFY(std::is_sorted(sets.begin(), sets.end()));
  QCOMPARE(sets.front(), 0U);
  QCOMPARE(sets.back(), 31U);
  sampledShapley(orders, [&](std::uint32_t set) {
    if (!std::binary_search(sets.begin(), sets.end(), set)) qFatal("asked for a set that was not told");
    return 0.0;
  });
}

QTEST_APPLESS_MAIN(TestShapley)
#include "tst_shapley.moc"
