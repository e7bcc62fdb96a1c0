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

/// Rows of weights on their way to the second cache, fetched in as many parts as there are tiles to compute meanwhile.
template <class W>
class Fetch {
  static constexpr int64_t kLine = 64;

 public:
  Fetch(const W* first, int64_t stride, int64_t rows, int64_t inputs, int64_t parts)
      : m_row(reinterpret_cast<const char*>(first)),
        m_stride(stride * static_cast<int64_t>(sizeof(W))),
        m_bytes(inputs * static_cast<int64_t>(sizeof(W))),
        m_rows(rows),
        m_part(((m_bytes + kLine - 1) / kLine * rows + parts - 1) / parts) {}

  void some() {
    for (int64_t line = 0; line < m_part && m_rows > 0; ++line) {
      __builtin_prefetch(m_row + m_at, 0, 2);
      m_at += kLine;
      if (m_at < m_bytes) continue;
      m_at = 0;
      m_row += m_stride;
      --m_rows;
    }
  }

 private:
  const char* m_row;
  int64_t m_stride, m_bytes, m_rows, m_part, m_at = 0;
};

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
    // One tile of tokens needs no blocks: the weights then stream. With more, those of the next block are fetched while
    // this one is computed, a little with each tile: they would else come in bursts that memory cannot keep up with.
    const bool streams = tokens <= kTokens;
    const int64_t block = streams ? task.in : kBlock;
    const int64_t ahead = !streams ? 0 : kRows * task.in <= kShortRows ? kRows * task.in : kAhead;
    const int64_t tiles = ((rows + kRows - 1) / kRows) * ((tokens + kTokens - 1) / kTokens);
    for (int64_t from = 0; from < task.in; from += block) {
      const int64_t inputs = least(block, task.in - from);
      const bool last = from + block >= task.in;
      Fetch<W> fetch(last ? weight + rows * task.in : weight + from + block, task.in, streams ? 0 : rows,
                     least(block, last ? task.in : task.in - from - block), tiles);
      for (int64_t t = 0; t < tokens; t += kTokens)
        for (int64_t r = 0; r < rows; r += kRows) {
          fetch.some();
          tileOf({x + t * task.in + from, weight + r * task.in + from, task.in, inputs, ahead, sums + r * tokens + t,
                  tokens},
                 least(kRows, rows - r), least(kTokens, tokens - t));
        }
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

  /// Rows × tokens of one block of inputs.
  struct Tile {
    const float* x;
    const W* weight;
    int64_t stride, inputs;  ///< of both
    int64_t ahead;           ///< weights to fetch that much ahead; 0 = none
    Lanes* sums;
    int64_t tokens;  ///< that lie between the sums of two rows
  };

  /// R × T sums at once.
  template <int R, int T>
  static void sumUp(const Tile& of) {
    Lanes kept[R][T];
    for (int r = 0; r < R; ++r)
      for (int t = 0; t < T; ++t) kept[r][t] = of.sums[r * of.tokens + t];
    int64_t i = 0;
    for (; i + kLanes <= of.inputs; i += kLanes) {
      Lanes token[T];
      for (int t = 0; t < T; ++t) token[t] = Set::load(of.x + t * of.stride + i);
      for (int r = 0; r < R; ++r) {
        const W* weight = of.weight + r * of.stride + i;
        const Lanes one = Set::load(weight);
        __builtin_prefetch(weight + of.ahead);
        for (int t = 0; t < T; ++t) kept[r][t] = Set::multiplyAdd(token[t], one, kept[r][t]);
      }
    }
    if (const int rest = static_cast<int>(of.inputs - i); rest > 0)
      for (int r = 0; r < R; ++r) {
        const Lanes one = Set::loadFirst(of.weight + r * of.stride + i, rest);
        for (int t = 0; t < T; ++t)
          kept[r][t] = Set::multiplyAdd(Set::loadFirst(of.x + t * of.stride + i, rest), one, kept[r][t]);
      }
    for (int r = 0; r < R; ++r)
      for (int t = 0; t < T; ++t) of.sums[r * of.tokens + t] = kept[r][t];
  }

  template <int T>
  static void sumUpRows(Tile of, int64_t rows) {
    if (rows == kRows) return sumUp<kRows, T>(of);
    for (; rows > 0; --rows, of.weight += of.stride, of.sums += of.tokens) sumUp<1, T>(of);
  }

  static void tileOf(const Tile& of, int64_t rows, int64_t tokens) {
    switch (tokens) {
      case 1:
        return sumUpRows<1>(of, rows);
      case 2:
        return sumUpRows<2>(of, rows);
      case 3:
        return sumUpRows<3>(of, rows);
      case 4:
        return sumUpRows < kTokens < 4 ? 1 : 4 > (of, rows);
      case 5:
        return sumUpRows < kTokens < 5 ? 1 : 5 > (of, rows);
      default:
        return sumUpRows < kTokens < 6 ? 1 : 6 > (of, rows);
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
