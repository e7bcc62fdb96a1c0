#include "charts/colour_map.h"

#include <algorithm>
#include <cmath>

#include "state/theme.h"

namespace fusemoe::ui {

template <std::size_t N>
ColourMap ColourMap::through(const std::array<QColor, N>& stops) {
  ColourMap map;
  for (int i = 0; i < kSteps; ++i) {
    const double place = double(i) / (kSteps - 1) * double(N - 1);
    const auto before = std::min(static_cast<std::size_t>(place), N - 2);
    const double share = place - double(before);
    const auto mixed = [&](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    const QColor& from = stops[before];
    const QColor& to = stops[before + 1];
    map.m_colours[static_cast<std::size_t>(i)] =
        qRgb(mixed(from.red(), to.red()), mixed(from.green(), to.green()), mixed(from.blue(), to.blue()));
  }
  return map;
}

const ColourMap& ColourMap::cividis() {
  static const ColourMap kMap =
      through<10>({QColor(0x00204D), QColor(0x00336F), QColor(0x39486B), QColor(0x575C6D), QColor(0x707173),
                   QColor(0x8A8779), QColor(0xA69D75), QColor(0xC4B56C), QColor(0xE4CF5B), QColor(0xFFEA46)});
  return kMap;
}

ColourMap ColourMap::change(const Theme& theme) {
  return theme.dark
             ? through<5>({QColor(0x8CCBF2), QColor(0x2F73AD), theme.surface, QColor(0xB0581C), QColor(0xF5B073)})
             : through<5>({QColor(0x0B3C73), QColor(0x5C9BD1), theme.surface, QColor(0xE08A45), QColor(0x8A3B00)});
}

QRgb ColourMap::at(double fraction) const {
  const auto place = static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * (kSteps - 1)));
  return m_colours[static_cast<std::size_t>(place)];
}

}  // namespace fusemoe::ui
