#pragma once

#include <cmath>

namespace fusemoe::ui {

/// A place or direction in the space of the 3-D view: x = first principal axis, y (up) = second, z (to the viewer) =
/// third.
struct Vector3 {
  double x = 0, y = 0, z = 0;
  bool operator==(const Vector3&) const = default;
};

inline Vector3 operator+(const Vector3& a, const Vector3& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vector3 operator-(const Vector3& a, const Vector3& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vector3 operator*(const Vector3& a, double factor) {
  return {a.x * factor, a.y * factor, a.z * factor};
}
inline double dot(const Vector3& a, const Vector3& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(const Vector3& a) {
  return std::sqrt(dot(a, a));
}
/// `a` at 0, `b` at 1, both to the bit.
inline Vector3 mix(const Vector3& a, const Vector3& b, double share) {
  return share >= 1 ? b : a + (b - a) * share;
}

}  // namespace fusemoe::ui
