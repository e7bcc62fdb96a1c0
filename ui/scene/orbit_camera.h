#pragma once

#include <QPointF>
#include <QSizeF>
#include <span>

#include "scene/vector3.h"

namespace fusemoe::ui {

/// Looks at a focus from a distance: a value that the mouse turns, and the one place that knows where a point of the
/// space is on the screen. Pixels are logical ones from the viewport's top left corner.
class OrbitCamera {
 public:
  OrbitCamera() { turnTo(0.42, 0.3); }

  static constexpr double kViewAngle = 0.42;  ///< radians, vertical

  /// Where a point is seen, and how far it is along the view; a depth of 0 or less is behind the camera.
  struct Seen {
    QPointF at;
    double depth = 0;
  };

  const Vector3& focus() const { return m_focus; }
  double distance() const { return m_distance; }
  Vector3 eye() const;
  /// Unit vectors of the picture.
  const Vector3& right() const { return m_right; }
  const Vector3& up() const { return m_up; }
  const Vector3& forward() const { return m_forward; }

  Seen project(const Vector3& point, const QSizeF& viewport) const;
  /// Pixels that one unit of the space takes at a depth.
  double pixelsPerUnit(double depth, const QSizeF& viewport) const;

  /// Cuts a line off where it comes too near to be seen; false when all of it is.
  bool clip(Vector3& from, Vector3& to) const;

  /// Turns around the focus, radians; never over the poles.
  void orbit(double toRight, double upwards);
  /// Comes nearer by a factor above 1.
  void zoom(double factor);
  /// Moves what is seen by as many pixels.
  void pan(const QPointF& pixels, const QSizeF& viewport);
  /// Moves, without turning, so that all points lie within the viewport less a margin on each side.
  void fit(std::span<const Vector3> points, const QSizeF& viewport, double margin);

  /// `a` at 0, `b` at 1.
  static OrbitCamera between(const OrbitCamera& a, const OrbitCamera& b, double share);
  bool operator==(const OrbitCamera&) const = default;

 private:
  void turnTo(double azimuth, double elevation);

  Vector3 m_focus;
  double m_distance = 10;
  double m_azimuth = 0;  ///< radians, as the elevation
  double m_elevation = 0;
  Vector3 m_right, m_up, m_forward;  ///< follow from the two
};

}  // namespace fusemoe::ui
