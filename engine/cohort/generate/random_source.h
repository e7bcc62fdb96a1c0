#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

// Inside engine/cohort only.
namespace fusemoe {

/// Random numbers that are the same on every platform: mt19937_64, whose output the standard fixes, and distributions
/// of our own, made with + − × alone (the standard's may differ between libraries, and so may log and cos).
class RandomSource {
 public:
  /// One stream of numbers an item (a stay) and purpose: what one stay draws never depends on other stays.
  RandomSource(std::uint64_t seed, std::uint64_t item, std::uint64_t purpose);

  double uniform();  ///< [0, 1)
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  bool chance(double probability) { return uniform() < probability; }
  std::size_t below(std::size_t count);  ///< 0 … count − 1; count > 0
  /// Mean 0, standard deviation 1, within ±6: the sum of twelve uniforms (Irwin–Hall).
  double normal();

 private:
  std::mt19937_64 m_engine;
};

}  // namespace fusemoe
