#pragma once

#include <algorithm>

namespace fusemoe::ui {

/// Which of many rows a chart shows: as many as its height holds, moved by wheel and keys. A value.
class RowWindow {
 public:
  /// Rows are at least and at most so high, in pixels.
  RowWindow(double least, double most) : m_least(least), m_most(most) {}

  void setRows(int rows) {
    m_rows = rows;
    m_current = std::min(m_current, rows - 1);
    scroll(0);
  }
  void setRoom(double pixels) {
    m_room = pixels;
    scroll(0);
  }

  int rows() const { return m_rows; }
  int first() const { return m_first; }
  /// One past the last row shown.
  int end() const { return std::min(m_rows, m_first + fitting()); }
  bool cut() const { return fitting() < m_rows; }
  double height() const { return m_rows == 0 ? m_most : std::clamp(m_room / m_rows, m_least, m_most); }
  /// Of a row's upper edge, from the upper edge of the first one shown.
  double top(int row) const { return (row - m_first) * height(); }
  /// The row `pixels` below the first one's upper edge; -1 = none.
  int at(double pixels) const {
    const int row = m_first + static_cast<int>(std::max(0.0, pixels) / height());
    return pixels >= 0 && row < end() ? row : -1;
  }

  void scroll(int rows) { m_first = std::clamp(m_first + rows, 0, std::max(0, m_rows - fitting())); }
  /// The row that the keys are on; -1 = none.
  int current() const { return m_current; }
  void setCurrent(int row) {
    m_current = std::clamp(row, -1, m_rows - 1);
    if (m_current < 0) return;
    if (m_current < m_first) scroll(m_current - m_first);
    if (m_current >= end()) scroll(m_current - end() + 1);
  }
  /// To the next or the row before, and on from the ends.
  void step(int by) {
    if (m_rows == 0) return;
    setCurrent(m_current < 0 ? (by > 0 ? m_first : end() - 1) : std::clamp(m_current + by, 0, m_rows - 1));
  }

 private:
  int fitting() const { return std::max(1, static_cast<int>((m_room + 0.5) / height())); }

  double m_least, m_most;
  double m_room = 0;
  int m_rows = 0;
  int m_first = 0;
  int m_current = -1;
};

}  // namespace fusemoe::ui
