#pragma once

#include <QRect>
#include <QString>
#include <utility>

class QLabel;
class QPainter;

namespace fusemoe::ui {

struct Theme;

/// The heading over one of several charts of a panel.
QLabel* sectionTitle(const QString& text);
/// The same drawn at the top of an area; gives the area below it.
QRect drawSectionTitle(QPainter& painter, const Theme& theme, const QRect& area, const QString& text);
/// Splits an area below `share` of its height, with a gap.
std::pair<QRect, QRect> splitRows(const QRect& area, double share);
/// Splits it right of `share` of its width.
std::pair<QRect, QRect> splitColumns(const QRect& area, double share);

}  // namespace fusemoe::ui
