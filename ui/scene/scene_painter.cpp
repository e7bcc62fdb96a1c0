#include "scene/scene_painter.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "scene/label_placement.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

QFont labelFont(const SceneLabel& label) {
  return themeFont(kCaptionPixels, label.strong ? QFont::DemiBold : QFont::Normal);
}

QPainterPath plus(double radius, bool hollow) {
  const double half = radius * (hollow ? 0.5 : 0.34), reach = 1.1 * radius;
  QPainterPath path;
  path.setFillRule(Qt::WindingFill);
  path.addRect(QRectF(-reach, -half, 2 * reach, 2 * half));
  path.addRect(QRectF(-half, -reach, 2 * half, 2 * reach));
  return path.simplified();
}

/// The outline of a mark around the origin; the same measures as in SceneRenderer's shader.
QPainterPath outlineOf(const SceneMark& mark) {
  const double r = double(mark.radius);
  QPainterPath path;
  switch (mark.shape) {
    case MarkShape::Circle:
      path.addEllipse(QPointF(), r, r);
      break;
    case MarkShape::Square:
      path.addRect(QRectF(-0.88 * r, -0.88 * r, 1.76 * r, 1.76 * r));
      break;
    case MarkShape::Triangle:
      path.addPolygon(QPolygonF{{0, -1.15 * r}, {1.1 * r, 0.7 * r}, {-1.1 * r, 0.7 * r}});
      path.closeSubpath();
      break;
    case MarkShape::Plus:
      return plus(r, mark.outline > 0);
    case MarkShape::Diamond: {
      const double reach = 0.85 * std::numbers::sqrt2 * r;
      path.addPolygon(QPolygonF{{0, -reach}, {reach, 0}, {0, reach}, {-reach, 0}});
      path.closeSubpath();
      break;
    }
    case MarkShape::Cross:
      return QTransform().rotate(45).map(plus(r, mark.outline > 0));
  }
  return path;
}

void paintCloud(QPainter& painter, const SceneFrame& frame) {
  const double ratio = painter.device()->devicePixelRatioF() * painter.worldTransform().m11();
  QImage picture((frame.viewport * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
  picture.fill(Qt::transparent);
  QPainter pen(&picture);
  pen.scale(ratio, ratio);
  pen.setPen(Qt::NoPen);
  const double size = double(frame.cloudPointSize);
  for (const SceneCloud::Point& point : frame.cloud->points) {
    const OrbitCamera::Seen seen = frame.camera.project({point.x, point.y, point.z}, frame.viewport);
    if (seen.depth <= 0 || std::size_t(point.router) >= frame.cloudColours.size()) continue;
    const QRectF dot(seen.at - QPointF(size, size) / 2, QSizeF(size, size));
    pen.fillRect(dot, QColor::fromRgba(frame.cloudColours[std::size_t(point.router)]));
  }
  pen.end();
  painter.drawImage(QRectF(QPointF(), frame.viewport), picture);
}

}  // namespace

std::vector<PlacedLabel> placedLabels(const SceneFrame& frame) {
  std::vector<LabelWish> wishes;
  std::vector<const SceneLabel*> labels;
  std::vector<QRectF> marks;
  for (const SceneLabel& label : frame.labels) {
    const OrbitCamera::Seen seen = frame.camera.project(label.place, frame.viewport);
    if (seen.depth <= 0) continue;
    const QFontMetricsF metrics(labelFont(label));
    const QSizeF size(metrics.horizontalAdvance(label.text) + 2, metrics.height() - 2);
    wishes.push_back({seen.at, label.clearance, size, label.priority});
    labels.push_back(&label);
  }
  for (const SceneMark& mark : frame.marks) {
    constexpr int kSolid = 128;  // a faded mark may be covered
    if (qAlpha(mark.colour) < kSolid) continue;
    const QPointF at = frame.camera.project(mark.place, frame.viewport).at;
    const double reach = double(mark.radius);
    marks.emplace_back(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach);
  }
  const std::vector<std::optional<QRectF>> places = placeLabels(wishes, marks, QRectF(QPointF(), frame.viewport));
  std::vector<PlacedLabel> placed;
  for (std::size_t i = 0; i < places.size(); ++i)
    if (places[i]) placed.push_back({labels[i], *places[i]});
  return placed;
}

void paintLabels(QPainter& painter, const SceneFrame& frame) {
  QColor ground = QColor::fromRgb(frame.background);
  ground.setAlphaF(0.7F);  // keeps the text readable over links
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (const PlacedLabel& placed : placedLabels(frame)) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(placed.place, 2, 2);
    painter.setPen(QColor::fromRgba(placed.label->colour));
    painter.setFont(labelFont(*placed.label));
    painter.drawText(placed.place, Qt::AlignCenter | Qt::TextDontClip, placed.label->text);
  }
  painter.restore();
}

void paintMark(QPainter& painter, const QPointF& at, const SceneMark& mark) {
  const QColor colour = QColor::fromRgba(mark.colour);
  painter.save();
  painter.translate(at);
  if (mark.outline > 0) {
    SceneMark inner = mark;  // the line lies inside the edge
    inner.radius -= mark.outline / 2;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, double(mark.outline), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawPath(outlineOf(inner));
  } else {
    painter.fillPath(outlineOf(mark), colour);
  }
  painter.restore();
}

void paintScene(QPainter& painter, const SceneFrame& frame) {
  painter.save();
  painter.setClipRect(QRectF(QPointF(), frame.viewport), Qt::IntersectClip);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const SceneStroke& stroke : frame.strokes) {
    Vector3 from = stroke.from, to = stroke.to;
    if (!frame.camera.clip(from, to)) continue;
    painter.setPen(QPen(QColor::fromRgba(stroke.colour), double(stroke.width), Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(frame.camera.project(from, frame.viewport).at, frame.camera.project(to, frame.viewport).at);
  }
  if (frame.cloud) paintCloud(painter, frame);
  for (const SceneMark* mark : marksFromBehind(frame))
    paintMark(painter, frame.camera.project(mark->place, frame.viewport).at, *mark);
  painter.restore();
}

}  // namespace fusemoe::ui
