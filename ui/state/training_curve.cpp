#include "state/training_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace fusemoe::ui {
namespace {

/// Mean of two means over `a` and `b` steps; one that is not a number counts for nothing.
double mixed(double left, double a, double right, double b) {
  if (!std::isfinite(left)) return right;
  if (!std::isfinite(right)) return left;
  return (left * a + right * b) / (a + b);
}

void mix(LayerPoint& into, double a, const LayerPoint& from, double b) {
  into.mean = mixed(into.mean, a, from.mean, b);
  into.mixture = mixed(into.mixture, a, from.mixture, b);
  into.regularizer = mixed(into.regularizer, a, from.regularizer, b);
  for (std::size_t e = 0; e < into.share.size() && e < from.share.size(); ++e)
    into.share[e] = static_cast<float>(mixed(into.share[e], a, from.share[e], b));
}

void mix(TrainingPoint& into, const TrainingPoint& from) {
  const auto a = static_cast<double>(into.steps), b = static_cast<double>(from.steps);
  into.loss = mixed(into.loss, a, from.loss, b);
  into.balance = mixed(into.balance, a, from.balance, b);
  into.entropy = mixed(into.entropy, a, from.entropy, b);
  into.step = from.step;
  into.epochs = from.epochs;
  into.steps += from.steps;
  into.skipped += from.skipped;
  if (into.layers.empty()) into.layers = from.layers;
  for (std::size_t l = 0; l < into.layers.size() && l < from.layers.size(); ++l)
    mix(into.layers[l], a, from.layers[l], b);
}

}  // namespace

TrainingPoint pointOf(const StepReport& step) {
  TrainingPoint point;
  point.step = step.step;
  point.epochs = step.epoch - 1 + step.fraction;
  point.steps = 1;
  point.loss = step.skipped ? std::numeric_limits<double>::quiet_NaN() : step.loss;
  point.balance = step.balanceLoss;
  point.entropy = step.entropyLoss;
  point.skipped = step.skipped ? 1 : 0;
  for (std::size_t l = 0; l < std::max(step.entropy.size(), step.expertLoad.size()); ++l) {
    LayerPoint layer;
    if (l < step.entropy.size()) {
      const EntropyTerms& terms = step.entropy[l];
      layer.mean = terms.mean;
      layer.mixture = terms.mixture;
      layer.regularizer = terms.regularizer;
      layer.lowerBound = terms.lowerBound;
    }
    if (l < step.expertLoad.size()) layer.share.assign(step.expertLoad[l].begin(), step.expertLoad[l].end());
    point.layers.push_back(std::move(layer));
  }
  return point;
}

void TrainingCurve::append(TrainingPoint point) {
  if (m_points.size() == kMost) halve();
  // Once points stand for many steps, new ones are gathered until they stand for as many.
  if (!m_points.empty() && m_points.back().steps < m_points.front().steps) {
    mix(m_points.back(), point);
  } else {
    m_points.push_back(std::move(point));
  }
}

void TrainingCurve::halve() {
  std::vector<TrainingPoint> half;
  half.reserve(kMost);
  for (std::size_t i = 0; i + 1 < m_points.size(); i += 2) {
    half.push_back(std::move(m_points[i]));
    mix(half.back(), m_points[i + 1]);
  }
  if (m_points.size() % 2 == 1) half.push_back(std::move(m_points.back()));
  m_points = std::move(half);
}

std::vector<double> TrainingCurve::smoothedLoss() const {
  std::vector<double> smoothed;
  double sum = 0, weight = 0;
  for (const TrainingPoint& point : m_points) {
    if (std::isfinite(point.loss)) {
      sum = kMemory * sum + point.loss;
      weight = kMemory * weight + 1;
    }
    smoothed.push_back(weight > 0 ? sum / weight : std::numeric_limits<double>::quiet_NaN());
  }
  return smoothed;
}

}  // namespace fusemoe::ui
