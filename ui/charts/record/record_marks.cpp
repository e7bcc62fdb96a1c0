#include "charts/record/record_marks.h"

#include <QLineF>
#include <QPainter>
#include <QPolygonF>
#include <QVarLengthArray>
#include <array>
#include <cmath>

namespace fusemoe::ui {
namespace {

constexpr double kRadius = 2.7;
constexpr double kHatchPitch = 7;

/// A regular polygon with the area of a disc, first corner up or down.
QPolygonF polygon(int corners, const QPointF& at, double radius, bool pointsDown = false) {
  QPolygonF shape;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * M_PI * i / corners + (pointsDown ? M_PI : 0);
    shape << at + QPointF(radius * std::sin(angle), -radius * std::cos(angle));
  }
  return shape;
}

}  // namespace

void drawMark(QPainter& painter, int modality, const QPointF& at, const QColor& colour, MarkLook look) {
  painter.setPen(look == MarkLook::Hollow ? QPen(colour, 1) : QPen(Qt::NoPen));
  painter.setBrush(look == MarkLook::Hollow ? QBrush(Qt::NoBrush) : QBrush(colour));
  switch (modality % 6) {
    case 1:
      painter.drawRect(QRectF(at.x() - kRadius, at.y() - kRadius, 2 * kRadius, 2 * kRadius));
      break;
    case 2:
      painter.drawConvexPolygon(polygon(3, at, 4.0));
      break;
    case 3:
      painter.drawConvexPolygon(polygon(3, at, 4.0, true));
      break;
    case 4:
      painter.drawConvexPolygon(polygon(5, at, 3.6));
      break;
    case 5:
      painter.drawConvexPolygon(polygon(6, at, 3.4));
      break;
    default:
      painter.drawEllipse(at, kRadius, kRadius);
  }
}

void drawEditedOutline(QPainter& painter, const QPointF& at, const QColor& ink) {
  painter.setPen(QPen(ink, 1.2));
  painter.setBrush(Qt::NoBrush);
  painter.drawConvexPolygon(polygon(4, at, 6.0));
}

void drawDocument(QPainter& painter, const QPointF& at, const QColor& ink, const QColor& paper) {
  const QRectF sheet(at.x() - 4, at.y() - 5, 8, 10);
  painter.setPen(QPen(ink, 1));
  painter.setBrush(paper);
  painter.drawRect(sheet);
  for (const double line : {3.0, 5.0, 7.0})
    painter.drawLine(QPointF(sheet.left() + 2, sheet.top() + line), QPointF(sheet.right() - 2, sheet.top() + line));
}

void drawHatch(QPainter& painter, const QRectF& area, const QColor& colour) {
  QColor tint = colour;
  tint.setAlphaF(0.10F);
  painter.fillRect(area, tint);
  QColor ink = colour;
  ink.setAlphaF(0.45F);
  QVarLengthArray<QLineF, 256> lines;
  // Each line starts at the area's top or left edge and ends at its bottom or right one.
  for (double start = std::ceil((area.left() + area.top()) / kHatchPitch) * kHatchPitch;
       start < area.right() + area.bottom(); start += kHatchPitch) {
    const double top = std::min(area.right(), start - area.top());
    const double bottom = std::max(area.left(), start - area.bottom());
    lines.append(QLineF(top, start - top, bottom, start - bottom));
  }
  painter.setPen(QPen(ink, 1));
  painter.drawLines(lines.constData(), static_cast<int>(lines.size()));
}

}  // namespace fusemoe::ui
