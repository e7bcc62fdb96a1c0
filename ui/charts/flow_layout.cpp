#include "charts/flow_layout.h"

#include <algorithm>
#include <numeric>

namespace fusemoe::ui {
namespace {

constexpr double kExpertGap = 3;
constexpr double kRouterGap = 10;
constexpr double kMostGaps = 0.3;  // share of the height that gaps may take

/// What a column of experts is laid out with.
struct Spacing {
  double gap = 0;        ///< between two
  double leastSlot = 0;  ///< of one, with its gap
};

double sumOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Height of all experts' slots at a scale.
double slotsHeight(const std::vector<double>& experts, double scale, const Spacing& spacing) {
  double height = 0;
  for (const double weight : experts) height += std::max(weight * scale + spacing.gap, spacing.leastSlot);
  return height;
}

/// The largest scale, up to `most`, at which the experts fit.
double fittingScale(const std::vector<double>& experts, double most, double height, const Spacing& spacing) {
  if (slotsHeight(experts, most, spacing) <= height) return most;
  double low = 0;
  double high = most;
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (slotsHeight(experts, middle, spacing) <= height ? low : high) = middle;
  }
  return low;
}

void placeExperts(FlowLayout& layout, double height, const Spacing& spacing, const std::vector<double>& experts) {
  double top = (height - slotsHeight(experts, layout.scale, spacing)) / 2;
  for (const double weight : experts) {
    const double size = weight * layout.scale;
    const double slot = std::max(size + spacing.gap, spacing.leastSlot);
    layout.experts.push_back({top + (slot - size) / 2, size, weight});
    top += slot;
  }
}

/// The routers spread over the height, at most a few gaps apart.
void placeRouters(FlowLayout& layout, double height, const std::vector<double>& routers, double total) {
  const auto gaps = double(routers.size() - 1);
  const double gap = gaps > 0 ? std::min(4 * kRouterGap, (height - total * layout.scale) / gaps) : 0;
  double top = (height - total * layout.scale - gap * gaps) / 2;
  for (const double weight : routers) {
    layout.routers.push_back({top, weight * layout.scale, weight});
    top += weight * layout.scale + gap;
  }
}

void placeRibbons(FlowLayout& layout, const FlowWeights& weights) {
  std::vector<double> filled(layout.experts.size(), 0.0);
  for (std::size_t r = 0; r < weights.size(); ++r) {
    double from = layout.routers[r].top;
    for (std::size_t e = 0; e < filled.size(); ++e) {
      const double size = weights[r][e] * layout.scale;
      if (weights[r][e] > 0)
        layout.ribbons.push_back({int(r), int(e), weights[r][e], from, layout.experts[e].top + filled[e], size});
      from += size;
      filled[e] += size;
    }
  }
  double to = layout.output.top;
  for (std::size_t e = 0; e < filled.size(); ++e) {
    const FlowNode& expert = layout.experts[e];
    if (expert.weight > 0) layout.outputs.push_back({-1, int(e), expert.weight, expert.top, to, expert.height});
    to += expert.height;
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
  const Spacing spacing{std::min(kExpertGap, kMostGaps * height / double(count)),
                        double(count) * leastSlot <= height ? leastSlot : 0};
  const double routerGaps = std::min(kRouterGap * double(routers.size() - 1), kMostGaps * height);
  layout.scale = fittingScale(experts, (height - routerGaps) / total, height, spacing);
  placeExperts(layout, height, spacing, experts);
  placeRouters(layout, height, routers, total);
  layout.output = {(height - total * layout.scale) / 2, total * layout.scale, total};
  placeRibbons(layout, weights);
  return layout;
}

}  // namespace fusemoe::ui
