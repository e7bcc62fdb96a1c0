#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fusemoe {

/// A game of n players by its value for every set of players present: index bit i = player i takes part, 2^n values.
/// Shapley values [n]; they sum to value(all) − value(none).
std::vector<double> shapleyValues(std::span<const double> game, int players);

/// Pairwise Shapley interaction index (Grabisch & Roubens 1999), [n, n], symmetric, diagonal 0: how much more two
/// players bring together than apart, averaged over all sets of the others. 0 everywhere for an additive game.
std::vector<double> shapleyInteractions(std::span<const double> game, int players);

/// Shapley values estimated from random orders of the players.
struct SampledShapley {
  std::vector<double> value;          ///< [n]; sums to full − empty exactly, as every order's contributions do
  std::vector<double> standardError;  ///< [n] of the mean over pairs of orders; 0 with one pair
  std::vector<double> interaction;    ///< [n, n], from players that follow one another in the same orders; 0 for a pair
                                      ///< that never does
  int permutations = 0;
};

/// Random orders of n ≤ 32 players, an even number: each is followed by its reverse (antithetic pairs).
std::vector<std::vector<int>> sampledOrders(int players, int permutations, std::uint64_t seed);

/// The estimate from orders that come in pairs; `value` is asked for sets of players, bit i = player i takes part.
SampledShapley sampledShapley(std::span<const std::vector<int>> orders,
                              const std::function<double(std::uint32_t)>& value);

/// The sets whose value sampledShapley asks for, ascending, each once.
std::vector<std::uint32_t> setsMet(std::span<const std::vector<int>> orders);

}  // namespace fusemoe
