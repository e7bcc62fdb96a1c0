#pragma once

#include <vector>

namespace fusemoe {
struct LayerResult;
}

namespace fusemoe::ui {

/// A stretch of a column of the flow, in pixels from the top.
struct FlowNode {
  double top = 0, height = 0;
  double weight = 0;  ///< in tokens
  double centre() const { return top + height / 2; }
};

/// A ribbon between two columns.
struct FlowRibbon {
  int router = -1;  ///< −1: from the expert to the output
  int expert = 0;
  double weight = 0;  ///< in tokens
  double from = 0, to = 0, height = 0;
};

/// Where nodes and ribbons of a flow stand: routers, experts, output. One token has the same height everywhere.
struct FlowLayout {
  std::vector<FlowNode> routers, experts;
  FlowNode output;
  std::vector<FlowRibbon> ribbons;  ///< routers to experts, router by router; those without weight left out
  std::vector<FlowRibbon> outputs;  ///< experts to the output
  double scale = 0;                 ///< pixels a token
};

/// What each router gave each expert, in tokens: [router][expert].
using FlowWeights = std::vector<std::vector<double>>;

/// Fits the flow into `height` pixels. An expert takes at least `leastSlot` pixels, so that its name has room, while
/// all together fit.
FlowLayout layOutFlow(const FlowWeights& weights, double height, double leastSlot);

}  // namespace fusemoe::ui
