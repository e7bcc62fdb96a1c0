#include "panels/tabular_text.h"

#include <QFontMetrics>
#include <QPainter>

namespace fusemoe::ui {
namespace {

int advance(const QFontMetrics& metrics, QChar character) {
  return metrics.horizontalAdvance(character.isDigit() ? QChar('0') : character);
}

}  // namespace

int tabularWidth(const QFontMetrics& metrics, const QString& text) {
  int width = 0;
  for (const QChar character : text) width += advance(metrics, character);
  return width;
}

void drawTabular(QPainter& painter, const QRect& rect, Qt::Alignment alignment, const QString& text) {
  const QFontMetrics metrics = painter.fontMetrics();
  int x = alignment & Qt::AlignRight ? rect.right() + 1 - tabularWidth(metrics, text) : rect.left();
  const int baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2;
  for (const QChar character : text) {
    const int cell = advance(metrics, character);
    const int centred = character.isDigit() ? (cell - metrics.horizontalAdvance(character)) / 2 : 0;
    painter.drawText(x + centred, baseline, character);
    x += cell;
  }
}

}  // namespace fusemoe::ui
