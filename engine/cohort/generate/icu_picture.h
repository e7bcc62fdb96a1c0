#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Inside engine/cohort only.
namespace fusemoe {

/// A grey picture of 16 levels, to be drawn on and written as PNG.
class GreyPicture {
 public:
  GreyPicture(std::size_t width, std::size_t height, std::uint8_t level);

  std::size_t width() const { return m_width; }
  std::size_t height() const { return m_height; }
  std::uint8_t& at(std::size_t x, std::size_t y) { return m_levels[y * m_width + x]; }
  /// An ellipse, filled; its levels are blended towards `level` by `opacity` (0 … 1), softly at the rim.
  void ellipse(double x, double y, double radiusX, double radiusY, double level, double opacity);
  /// Writes SYNTHETIC with its upper left corner there, 5 × 7 pixels a letter.
  void writeSynthetic(std::size_t x, std::size_t y, std::uint8_t level);
  /// PNG of bit depth 4, not compressed: the same bytes whatever the compressor of the machine.
  std::string png() const;

 private:
  std::size_t m_width, m_height;
  std::vector<std::uint8_t> m_levels;  ///< 0 black … 15 white
};

}  // namespace fusemoe
