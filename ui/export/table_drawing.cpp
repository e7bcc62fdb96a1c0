#include "export/table_drawing.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "state/format.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr int kCellGap = 12;
constexpr std::size_t kMeasuredRows = 200;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::Table)
};

bool isNumber(const QString& cell) {
  bool number = false;
  cell.toDouble(&number);
  return number;
}

/// Widths by the content, scaled down when they do not fit together.
QList<int> columnWidths(const Table& table, int room) {
  const QFontMetrics metrics(themeFont(kCaptionPixels, QFont::DemiBold));
  QList<int> widths;
  int sum = 0;
  for (qsizetype column = 0; column < table.columns.size(); ++column) {
    int widest = metrics.horizontalAdvance(table.columns.at(column));
    for (std::size_t row = 0; row < std::min(table.rows.size(), kMeasuredRows); ++row)
      widest = std::max(widest, metrics.horizontalAdvance(readable(table.rows[row].value(column))));
    widths.append(widest + kCellGap);
    sum += widths.last();
  }
  if (sum <= room) return widths;
  for (int& width : widths) width = width * room / sum;
  return widths;
}

void drawRow(QPainter& painter, const QStringList& cells, const QList<int>& widths, const QList<bool>& right, int y) {
  int x = 0;
  for (qsizetype column = 0; column < widths.size(); ++column) {
    const QRect cell(x, y, widths.at(column) - kCellGap, kTableRow);
    const QString text =
        painter.fontMetrics().elidedText(readable(cells.value(column)), Qt::ElideRight, cell.width() + 1);
    painter.drawText(cell, (right.at(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextDontClip,
                     text);
    x += widths.at(column);
  }
}

}  // namespace

QString readable(const QString& cell) {
  bool isDouble = false, isInteger = false;
  const double value = cell.toDouble(&isDouble);
  cell.toLongLong(&isInteger);
  if (isInteger && value < 0) return number(value, 0);
  if (!isDouble || isInteger) return cell;
  const double size = std::abs(value);
  if (size != 0 && size < 1e-4) return QString::number(value, 'g', 2);
  return number(value, size < 1 ? 4 : size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0);
}

int drawRows(QPainter& painter, const Table& table, std::size_t first, std::size_t last, int width,
             const Theme& theme) {
  const QList<int> widths = columnWidths(table, width);
  QList<bool> right;
  for (qsizetype column = 0; column < table.columns.size(); ++column)
    right.append(!table.rows.empty() && isNumber(table.rows.front().value(column)));
  painter.setFont(themeFont(kCaptionPixels, QFont::DemiBold));
  painter.setPen(theme.secondary);
  int y = 0;
  if (!table.columns.join(QString()).isEmpty()) {
    drawRow(painter, table.columns, widths, right, 0);
    y = kTableRow;
  }
  painter.setPen(theme.border);
  painter.drawLine(0, y, width, y);
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(theme.text);
  for (std::size_t row = first; row < last; ++row, y += kTableRow) drawRow(painter, table.rows[row], widths, right, y);
  return y;
}

QSize drawTable(QPainter& painter, const Table& table, const QSize& room, const Theme& theme) {
  const auto fitting = static_cast<std::size_t>(std::max(1, room.height() / kTableRow - 2));
  const std::size_t shown = std::min(fitting, table.rows.size());
  int y = drawRows(painter, table, 0, shown, room.width(), theme);
  if (shown < table.rows.size()) {
    painter.setPen(theme.secondary);
    painter.drawText(QRect(0, y, room.width(), kTableRow), Qt::AlignLeft | Qt::AlignVCenter,
                     Text::tr("and %1 more").arg(count(static_cast<qint64>(table.rows.size() - shown))));
    y += kTableRow;
  }
  return {room.width(), y};
}

}  // namespace fusemoe::ui
