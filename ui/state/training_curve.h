#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "api/training.h"

namespace fusemoe::ui {

/// One layer of one or more training steps: means of the entropy terms (nats) and of the experts' shares.
struct LayerPoint {
  double mean = 0, mixture = 0, regularizer = 0;
  double lowerBound = 0;     ///< of the regulariser; the upper bound is 0
  std::vector<float> share;  ///< [S] of the kept weights, sums to 1
};

/// One or more consecutive steps as one point: the mean of each number over them.
struct TrainingPoint {
  std::int64_t step = 0;   ///< the last of them, from 1
  double epochs = 0;       ///< epochs done by then, 1.5 = in the middle of the second
  std::int64_t steps = 0;  ///< how many they are
  double loss = 0;         ///< task loss; NaN where every step was skipped
  double balance = 0, entropy = 0;
  std::int64_t skipped = 0;        ///< of them, whose gradient was not finite
  std::vector<LayerPoint> layers;  ///< [L]; empty where the trainer does not tell
};

TrainingPoint pointOf(const StepReport& step);

/// The steps of a training run in bounded memory: while they are few every step is a point; beyond kMost points each
/// two neighbours become one. A value.
class TrainingCurve {
 public:
  static constexpr std::size_t kMost = 2048;

  void append(TrainingPoint point);
  const std::vector<TrainingPoint>& points() const { return m_points; }
  bool empty() const { return m_points.empty(); }
  /// The losses as a running mean whose weight falls by kMemory a point; NaN where none was finite so far. [points]
  std::vector<double> smoothedLoss() const;

  static constexpr double kMemory = 0.92;

 private:
  void halve();

  std::vector<TrainingPoint> m_points;
};

}  // namespace fusemoe::ui
