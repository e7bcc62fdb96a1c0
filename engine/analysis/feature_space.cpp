#include "analysis/feature_space.h"

#include <array>
#include <cmath>

namespace fusemoe {
namespace {

/// Mean squared difference of two stays picked at random, in deviations².
constexpr float kOneMissing = 2;

/// Σ over features [from, to) of two points of `all` features.
double sumOfSquares(std::span<const float> a, std::span<const float> b, std::size_t from, std::size_t to,
                    std::size_t all) {
  constexpr std::size_t kLanes = 8;  // sums side by side, so that the compiler may use vector instructions
  std::array<float, kLanes> lanes{};
  const auto term = [&](std::size_t i) {
    const float difference = a[i] - b[i], both = a[all + i] * b[all + i];
    return both * difference * difference + kOneMissing * (a[all + i] + b[all + i] - 2 * both);
  };
  std::size_t i = from;
  for (; i + kLanes <= to; i += kLanes)
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += term(i + lane);
  double sum = 0;
  for (; i < to; ++i) sum += static_cast<double>(term(i));
  for (const float lane : lanes) sum += static_cast<double>(lane);
  return sum;
}

}  // namespace

FeatureSpace::FeatureSpace(const ModelConfig& config, std::uint32_t modalities)
    : m_config(config), m_modalities(modalities), m_moments(richFeatureLayout(config).size()) {}

void FeatureSpace::learn(const Sample& sample) {
  const std::vector<float> row = richFeatures(m_config, sample);
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!std::isfinite(row[i])) continue;
    Moments& moments = m_moments[i];
    const double before = static_cast<double>(row[i]) - moments.mean;
    moments.mean += before / ++moments.count;
    moments.squares += before * (static_cast<double>(row[i]) - moments.mean);
  }
}

void FeatureSpace::finish() {
  const std::vector<RichFeature> layout = richFeatureLayout(m_config);
  for (std::size_t i = 0; i < layout.size(); ++i) {
    const Moments& moments = m_moments[i];
    if (!(m_modalities >> layout[i].modality & 1U) || moments.count < 2) continue;
    const double deviation = std::sqrt(moments.squares / moments.count);
    if (deviation <= 1e-6 * (1 + std::abs(moments.mean))) continue;
    if (m_blocks.empty() || m_blocks.back().modality != layout[i].modality)
      m_blocks.push_back({layout[i].modality, m_used.size(), m_used.size()});
    m_used.push_back({i, moments.mean, deviation, layout[i].name});
    m_blocks.back().to = m_used.size();
  }
}

std::vector<float> FeatureSpace::place(const Sample& sample) const {
  const std::vector<float> row = richFeatures(m_config, sample);
  std::vector<float> point(2 * m_used.size());
  for (std::size_t i = 0; i < m_used.size(); ++i) {
    const Used& used = m_used[i];
    if (!std::isfinite(row[used.index])) continue;
    point[i] = static_cast<float>((static_cast<double>(row[used.index]) - used.mean) / used.deviation);
    point[m_used.size() + i] = 1;
  }
  return point;
}

double FeatureSpace::distance(std::span<const float> a, std::span<const float> b, std::uint32_t modalities) const {
  double sum = 0;
  for (const Block& block : m_blocks)
    if (modalities >> block.modality & 1U) sum += sumOfSquares(a, b, block.from, block.to, m_used.size());
  const std::size_t count = features(modalities);
  return count > 0 ? std::sqrt(sum / static_cast<double>(count)) : 0;
}

std::size_t FeatureSpace::features(std::uint32_t modalities) const {
  std::size_t count = 0;
  for (const Block& block : m_blocks)
    if (modalities >> block.modality & 1U) count += block.to - block.from;
  return count;
}

}  // namespace fusemoe
