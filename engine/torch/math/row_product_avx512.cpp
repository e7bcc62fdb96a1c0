#include <immintrin.h>

#include "torch/math/row_product_kernel.h"

namespace fusemoe {
namespace {

struct Avx512 {
  using Lanes = __m512;
  static constexpr int kRows = 4, kTokens = 6;

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
  static float sum(Lanes lanes) { return _mm512_reduce_add_ps(lanes); }

 private:
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
