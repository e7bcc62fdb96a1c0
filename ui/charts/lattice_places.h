#pragma once

#include <QRectF>

#include "charts/lattice_chart.h"
#include "state/document.h"

namespace fusemoe::ui {

// Sizes that the lattice's picture and its pointer share, in pixels.
inline constexpr double kLatticeHeading = 20;
inline constexpr double kLatticeStrip = 26;
inline constexpr double kLatticeName = 104;

/// Where the parts of the picture stand.
struct LatticeChart::Layout {
  QRectF diagram, upper, lower;
};

inline const ModelConfig& latticeConfig(const ViewContext& context) {
  return context.document.model()->config();
}

}  // namespace fusemoe::ui
