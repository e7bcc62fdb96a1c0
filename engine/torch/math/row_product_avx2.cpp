#include <immintrin.h>

#include "torch/math/row_product_kernel.h"

namespace fusemoe {
namespace {

struct Avx2 {
  using Lanes = __m256;
  static constexpr int kLanes = 8, kRows = 4, kTokens = 3;

  static Lanes zero() { return _mm256_setzero_ps(); }
  static Lanes load(const float* from) { return _mm256_loadu_ps(from); }
  static Lanes load(const StoredBF16* from) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits(from)), 16));
  }
  static Lanes load(const StoredF16* from) { return _mm256_cvtph_ps(bits(from)); }
  template <class W>
  static Lanes loadFirst(const W* from, int count) {
    W some[kLanes] = {};
    for (int i = 0; i < count; ++i) some[i] = from[i];
    return load(some);
  }
  static Lanes multiplyAdd(Lanes a, Lanes b, Lanes sum) { return _mm256_fmadd_ps(a, b, sum); }
  static void sum(const Lanes* sixteen, float* totals) {
    for (int half = 0; half < 2; ++half, sixteen += 8, totals += 8) {
      const Lanes first = fours(sixteen), second = fours(sixteen + 4);
      _mm256_storeu_ps(totals, _mm256_add_ps(_mm256_permute2f128_ps(first, second, 0x20),
                                             _mm256_permute2f128_ps(first, second, 0x31)));
    }
  }

 private:
  template <class W>
  static __m128i bits(const W* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  }
  /// In each half the sums of that half of four.
  static Lanes fours(const Lanes* of) {
    return _mm256_hadd_ps(_mm256_hadd_ps(of[0], of[1]), _mm256_hadd_ps(of[2], of[3]));
  }
};

}  // namespace

void rowKernelAvx2(const RowTask& task) {
  runRows<Avx2>(task);
}

}  // namespace fusemoe
