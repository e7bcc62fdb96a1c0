#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <optional>
#include <vector>

namespace fusemoe::ui {

/// A text that wants to stand beside a point of the screen.
struct LabelWish {
  QPointF anchor;
  double clearance = 0;  ///< distance to keep from the anchor, pixels
  QSizeF size;
  double priority = 0;  ///< the higher is placed first
};

/// Places labels so that no two overlap and all lie within `bounds`, the most important first. Each tries the places
/// around its anchor and takes the one that covers fewest of `marks`; one that finds no free place is left out.
/// The answer has a place a wish, in order.
std::vector<std::optional<QRectF>> placeLabels(const std::vector<LabelWish>& wishes, const std::vector<QRectF>& marks,
                                               const QRectF& bounds);

}  // namespace fusemoe::ui
