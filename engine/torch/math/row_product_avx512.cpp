#include <immintrin.h>

#include "torch/math/row_product_kernel.h"

namespace fusemoe {
namespace {

struct Avx512 {
  using Lanes = __m512;
  static constexpr int kLanes = 16, kRows = 4, kTokens = 6;

  static Lanes zero() { return _mm512_setzero_ps(); }
  static Lanes load(const float* from) { return _mm512_loadu_ps(from); }
  static Lanes load(const StoredBF16* from) { return widenBF16(_mm256_loadu_si256(bits(from))); }
  static Lanes load(const StoredF16* from) { return _mm512_cvtph_ps(_mm256_loadu_si256(bits(from))); }
  static Lanes loadFirst(const float* from, int count) { return _mm512_maskz_loadu_ps(first(count), from); }
  static Lanes loadFirst(const StoredBF16* from, int count) {
    return widenBF16(_mm256_maskz_loadu_epi16(first(count), from));
  }
  static Lanes loadFirst(const StoredF16* from, int count) {
    return _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(first(count), from));
  }
  static Lanes multiplyAdd(Lanes a, Lanes b, Lanes sum) { return _mm512_fmadd_ps(a, b, sum); }
  /// Sums across: pairs, fours and the four quarters are added while they are transposed.
  static void sum(const Lanes* sixteen, float* totals) {
    Lanes four[4];
    for (int i = 0; i < 4; ++i) {
      const Lanes ab = pairs(sixteen[4 * i], sixteen[4 * i + 1]), cd = pairs(sixteen[4 * i + 2], sixteen[4 * i + 3]);
      const __m512d left = _mm512_castps_pd(ab), right = _mm512_castps_pd(cd);
      four[i] = _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(left, right)),
                              _mm512_castpd_ps(_mm512_unpackhi_pd(left, right)));
    }
    _mm512_storeu_ps(totals, quarters(quarters(four[0], four[1]), quarters(four[2], four[3])));
  }

 private:
  static Lanes pairs(Lanes a, Lanes b) { return _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b)); }
  static Lanes quarters(Lanes a, Lanes b) {
    return _mm512_add_ps(_mm512_shuffle_f32x4(a, b, 0x88), _mm512_shuffle_f32x4(a, b, 0xdd));
  }
  template <class W>
  static const __m256i* bits(const W* from) {
    return reinterpret_cast<const __m256i*>(from);
  }
  static __mmask16 first(int count) { return static_cast<__mmask16>((1U << count) - 1U); }
  static Lanes widenBF16(__m256i stored) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(stored), 16));
  }
};

}  // namespace

void rowKernelAvx512(const RowTask& task) {
  runRows<Avx512>(task);
}

}  // namespace fusemoe
