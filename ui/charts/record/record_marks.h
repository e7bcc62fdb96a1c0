#pragma once

#include <QColor>
#include <QPointF>
#include <QRectF>

class QPainter;

namespace fusemoe::ui {

enum class MarkLook { Plain, Hollow };

/// A mark in the shape of its modality (disc, square, triangle, …), the cue beside colour; −1 = a disc.
void drawMark(QPainter& painter, int modality, const QPointF& at, const QColor& colour, MarkLook look);
/// A diamond around a mark that an edit moved or added.
void drawEditedOutline(QPainter& painter, const QPointF& at, const QColor& ink);
/// A sheet of paper.
void drawDocument(QPainter& painter, const QPointF& at, const QColor& ink, const QColor& paper);
/// Diagonal lines over what is masked, drawn as lines.
void drawHatch(QPainter& painter, const QRectF& area, const QColor& colour);

}  // namespace fusemoe::ui
