#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/summary_features.h"

namespace fusemoe {

/// How near two stays are in what was recorded of them: their richFeatures, each number in standard deviations of the
/// stays it was taught. A number that neither stay has counts 0; one that only one has counts as much as two stays
/// picked at random are apart (their mean squared difference, 2 deviations²); one that is the same in all stays, or
/// that fewer than two have, takes no part.
class FeatureSpace {
 public:
  /// `modalities`: bit i = the numbers of modality i count.
  FeatureSpace(const ModelConfig& config, std::uint32_t modalities);

  /// First all stays, then `finish`; the rest may be called from then on.
  void learn(const Sample& sample);
  void finish();
  /// The stay's point: [2, features], values, then whether there is one.
  std::vector<float> place(const Sample& sample) const;

  /// Root mean square over the features that count and belong to `modalities` (those of every one given to the
  /// constructor by default), standard deviations; 0 where there is none.
  double distance(std::span<const float> a, std::span<const float> b, std::uint32_t modalities = ~0U) const;
  /// Features `distance` is taken over.
  std::size_t features(std::uint32_t modalities = ~0U) const;
  const std::string& nameOf(std::size_t feature) const { return m_used[feature].name; }

 private:
  struct Moments {
    double count = 0, mean = 0, squares = 0;
  };
  struct Used {
    std::size_t index = 0;  ///< in richFeatures
    double mean = 0, deviation = 1;
    std::string name;
  };
  struct Block {
    int modality = 0;
    std::size_t from = 0, to = 0;  ///< of m_used
  };
  const ModelConfig& m_config;
  std::uint32_t m_modalities = 0;
  std::vector<Moments> m_moments;
  std::vector<Used> m_used;
  std::vector<Block> m_blocks;
};

}  // namespace fusemoe
