#pragma once

#include <QSize>

#include "state/table.h"

class QPainter;

namespace fusemoe::ui {

struct Theme;

/// A number of a table cell as a person reads it (four significant digits); other text as it is.
QString readable(const QString& cell);

/// Draws the first rows of a table that fit into a space of `room` at the painter's origin, and a line that says how
/// many there are more. Returns the space taken.
QSize drawTable(QPainter& painter, const Table& table, const QSize& room, const Theme& theme);

/// Height of one row.
inline constexpr int kTableRow = 18;

/// Draws rows [first, last) under the headings, `width` wide; the height taken.
int drawRows(QPainter& painter, const Table& table, std::size_t first, std::size_t last, int width, const Theme& theme);

}  // namespace fusemoe::ui
