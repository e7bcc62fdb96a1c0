#pragma once

#include <cstddef>
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
  std::vector<double> standardError;  ///< [n] of the mean over orders
  std::vector<double> interaction;    ///< [n, n], from the same orders
  int permutations = 0;
};

}  // namespace fusemoe
