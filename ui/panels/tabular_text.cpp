#include "panels/tabular_text.h"

#include <QFontMetrics>
#include <QPainter>

namespace fusemoe::ui {
namespace {

/// Length of the run of characters from `begin` that stand as they are, without a figure.
qsizetype plainRun(const QString& text, qsizetype begin) {
  qsizetype end = begin;
  while (end < text.size() && !text[end].isDigit()) ++end;
  return end - begin;
}

/// Visits the pieces of a line: runs without figures, and single figures with the room left and right of them.
template <class Visit>
int layOut(const QFontMetrics& metrics, const QString& text, Visit visit) {
  const int cell = metrics.horizontalAdvance(QLatin1Char('0'));
  int x = 0;
  for (qsizetype i = 0; i < text.size();) {
    const qsizetype length = plainRun(text, i);
    const QString piece = text.mid(i, length > 0 ? length : 1);
    const int natural = metrics.horizontalAdvance(piece);
    const int width = length > 0 ? natural : cell;
    visit(x + (width - natural) / 2, piece);
    x += width;
    i += piece.size();
  }
  return x;
}

}  // namespace

int tabularWidth(const QFontMetrics& metrics, const QString& text) {
  return layOut(metrics, text, [](int, const QString&) {});
}

void drawTabular(QPainter& painter, const QPoint& baseline, const QString& text) {
  layOut(painter.fontMetrics(), text,
         [&](int x, const QString& piece) { painter.drawText(baseline.x() + x, baseline.y(), piece); });
}

}  // namespace fusemoe::ui
