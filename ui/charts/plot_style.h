#pragma once

#include <QBrush>
#include <QColor>

class QCPAxis;
class QPainter;
class QRectF;
class QCPItemText;
class QCustomPlot;

namespace fusemoe::ui {

class Selection;
struct Theme;

/// Diagonal lines of a colour on a tint of it, for what is masked or absent: a second cue beside colour.
QBrush hatchBrush(const QColor& colour, double devicePixelRatio);

/// The same within a rectangle, as single lines: for devices that keep lines, which a brush of pixels would spoil.
void drawHatchLines(QPainter& painter, const QRectF& rect, const QColor& colour);

/// Background, fonts and ink of a plot; call again when the theme changes.
void stylePlot(QCustomPlot& plot, const Theme& theme);
/// An axis of quiet lines: labels and grid, no ticks.
void styleAxis(QCPAxis& axis, const Theme& theme);

/// Names the experts 0 … count−1 on a category axis: "E1" where `width` pixels hold every name, else the number alone
/// and "expert" as the axis' title, as many as it holds.
void setExpertTicks(QCPAxis& axis, int experts, int width);
/// Makes `item` the name of what is pointed at on a plot's lower axis, over the axis' own label.
void placePointedName(QCPItemText& item);
void showPointedName(QCPItemText& item, const QString& name, double place, bool selected, const Theme& theme);
void showExpertName(QCPItemText& item, const Selection& selection, const Theme& theme);

/// Whole epochs as ticks, as many as a narrow chart holds.
void setEpochTicks(QCPAxis& axis);

/// The round number at or above `value` that ends an axis.
double niceCeiling(double value);

}  // namespace fusemoe::ui
