#pragma once

#include <QColor>
#include <array>

namespace fusemoe::ui {

struct Theme;

/// Colours of numbers from one end of a scale to the other. A value.
class ColourMap {
 public:
  /// Cividis: dark blue to yellow, of even lightness steps, the same to eyes that confuse red and green (Nuñez,
  /// Anderton and Renslow 2018). For magnitudes.
  static const ColourMap& cividis();
  /// From blue through the theme's surface to orange: for changes, nothing in the middle.
  static ColourMap change(const Theme& theme);

  /// At a share of the scale; beyond its ends the end's colour.
  QRgb at(double fraction) const;

 private:
  template <std::size_t N>
  static ColourMap through(const std::array<QColor, N>& stops);

  static constexpr int kSteps = 257;  // odd: the middle is one of them
  std::array<QRgb, kSteps> m_colours{};
};

}  // namespace fusemoe::ui
