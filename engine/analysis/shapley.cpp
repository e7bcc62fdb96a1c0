#include "analysis/shapley.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>

#include "base/mix.h"

namespace fusemoe {
namespace {

/// What a set of each size counts, 1 / ((n + 1) · C(n, size)) for sets of n others: the share of orders in which just
/// this set comes first.
std::vector<double> weightsOf(int others) {
  std::vector<double> weights;
  double sets = 1;  // C(others, size)
  for (int size = 0; size <= others; ++size) {
    weights.push_back(1.0 / ((others + 1) * sets));
    sets = sets * (others - size) / (size + 1);
  }
  return weights;
}

std::vector<int> shuffled(int players, std::uint64_t seed) {
  std::vector<int> order(static_cast<std::size_t>(players));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(unitFrom(mixed(seed + i)) * static_cast<double>(i))]);
  return order;
}

constexpr std::uint32_t bitOf(int player) {
  return std::uint32_t{1} << player;
}

}  // namespace

std::vector<double> shapleyValues(std::span<const double> game, int players) {
  assert(game.size() == std::size_t{1} << players);
  std::vector<double> values(static_cast<std::size_t>(players));
  if (players == 0) return values;
  const std::vector<double> weights = weightsOf(players - 1);
  for (std::uint32_t set = 0; set < game.size(); ++set) {
    const double weight = weights[static_cast<std::size_t>(std::min(std::popcount(set), players - 1))];
    for (int i = 0; i < players; ++i)
      if (!(set & bitOf(i))) values[static_cast<std::size_t>(i)] += weight * (game[set | bitOf(i)] - game[set]);
  }
  return values;
}

std::vector<double> shapleyInteractions(std::span<const double> game, int players) {
  assert(game.size() == std::size_t{1} << players);
  const auto n = static_cast<std::size_t>(players);
  std::vector<double> matrix(n * n);
  if (players < 2) return matrix;
  const std::vector<double> weights = weightsOf(players - 2);
  for (int i = 0; i < players; ++i) {
    for (int j = i + 1; j < players; ++j) {
      const std::uint32_t one = bitOf(i), other = bitOf(j), both = one | other;
      double sum = 0;
      for (std::uint32_t set = 0; set < game.size(); ++set)
        if (!(set & both))
          sum += weights[static_cast<std::size_t>(std::popcount(set))] *
                 (game[set | both] - game[set | one] - game[set | other] + game[set]);
      matrix[static_cast<std::size_t>(i) * n + static_cast<std::size_t>(j)] = sum;
      matrix[static_cast<std::size_t>(j) * n + static_cast<std::size_t>(i)] = sum;
    }
  }
  return matrix;
}

std::vector<std::vector<int>> sampledOrders(int players, int permutations, std::uint64_t seed) {
  std::vector<std::vector<int>> orders;
  for (int pair = 0; 2 * pair < permutations; ++pair) {
    orders.push_back(shuffled(players, mixed(mixed(seed) + static_cast<std::uint64_t>(pair))));
    orders.emplace_back(orders.back().rbegin(), orders.back().rend());
  }
  return orders;
}

SampledShapley sampledShapley(std::span<const std::vector<int>> orders,
                              const std::function<double(std::uint32_t)>& value) {
  assert(!orders.empty() && orders.size() % 2 == 0);
  const std::size_t n = orders.front().size();
  SampledShapley sampled{std::vector<double>(n), std::vector<double>(n), std::vector<double>(n * n),
                         static_cast<int>(orders.size())};
  std::vector<double> pair(n), squares(n), met(n * n);
  for (std::size_t o = 0; o < orders.size(); ++o) {
    if (o % 2 == 0) std::fill(pair.begin(), pair.end(), 0.0);
    std::uint32_t set = 0;
    double before = value(set);
    for (std::size_t k = 0; k < n; ++k) {
      const std::uint32_t with = set | bitOf(orders[o][k]);
      const double after = value(with);
      pair[static_cast<std::size_t>(orders[o][k])] += (after - before) / 2;
      if (k + 1 < n) {
        const auto i = static_cast<std::size_t>(orders[o][k]), j = static_cast<std::size_t>(orders[o][k + 1]);
        const std::uint32_t other = bitOf(orders[o][k + 1]);
        const double together = value(with | other) - after - value(set | other) + before;
        for (const std::size_t at : {i * n + j, j * n + i}) {
          sampled.interaction[at] += together;
          met[at] += 1;
        }
      }
      set = with;
      before = after;
    }
    if (o % 2 == 0) continue;
    for (std::size_t i = 0; i < n; ++i) {
      sampled.value[i] += pair[i];
      squares[i] += pair[i] * pair[i];
    }
  }
  const double pairs = static_cast<double>(orders.size()) / 2;
  for (std::size_t i = 0; i < n; ++i) {
    sampled.value[i] /= pairs;
    const double spread = std::max(0.0, squares[i] / pairs - sampled.value[i] * sampled.value[i]);
    if (pairs > 1) sampled.standardError[i] = std::sqrt(spread / (pairs - 1));
  }
  for (std::size_t at = 0; at < met.size(); ++at)
    if (met[at] > 0) sampled.interaction[at] /= met[at];
  return sampled;
}

std::vector<std::uint32_t> setsMet(std::span<const std::vector<int>> orders) {
  std::vector<std::uint32_t> sets;
  sampledShapley(orders, [&](std::uint32_t set) {
    sets.push_back(set);
    return 0.0;
  });
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  return sets;
}

}  // namespace fusemoe
