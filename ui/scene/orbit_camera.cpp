#include "scene/orbit_camera.h"

#include <QRectF>
#include <algorithm>
#include <cmath>

namespace fusemoe::ui {
namespace {

constexpr double kSteepest = 1.5;  // radians; at the pole "up" would be lost
constexpr double kNearest = 1e-3;
constexpr double kFarthest = 1e6;

/// Pixels of the viewport's height at depth 1.
double scale(const QSizeF& viewport) {
  return viewport.height() / (2 * std::tan(OrbitCamera::kViewAngle / 2));
}

}  // namespace

void OrbitCamera::turnTo(double azimuth, double elevation) {
  m_azimuth = azimuth;
  m_elevation = elevation;
  m_forward = {-std::cos(elevation) * std::sin(azimuth), -std::sin(elevation),
               -std::cos(elevation) * std::cos(azimuth)};
  m_right = {std::cos(azimuth), 0, -std::sin(azimuth)};
  m_up = cross(m_right, m_forward);
}

Vector3 OrbitCamera::eye() const {
  return m_focus - forward() * m_distance;
}

OrbitCamera::Seen OrbitCamera::project(const Vector3& point, const QSizeF& viewport) const {
  const Vector3 offset = point - eye();
  const double depth = dot(offset, forward());
  const double perUnit = pixelsPerUnit(depth, viewport);
  return {QPointF(viewport.width() / 2 + dot(offset, right()) * perUnit,
                  viewport.height() / 2 - dot(offset, up()) * perUnit),
          depth};
}

double OrbitCamera::pixelsPerUnit(double depth, const QSizeF& viewport) const {
  return scale(viewport) / std::max(depth, 1e-9);
}

bool OrbitCamera::clip(Vector3& from, Vector3& to) const {
  const double nearest = 0.02 * m_distance;
  const double a = dot(from - eye(), forward()) - nearest, b = dot(to - eye(), forward()) - nearest;
  if (a <= 0 && b <= 0) return false;
  if (a < 0) from = mix(from, to, a / (a - b));
  if (b < 0) to = mix(to, from, b / (b - a));
  return true;
}

void OrbitCamera::orbit(double toRight, double upwards) {
  turnTo(std::remainder(m_azimuth - toRight, 2 * M_PI), std::clamp(m_elevation + upwards, -kSteepest, kSteepest));
}

void OrbitCamera::zoom(double factor) {
  m_distance = std::clamp(m_distance / factor, kNearest, kFarthest);
}

void OrbitCamera::pan(const QPointF& pixels, const QSizeF& viewport) {
  const double perUnit = pixelsPerUnit(m_distance, viewport);
  m_focus = m_focus - right() * (pixels.x() / perUnit) + up() * (pixels.y() / perUnit);
}

void OrbitCamera::fit(std::span<const Vector3> points, const QSizeF& viewport, double margin) {
  if (points.empty() || viewport.isEmpty()) return;
  const double width = std::max(viewport.width() - 2 * margin, 1.0);
  const double height = std::max(viewport.height() - 2 * margin, 1.0);
  Vector3 low = points.front(), high = points.front();
  for (const Vector3& point : points) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y), std::min(low.z, point.z)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y), std::max(high.z, point.z)};
  }
  m_focus = mix(low, high, 0.5);
  const double extent = std::max(length(high - low), 1e-6);
  m_distance = std::clamp(4 * extent, kNearest, kFarthest);
  // Perspective makes it a fixed-point problem that settles within a few steps; the first are from safely far away.
  for (int step = 0; step < 8; ++step) {
    QPointF topLeft = project(points.front(), viewport).at, bottomRight = topLeft;
    for (const Vector3& point : points) {
      const QPointF at = project(point, viewport).at;
      topLeft = {std::min(topLeft.x(), at.x()), std::min(topLeft.y(), at.y())};
      bottomRight = {std::max(bottomRight.x(), at.x()), std::max(bottomRight.y(), at.y())};
    }
    const QRectF seen(topLeft, bottomRight);
    pan(QRectF(QPointF(), viewport).center() - seen.center(), viewport);
    const double fill = std::max({seen.width() / width, seen.height() / height, 1e-9});
    m_distance = std::clamp(std::max(m_distance * fill, 0.6 * extent), kNearest, kFarthest);
  }
}

OrbitCamera OrbitCamera::between(const OrbitCamera& a, const OrbitCamera& b, double share) {
  if (share >= 1) return b;
  OrbitCamera camera = b;
  camera.m_focus = mix(a.m_focus, b.m_focus, share);
  camera.m_distance = a.m_distance * std::pow(b.m_distance / a.m_distance, share);
  camera.turnTo(a.m_azimuth + std::remainder(b.m_azimuth - a.m_azimuth, 2 * M_PI) * share,
                a.m_elevation + (b.m_elevation - a.m_elevation) * share);
  return camera;
}

}  // namespace fusemoe::ui
