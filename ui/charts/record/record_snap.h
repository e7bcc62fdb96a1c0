#pragma once

#include <algorithm>
#include <cmath>

#include "charts/record/record_content.h"

namespace fusemoe::ui {

/// The nearest multiple of `step`.
inline double snapped(double value, double step) {
  return std::round(value / step) * step;
}

/// The round step in the unit shown, in hours, that is not longer than `hours`.
inline double timeStep(const TimeScale& time, double hours) {
  return std::pow(10.0, std::floor(std::log10(hours / time.hoursPerUnit))) * time.hoursPerUnit;
}

/// An hour of the window.
inline float within(double hour, const TimeScale& time) {
  return static_cast<float>(std::clamp(hour, 0.0, time.windowHours));
}

}  // namespace fusemoe::ui
