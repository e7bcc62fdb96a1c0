#include <immintrin.h>

#include "torch/math/row_product_kernel.h"

namespace fusemoe {
namespace {

struct Avx2 {
  struct Lanes {
    __m256 low, high;
  };
  static constexpr int kRows = 2, kTokens = 3;

  static Lanes zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
  static Lanes load(const float* from) { return {_mm256_loadu_ps(from), _mm256_loadu_ps(from + 8)}; }
  static Lanes load(const StoredBF16* from) { return {widen(from), widen(from + 8)}; }
  static Lanes load(const StoredF16* from) { return {widen(from), widen(from + 8)}; }
  template <class W>
  static Lanes loadFirst(const W* from, int count) {
    W some[16] = {};
    for (int i = 0; i < count; ++i) some[i] = from[i];
    return load(some);
  }
  static Lanes multiplyAdd(Lanes a, Lanes b, Lanes sum) {
    return {_mm256_fmadd_ps(a.low, b.low, sum.low), _mm256_fmadd_ps(a.high, b.high, sum.high)};
  }
  static float sum(Lanes lanes) {
    const __m256 eight = _mm256_add_ps(lanes.low, lanes.high);
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
  }

 private:
  template <class W>
  static __m128i eight(const W* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  }
  static __m256 widen(const StoredBF16* from) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(eight(from)), 16));
  }
  static __m256 widen(const StoredF16* from) { return _mm256_cvtph_ps(eight(from)); }
};

}  // namespace

void rowKernelAvx2(const RowTask& task) {
  runRows<Avx2>(task);
}

}  // namespace fusemoe
