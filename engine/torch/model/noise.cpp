#include "torch/model/noise.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cmath>

namespace fusemoe {
namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
constexpr int kGroupShift = 44;  // above any row of a batch
constexpr std::int64_t kGrain = 1 << 15;

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}
std::uint64_t joined(std::uint64_t key, std::uint64_t next) {
  return mixed(key + kGolden * (next + 1));
}

/// 32 bits for one element of a row; two keyed rounds of a 32-bit finaliser, which compilers turn into vector code.
inline std::uint32_t element(std::uint32_t column, std::uint32_t low, std::uint32_t high) {
  std::uint32_t x = column * 0x9E3779B1U + low;
  x = (x ^ (x >> 16)) * 0x7FEB352DU;
  x = (x ^ (x >> 15)) * 0x846CA68BU;
  x = (x ^ (x >> 16)) + high;
  x = (x ^ (x >> 16)) * 0x7FEB352DU;
  x = (x ^ (x >> 15)) * 0x846CA68BU;
  return x ^ (x >> 16);
}

/// Calls fill(row data, width, low key, high key) for each row of a fresh float tensor; idOf names a row.
template <class Id, class Fill>
at::Tensor filled(at::IntArrayRef shape, std::uint64_t stream, const Id& idOf, const Fill& fill) {
  at::Tensor drawn = at::empty(shape, at::TensorOptions(at::kFloat));
  const std::int64_t rows = shape[0], width = rows > 0 ? drawn.numel() / rows : 0;
  float* data = drawn.data_ptr<float>();
  at::parallel_for(0, rows, std::max<std::int64_t>(1, kGrain / std::max<std::int64_t>(1, width)),
                   [&](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t row = begin; row < end; ++row) {
                       const std::uint64_t key = joined(stream, idOf(row));
                       fill(data + row * width, width, static_cast<std::uint32_t>(key),
                            static_cast<std::uint32_t>(key >> 32));
                     }
                   });
  return drawn;
}

/// Fills a row with a dropout mask.
struct Keep {
  std::uint32_t threshold;
  float scale;
  explicit Keep(double rate)
      : threshold(static_cast<std::uint32_t>(rate * 0x1.0p32)), scale(static_cast<float>(1.0 / (1.0 - rate))) {}
  void operator()(float* row, std::int64_t width, std::uint32_t low, std::uint32_t high) const {
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(width); ++i)
      row[i] = element(i, low, high) >= threshold ? scale : 0.0F;
  }
};

/// Fills a row with normal numbers, by Box and Muller.
void fillNormal(float* row, std::int64_t width, std::uint32_t low, std::uint32_t high) {
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(width); ++i) {
    const double radius = (element(2 * i, low, high) + 1.0) * 0x1.0p-32;  // (0, 1]
    const double angle = element(2 * i + 1, low, high) * 0x1.0p-32;
    row[i] = static_cast<float>(std::sqrt(-2.0 * std::log(radius)) * std::cos(2.0 * M_PI * angle));
  }
}

}  // namespace

double uniformAt(std::uint64_t seed, std::uint64_t step, std::uint64_t sample, std::uint64_t element) {
  return static_cast<double>(joined(joined(joined(mixed(seed), step), sample), element) >> 11) * 0x1.0p-53;
}

void NoiseGenerator::begin(std::uint64_t batch, std::int64_t first, std::int64_t samples) {
  m_batch = batch;
  m_call = 0;
  m_first = first;
  m_samples = samples;
}

at::Tensor NoiseGenerator::keep(const at::Tensor& like, double rate) {
  TORCH_CHECK(like.size(0) % m_samples == 0, "dropout on rows that are not whole samples");
  const std::int64_t before = m_first * (like.size(0) / m_samples);
  return filled(
             like.sizes(), joined(joined(mixed(m_seed), m_batch), nextCall()),
             [before](std::int64_t row) { return static_cast<std::uint64_t>(before + row); }, Keep(rate))
      .to(like.device(), like.scalar_type());
}

at::Tensor NoiseGenerator::normal(const at::Tensor& like) {
  TORCH_CHECK(like.size(0) % m_samples == 0, "noise on rows that are not whole samples");
  const std::int64_t before = m_first * (like.size(0) / m_samples);
  return filled(
             like.sizes(), joined(joined(mixed(m_seed), m_batch), nextCall()),
             [before](std::int64_t row) { return static_cast<std::uint64_t>(before + row); }, fillNormal)
      .to(like.device(), like.scalar_type());
}

at::Tensor NoiseGenerator::keepRows(std::uint64_t call, const at::Tensor& like, std::int64_t width, double rate,
                                    const at::Tensor& rows, std::int64_t groupSize) const {
  const at::Tensor places = rows.to(at::kCPU).contiguous();
  const std::int64_t* place = places.data_ptr<std::int64_t>();
  const std::int64_t before = m_first * (groupSize / m_samples);
  return filled(
             {rows.size(0), width}, joined(joined(mixed(m_seed), m_batch), call),
             [=](std::int64_t row) {
               return (static_cast<std::uint64_t>(place[row] / groupSize) << kGroupShift) +
                      static_cast<std::uint64_t>(before + place[row] % groupSize);
             },
             Keep(rate))
      .to(like.device(), like.scalar_type());
}

}  // namespace fusemoe
