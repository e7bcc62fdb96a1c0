#include "torch/math/row_product_kernel.h"

namespace fusemoe {
namespace {

/// Any processor: what the compiler makes of eight numbers side by side.
struct Generic {
  static constexpr int kCount = 8;
  struct Lanes {
    float at[kCount];
  };
  static constexpr int kLanes = kCount, kRows = 1, kTokens = 3;

  static Lanes zero() { return {}; }
  template <class W>
  static Lanes load(const W* from) {
    return loadFirst(from, kCount);
  }
  template <class W>
  static Lanes loadFirst(const W* from, int count) {
    Lanes lanes{};
    for (int i = 0; i < count; ++i) lanes.at[i] = widen(from[i]);
    return lanes;
  }
  static Lanes multiplyAdd(const Lanes& a, const Lanes& b, Lanes sum) {
    for (int i = 0; i < kCount; ++i) sum.at[i] += a.at[i] * b.at[i];
    return sum;
  }
  static void sum(const Lanes* sixteen, float* totals) {
    for (int row = 0; row < 16; ++row) {
      Lanes lanes = sixteen[row];
      for (int half = kCount / 2; half > 0; half /= 2)
        for (int i = 0; i < half; ++i) lanes.at[i] += lanes.at[i + half];
      totals[row] = lanes.at[0];
    }
  }

 private:
  static float ofBits(uint32_t bits) {
    float number;
    __builtin_memcpy(&number, &bits, sizeof number);
    return number;
  }
  static float widen(float number) { return number; }
  static float widen(StoredBF16 number) { return ofBits(static_cast<uint32_t>(number.bits) << 16); }
  static float widen(StoredF16 number) {
    const uint32_t sign = static_cast<uint32_t>(number.bits & 0x8000U) << 16, exponent = number.bits >> 10 & 31U,
                   fraction = number.bits & 1023U;
    if (exponent == 0) {
      const float subnormal = static_cast<float>(fraction) * 0x1p-24F;
      return sign ? -subnormal : subnormal;
    }
    return ofBits(sign | (exponent == 31 ? 255U : exponent + 112U) << 23 | fraction << 13);
  }
};

}  // namespace

void rowKernelGeneric(const RowTask& task) {
  runRows<Generic>(task);
}

}  // namespace fusemoe
