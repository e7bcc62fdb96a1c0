#include "cohort/generate/random_source.h"

namespace fusemoe {
namespace {

std::uint32_t low(std::uint64_t number) {
  return static_cast<std::uint32_t>(number);
}
std::uint32_t high(std::uint64_t number) {
  return static_cast<std::uint32_t>(number >> 32);
}

}  // namespace

RandomSource::RandomSource(std::uint64_t seed, std::uint64_t item, std::uint64_t purpose) {
  std::seed_seq sequence{low(seed), high(seed), low(item), high(item), low(purpose), high(purpose)};
  m_engine.seed(sequence);
}

double RandomSource::uniform() {
  return static_cast<double>(m_engine() >> 11) * 0x1p-53;
}

std::size_t RandomSource::below(std::size_t count) {
  return static_cast<std::size_t>(uniform() * static_cast<double>(count));
}

double RandomSource::normal() {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += uniform();
  return sum;
}

}  // namespace fusemoe
