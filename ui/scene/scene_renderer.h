#pragma once

#include <QImage>
#include <memory>

#include "base/result.h"
#include "scene/scene_frame.h"

namespace fusemoe::ui {

/// Draws frames with VTK into pictures, in an OpenGL context of its own that needs no window. Any thread, one at a
/// time; the first picture makes the context and compiles the shaders (some 100 ms), so it belongs on a worker.
class SceneRenderer {
 public:
  SceneRenderer();
  ~SceneRenderer();

  /// The frame without its labels, in device pixels, opaque. Error: no OpenGL here.
  Result<QImage> render(const SceneFrame& frame);

 private:
  class Stage;
  std::unique_ptr<Stage> m_stage;
};

}  // namespace fusemoe::ui
