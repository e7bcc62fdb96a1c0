#pragma once

#include <QImage>
#include <memory>

#include "base/result.h"
#include "scene/scene_frame.h"

namespace fusemoe::ui {

/// Draws frames with VTK into pictures, in an OpenGL context of its own that needs no window. Any thread, one at a
/// time; the first picture makes the context and compiles the shaders, so it belongs on a worker.
class SceneRenderer {
 public:
  virtual ~SceneRenderer() = default;
  /// The frame without its labels, in device pixels, opaque. Error: no OpenGL here.
  virtual Result<QImage> render(const SceneFrame& frame) = 0;
};

/// What the module of ui/scene/vtk exports.
inline constexpr const char* kSceneModuleFile = "libfusemoe_scene_vtk.so";
inline constexpr const char* kCreateRendererSymbol = "fusemoeCreateSceneRenderer";
using CreateSceneRenderer = SceneRenderer* (*)();

/// A renderer from the module, which is loaded once a process: VTK's two dozen libraries are no part of the program's
/// start. Any thread. Error: module or VTK not found.
Result<std::unique_ptr<SceneRenderer>> loadSceneRenderer();

}  // namespace fusemoe::ui
