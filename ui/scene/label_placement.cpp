#include "scene/label_placement.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace fusemoe::ui {
namespace {

constexpr double kGap = 2;  // between two labels

/// Directions from the anchor to the middle of the label, the ones that read best first.
constexpr std::array<QPointF, 8> kDirections{QPointF{1, 0},  QPointF{-1, 0}, QPointF{0, -1},  QPointF{0, 1},
                                             QPointF{1, -1}, QPointF{1, 1},  QPointF{-1, -1}, QPointF{-1, 1}};

QRectF beside(const LabelWish& wish, const QPointF& direction) {
  // In a slanted direction the corner, not an edge, keeps the distance.
  const double reach = direction.x() != 0 && direction.y() != 0 ? wish.clearance * 0.7 : wish.clearance;
  const QPointF centre(wish.anchor.x() + direction.x() * (reach + wish.size.width() / 2),
                       wish.anchor.y() + direction.y() * (reach + wish.size.height() / 2));
  return {centre - QPointF(wish.size.width() / 2, wish.size.height() / 2), wish.size};
}

}  // namespace

std::vector<std::optional<QRectF>> placeLabels(const std::vector<LabelWish>& wishes, const std::vector<QRectF>& marks,
                                               const QRectF& bounds) {
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return wishes[i].priority; });
  std::vector<std::optional<QRectF>> places(wishes.size());
  std::vector<QRectF> taken;
  for (const std::size_t i : order) {
    auto fewest = std::numeric_limits<std::ptrdiff_t>::max();
    for (const QPointF& direction : kDirections) {
      const QRectF place = beside(wishes[i], direction);
      const auto hits = [&place](const QRectF& other) { return other.intersects(place); };
      if (!bounds.contains(place) || std::ranges::any_of(taken, hits)) continue;
      const std::ptrdiff_t covered = std::ranges::count_if(marks, hits);
      if (covered >= fewest) continue;
      fewest = covered;
      places[i] = place;
    }
    if (places[i]) taken.push_back(places[i]->adjusted(-kGap, -kGap, kGap, kGap));
  }
  return places;
}

}  // namespace fusemoe::ui
