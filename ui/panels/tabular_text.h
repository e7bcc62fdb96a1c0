#pragma once

#include <QPoint>
#include <QString>

class QFontMetrics;
class QPainter;

namespace fusemoe::ui {

/// Draws one line from `baseline` with figures of equal width, so that numbers below each other line up and do not
/// jitter: QFont can ask a font for that only from Qt 6.7. Uses the painter's font and pen.
void drawTabular(QPainter& painter, const QPoint& baseline, const QString& text);
int tabularWidth(const QFontMetrics& metrics, const QString& text);

}  // namespace fusemoe::ui
