#include "models/stay_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

#include "state/stay_query.h"

namespace fusemoe::ui {
namespace {

struct Keyed {
  std::uint64_t key = 0;
  int place = 0;
};

/// A number that sorts as the stay should; nothing where that is unknown.
std::optional<std::uint64_t> keyOf(const StaySummary& stay, StayKey key, float risk) {
  switch (key) {
    case StayKey::Present:
      return std::uint64_t(std::popcount(stay.present)) << 32 | stay.present;
    case StayKey::Label:
      if (const LabelBits labels = labelBits(stay); labels.known) return labels.bits;
      return std::nullopt;
    case StayKey::Risk:
      // Bits of floats ≥ 0 sort as the floats do.
      if (!std::isnan(risk)) return std::bit_cast<std::uint32_t>(std::max(risk, 0.0F));
      return std::nullopt;
    case StayKey::Split:
      if (const int split = splitCode(stay); split != 0) return std::uint64_t(split);
      return std::nullopt;
    case StayKey::Id:
      break;
  }
  return std::nullopt;
}

/// Stable: one pass over each byte in which the keys differ.
void radixSort(std::vector<Keyed>& items) {
  std::vector<Keyed> sorted(items.size());
  for (int shift = 0; shift < 64; shift += 8) {
    std::array<std::size_t, 257> from{};
    for (const Keyed& item : items) ++from[((item.key >> shift) & 0xFF) + 1];
    if (std::ranges::find(from, items.size()) != from.end()) continue;  // one byte has them all
    std::partial_sum(from.begin(), from.end(), from.begin());
    for (const Keyed& item : items) sorted[from[(item.key >> shift) & 0xFF]++] = item;
    items.swap(sorted);
  }
}

}  // namespace

std::vector<int> sortedStays(const std::vector<StaySummary>& stays, StayKey key, Qt::SortOrder order,
                             const std::function<float(int place)>& risk) {
  std::vector<int> places(stays.size());
  std::iota(places.begin(), places.end(), 0);
  if (key == StayKey::Id) {
    if (order == Qt::DescendingOrder) std::ranges::reverse(places);
    return places;
  }
  std::vector<Keyed> known;
  known.reserve(stays.size());
  std::vector<int> unknown;
  for (const int place : places) {
    const auto number = keyOf(stays[static_cast<std::size_t>(place)], key, key == StayKey::Risk ? risk(place) : 0.0F);
    if (number) {
      known.push_back({order == Qt::AscendingOrder ? *number : ~*number, place});
    } else {
      unknown.push_back(place);
    }
  }
  radixSort(known);
  std::ranges::transform(known, places.begin(), &Keyed::place);
  std::ranges::copy(unknown, places.begin() + static_cast<std::ptrdiff_t>(known.size()));
  return places;
}

}  // namespace fusemoe::ui
