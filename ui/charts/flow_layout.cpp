#include "charts/flow_layout.h"

#include <algorithm>
#include <numeric>

namespace fusemoe::ui {
namespace {

constexpr double kExpertGap = 3;
constexpr double kRouterGap = 10;

double sumOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Height of all experts' slots at a scale.
double slotsHeight(const std::vector<double>& experts, double scale, double leastSlot) {
  double height = 0;
  for (const double weight : experts) height += std::max(weight * scale + kExpertGap, leastSlot);
  return height;
}

/// The largest scale at which both columns fit.
double fittingScale(const std::vector<double>& experts, double total, std::size_t routers, double height,
                    double leastSlot) {
  double low = 0;
  double high = std::max(0.0, (height - kRouterGap * double(routers - 1)) / total);
  if (slotsHeight(experts, high, leastSlot) <= height) return high;
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (slotsHeight(experts, middle, leastSlot) <= height ? low : high) = middle;
  }
  return low;
}

void placeNodes(FlowLayout& layout, double height, double leastSlot, const std::vector<double>& experts) {
  double top = (height - slotsHeight(experts, layout.scale, leastSlot)) / 2;
  for (const double weight : experts) {
    const double slot = std::max(weight * layout.scale + kExpertGap, leastSlot);
    const double size = weight * layout.scale;
    layout.experts.push_back({top + (slot - size) / 2, size, weight});
    top += slot;
  }
}

}  // namespace

FlowLayout layOutFlow(const FlowWeights& weights, double height, double leastSlot) {
  FlowLayout layout;
  if (weights.empty()) return layout;
  const std::size_t count = weights.front().size();
  std::vector<double> experts(count, 0.0);
  std::vector<double> routers;
  for (const std::vector<double>& given : weights) {
    routers.push_back(sumOf(given));
    for (std::size_t e = 0; e < count; ++e) experts[e] += given[e];
  }
  const double total = sumOf(routers);
  if (!(total > 0)) return layout;
  const double slot = double(count) * leastSlot <= height ? leastSlot : 0;
  layout.scale = fittingScale(experts, total, routers.size(), height, slot);
  placeNodes(layout, height, slot, experts);
  const double gap =
      routers.size() < 2 ? 0 : std::min(4 * kRouterGap, (height - total * layout.scale) / double(routers.size() - 1));
  double top = (height - total * layout.scale - gap * double(routers.size() - 1)) / 2;
  for (const double weight : routers) {
    layout.routers.push_back({top, weight * layout.scale, weight});
    top += weight * layout.scale + gap;
  }
  layout.output = {(height - total * layout.scale) / 2, total * layout.scale, total};

  std::vector<double> filled(count, 0.0);
  for (std::size_t r = 0; r < weights.size(); ++r) {
    double from = layout.routers[r].top;
    for (std::size_t e = 0; e < count; ++e) {
      const double size = weights[r][e] * layout.scale;
      if (weights[r][e] > 0)
        layout.ribbons.push_back({int(r), int(e), weights[r][e], from, layout.experts[e].top + filled[e], size});
      from += size;
      filled[e] += size;
    }
  }
  double to = layout.output.top;
  for (std::size_t e = 0; e < count; ++e) {
    if (experts[e] > 0)
      layout.outputs.push_back({-1, int(e), experts[e], layout.experts[e].top, to, layout.experts[e].height});
    to += layout.experts[e].height;
  }
  return layout;
}

}  // namespace fusemoe::ui
