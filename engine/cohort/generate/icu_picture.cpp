#include "cohort/generate/icu_picture.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace fusemoe {
namespace {

void appendBigEndian(std::string& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift & 0xFFU));
}

void appendChunk(std::string& png, std::string_view type, const std::string& data) {
  appendBigEndian(png, static_cast<std::uint32_t>(data.size()));
  const std::string body = std::string(type) + data;
  png += body;
  const uLong sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  appendBigEndian(png, static_cast<std::uint32_t>(sum));
}

/// A zlib stream of stored blocks (RFC 1950, 1951).
std::string stored(const std::string& data) {
  constexpr std::size_t kLongest = 65535;
  std::string stream("\x78\x01", 2);
  for (std::size_t first = 0; first < data.size(); first += kLongest) {
    const std::size_t length = std::min(kLongest, data.size() - first);
    stream.push_back(first + length == data.size() ? '\1' : '\0');
    for (const std::size_t part : {length, ~length}) {
      stream.push_back(static_cast<char>(part & 0xFFU));
      stream.push_back(static_cast<char>(part >> 8 & 0xFFU));
    }
    stream.append(data, first, length);
  }
  const uLong sum = adler32(1, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(data.size()));
  appendBigEndian(stream, static_cast<std::uint32_t>(sum));
  return stream;
}

/// Rows of five pixels, the leftmost the highest bit.
std::array<std::uint8_t, 7> letter(char name) {
  switch (name) {
    case 'S':
      return {15, 16, 16, 14, 1, 1, 30};
    case 'Y':
      return {17, 17, 10, 4, 4, 4, 4};
    case 'N':
      return {17, 25, 21, 19, 17, 17, 17};
    case 'T':
      return {31, 4, 4, 4, 4, 4, 4};
    case 'H':
      return {17, 17, 17, 31, 17, 17, 17};
    case 'E':
      return {31, 16, 16, 30, 16, 16, 31};
    case 'I':
      return {14, 4, 4, 4, 4, 4, 14};
    default:
      return {14, 17, 16, 16, 16, 17, 14};  // C
  }
}

}  // namespace

GreyPicture::GreyPicture(std::size_t width, std::size_t height, std::uint8_t level)
    : m_width(width), m_height(height), m_levels(width * height, level) {}

void GreyPicture::ellipse(double x, double y, double radiusX, double radiusY, double level, double opacity) {
  for (std::size_t row = 0; row < m_height; ++row)
    for (std::size_t column = 0; column < m_width; ++column) {
      const double dx = (static_cast<double>(column) - x) / radiusX, dy = (static_cast<double>(row) - y) / radiusY;
      const double inside = 1 - dx * dx - dy * dy;
      if (inside <= 0) continue;
      const double share = opacity * std::min(1.0, 3 * inside);
      std::uint8_t& own = at(column, row);
      own = static_cast<std::uint8_t>(std::clamp(own + share * (level - own) + 0.5, 0.0, 15.0));
    }
}

void GreyPicture::writeSynthetic(std::size_t x, std::size_t y, std::uint8_t level) {
  for (const char name : std::string_view("SYNTHETIC")) {
    const std::array<std::uint8_t, 7> rows = letter(name);
    for (std::size_t row = 0; row < rows.size(); ++row)
      for (std::size_t column = 0; column < 5; ++column)
        if (rows[row] >> (4 - column) & 1U && x + column < m_width && y + row < m_height)
          at(x + column, y + row) = level;
    x += 6;
  }
}

std::string GreyPicture::png() const {
  std::string header;
  appendBigEndian(header, static_cast<std::uint32_t>(m_width));
  appendBigEndian(header, static_cast<std::uint32_t>(m_height));
  header += std::string("\4\0\0\0\0", 5);  // four bits of grey, no interlace
  std::string rows;
  for (std::size_t y = 0; y < m_height; ++y) {
    rows.push_back('\0');  // no filter
    for (std::size_t x = 0; x < m_width; x += 2) {
      const unsigned right = x + 1 < m_width ? m_levels[y * m_width + x + 1] : 0U;
      rows.push_back(static_cast<char>(m_levels[y * m_width + x] << 4 | right));
    }
  }
  std::string png("\x89PNG\r\n\x1a\n", 8);
  appendChunk(png, "IHDR", header);
  appendChunk(png, "IDAT", stored(rows));
  appendChunk(png, "IEND", {});
  return png;
}

}  // namespace fusemoe
