#pragma once

// The inner loops of row_product.cpp, compiled once for each instruction set. No header of the standard library but
// this one: an inline function of it, compiled for a newer processor, could be the one the linker keeps for all.
#include <stdint.h>

namespace fusemoe {

enum class RowType { F32, BF16, F16 };

/// Rows [firstRow, lastRow) of the weights on tokens [firstToken, lastToken).
struct RowTask {
  const float* x;      ///< [.., in]
  const void* weight;  ///< [.., in]
  const float* bias;   ///< [..] or null
  float* y;            ///< [.., out]
  int64_t in, out;
  RowType type;
  int64_t firstRow, lastRow, firstToken, lastToken;
};
using RowKernel = void (*)(const RowTask&);

void rowKernelGeneric(const RowTask& task);
void rowKernelAvx2(const RowTask& task);    ///< AVX2, FMA, F16C
void rowKernelAvx512(const RowTask& task);  ///< AVX-512 F, BW, VL

/// Sums of kLanes numbers side by side, of `Lanes` (an instruction set's):
///   Lanes zero(); Lanes load(const W*); Lanes loadFirst(const W*, int n) with zeros behind;
///   Lanes multiplyAdd(Lanes a, Lanes b, Lanes sum); void sum(const Lanes* sixteen, float* totals).
/// kRows × kTokens of them fit the registers.
template <class Set, class W>
class RowLoops {
  using Lanes = typename Set::Lanes;
  static constexpr int64_t kLanes = Set::kLanes;
  static constexpr int64_t kPanelRows = 16, kPanelTokens = 64;  // sums kept between blocks of inputs: 64 KB
  static constexpr int64_t kBlock = 1024;                       // inputs whose tokens and weights stay in the cache
  static constexpr int64_t kShortRows = 4096, kAhead = 256;
  static constexpr int kRows = Set::kRows, kTokens = Set::kTokens;

 public:
  static void run(const RowTask& task) {
    alignas(64) Lanes sums[kPanelRows * kPanelTokens];
    for (int64_t row = task.firstRow; row < task.lastRow; row += kPanelRows)
      for (int64_t token = task.firstToken; token < task.lastToken; token += kPanelTokens)
        panel(task, row, least(kPanelRows, task.lastRow - row), token, least(kPanelTokens, task.lastToken - token),
              sums);
  }

 private:
  static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

  static void panel(const RowTask& task, int64_t row, int64_t rows, int64_t token, int64_t tokens, Lanes* sums) {
    const W* weight = static_cast<const W*>(task.weight) + row * task.in;
    const float* x = task.x + token * task.in;
    for (int64_t i = 0; i < rows * tokens; ++i) sums[i] = Set::zero();
    // One tile of tokens needs no blocks: the weights then stream.
    const int64_t block = tokens <= kTokens ? task.in : kBlock;
    for (int64_t from = 0; from < task.in; from += block) {
      const int64_t inputs = least(block, task.in - from);
      for (int64_t t = 0; t < tokens; t += kTokens)
        for (int64_t r = 0; r < rows; r += kRows)
          tileOf(x + t * task.in + from, weight + r * task.in + from, task.in, inputs, sums + r * tokens + t, tokens,
                 least(kRows, rows - r), least(kTokens, tokens - t));
    }
    // A token's numbers of a panel lie side by side: written so, not one by one.
    Lanes kept[kPanelRows];
    float total[kPanelRows];
    for (int64_t t = 0; t < tokens; ++t) {
      for (int64_t r = 0; r < kPanelRows; ++r) kept[r] = r < rows ? sums[r * tokens + t] : Set::zero();
      Set::sum(kept, total);
      float* y = task.y + (token + t) * task.out + row;
      for (int64_t r = 0; r < rows; ++r) y[r] = total[r] + (task.bias ? task.bias[row + r] : 0.0F);
    }
  }

  /// R × T sums at once; `stride` is the inputs' and the weights', `tokens` the sums'.
  template <int R, int T>
  static void tile(const float* x, const W* weight, int64_t stride, int64_t inputs, Lanes* sums, int64_t tokens) {
    // Weights to fetch meanwhile: of short rows the next tile's, of long ones those a little further on, which the
    // processor does not foresee across pages.
    const int64_t ahead = R * stride <= kShortRows ? R * stride : kAhead;
    Lanes kept[R][T];
    for (int r = 0; r < R; ++r)
      for (int t = 0; t < T; ++t) kept[r][t] = sums[r * tokens + t];
    int64_t i = 0;
    for (; i + kLanes <= inputs; i += kLanes) {
      Lanes token[T];
      for (int t = 0; t < T; ++t) token[t] = Set::load(x + t * stride + i);
      for (int r = 0; r < R; ++r) {
        const Lanes one = Set::load(weight + r * stride + i);
        __builtin_prefetch(weight + r * stride + i + ahead);
        for (int t = 0; t < T; ++t) kept[r][t] = Set::multiplyAdd(token[t], one, kept[r][t]);
      }
    }
    if (const int rest = static_cast<int>(inputs - i); rest > 0)
      for (int r = 0; r < R; ++r) {
        const Lanes one = Set::loadFirst(weight + r * stride + i, rest);
        for (int t = 0; t < T; ++t)
          kept[r][t] = Set::multiplyAdd(Set::loadFirst(x + t * stride + i, rest), one, kept[r][t]);
      }
    for (int r = 0; r < R; ++r)
      for (int t = 0; t < T; ++t) sums[r * tokens + t] = kept[r][t];
  }

  template <int T>
  static void tileRows(const float* x, const W* weight, int64_t stride, int64_t inputs, Lanes* sums, int64_t tokens,
                       int64_t rows) {
    if (rows == kRows) return tile<kRows, T>(x, weight, stride, inputs, sums, tokens);
    for (int64_t r = 0; r < rows; ++r) tile<1, T>(x, weight + r * stride, stride, inputs, sums + r * tokens, tokens);
  }

  static void tileOf(const float* x, const W* weight, int64_t stride, int64_t inputs, Lanes* sums, int64_t tokens,
                     int64_t rows, int64_t wide) {
    switch (wide) {
      case 1:
        return tileRows<1>(x, weight, stride, inputs, sums, tokens, rows);
      case 2:
        return tileRows<2>(x, weight, stride, inputs, sums, tokens, rows);
      case 3:
        return tileRows<3>(x, weight, stride, inputs, sums, tokens, rows);
      case 4:
        return tileRows < kTokens < 4 ? 1 : 4 > (x, weight, stride, inputs, sums, tokens, rows);
      case 5:
        return tileRows < kTokens < 5 ? 1 : 5 > (x, weight, stride, inputs, sums, tokens, rows);
      default:
        return tileRows < kTokens < 6 ? 1 : 6 > (x, weight, stride, inputs, sums, tokens, rows);
    }
  }
};

/// A stored bfloat16 or float16.
struct StoredBF16 {
  uint16_t bits;
};
struct StoredF16 {
  uint16_t bits;
};

template <class Set>
void runRows(const RowTask& task) {
  switch (task.type) {
    case RowType::F32:
      return RowLoops<Set, float>::run(task);
    case RowType::BF16:
      return RowLoops<Set, StoredBF16>::run(task);
    case RowType::F16:
      return RowLoops<Set, StoredF16>::run(task);
  }
}

}  // namespace fusemoe
