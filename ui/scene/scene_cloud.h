#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace fusemoe::ui {

/// Tokens of many stays in the space of one layer. Immutable once shared.
struct SceneCloud {
  struct Point {
    float x = 0, y = 0, z = 0;
    std::int16_t router = 0;
    std::int16_t bin = -1;  ///< -1 when a token is a whole sequence
  };
  std::vector<Point> points;
};
using CloudPtr = std::shared_ptr<const SceneCloud>;

}  // namespace fusemoe::ui
