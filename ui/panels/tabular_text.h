#pragma once

#include <QRect>
#include <QString>

class QFontMetrics;
class QPainter;

namespace fusemoe::ui {

/// Draws one line with figures of equal width, so that numbers below each other line up: QFont can ask a font for that
/// only from Qt 6.7. Uses the painter's font and pen; only left, right and vertical-centre alignment.
void drawTabular(QPainter& painter, const QRect& rect, Qt::Alignment alignment, const QString& text);
int tabularWidth(const QFontMetrics& metrics, const QString& text);

}  // namespace fusemoe::ui
