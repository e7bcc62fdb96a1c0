#include <vtkCamera.h>
#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkOutputWindow.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>
#include <vtkVersionMacros.h>

#include <QLoggingCategory>
#include <algorithm>
#include <mutex>

#include "scene/scene_renderer.h"
#include "scene/vtk/egl_context.h"
#include "scene/vtk/vtk_layers.h"

#define FUSEMOE_VTK_VERSION (VTK_MAJOR_VERSION * 100 + VTK_MINOR_VERSION)

#if FUSEMOE_VTK_VERSION < 904
// VTK before 9.4 finds OpenGL through GLEW, and Debian's GLEW is built for GLX: without an X display glewInit() loads
// every entry point and then reports GLEW_ERROR_NO_GLX_DISPLAY, which VTK takes for a failure. So it does not hear of
// it.
#include <dlfcn.h>
extern "C" unsigned int glewInit() {
  constexpr unsigned int kNoGlxDisplay = 4;
  using Function = unsigned int (*)();
  static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "glewInit"));
  const unsigned int answer = real ? real() : 1;
  return answer == kNoGlxDisplay ? 0 : answer;
}
#endif

namespace fusemoe::ui {
namespace {

Q_LOGGING_CATEGORY(vtkLog, "fusemoe.vtk", QtWarningMsg)

/// VTK's messages go to the log as debug text, never to a window of VTK's own.
class QuietOutput : public vtkOutputWindow {
 public:
  static QuietOutput* New() { VTK_STANDARD_NEW_BODY(QuietOutput); }
  void DisplayText(const char* text) override { qCDebug(vtkLog, "%s", text); }
};

void silence() {
  static std::once_flag once;
  std::call_once(once, [] {
    const vtkNew<QuietOutput> output;
    vtkOutputWindow::SetInstance(output);
  });
}

/// The context, the window VTK believes in, and what stands in it.
class Stage {
 public:
  explicit Stage(std::unique_ptr<EglContext> context);
  ~Stage();
  QImage render(const SceneFrame& frame);

 private:
  void makeCurrent() { m_context->makeCurrent(); }
  void answerCurrent(vtkObject*, unsigned long, void* answer) { *static_cast<bool*>(answer) = m_context->isCurrent(); }
  void answerSupported(vtkObject*, unsigned long, void* answer) { *static_cast<int*>(answer) = 1; }
  void look(const SceneFrame& frame);
  QImage picture(const QSize& size);

  std::unique_ptr<EglContext> m_context;
  vtkNew<vtkGenericOpenGLRenderWindow> m_window;
  vtkNew<vtkRenderer> m_under;  ///< floor and links: never in front of a mark
  vtkNew<vtkRenderer> m_over;
  StrokeLayer m_strokes{*m_under};
  CloudLayer m_cloud{*m_over};
  MarkLayer m_marks{*m_over};
  vtkNew<vtkUnsignedCharArray> m_pixels;  ///< kept: so many bytes anew each frame would cost more than they hold
};

Stage::Stage(std::unique_ptr<EglContext> context) : m_context(std::move(context)) {
  m_window->AddObserver(vtkCommand::WindowMakeCurrentEvent, this, &Stage::makeCurrent);
  m_window->AddObserver(vtkCommand::WindowIsCurrentEvent, this, &Stage::answerCurrent);
  m_window->AddObserver(vtkCommand::WindowSupportsOpenGLEvent, this, &Stage::answerSupported);
#if FUSEMOE_VTK_VERSION >= 904
  m_window->SetOpenGLSymbolLoader(
      [](void*, const char* name) -> vtkOpenGLRenderWindow::VTKOpenGLAPIProc { return EglContext::find(name); },
      nullptr);
#endif
  m_window->SetReadyForRendering(true);
  m_window->SetMapped(1);
  m_window->SetOwnContext(0);
  m_window->SetMultiSamples(0);
  m_window->SetFrameBlitModeToNoBlit();
  m_window->OpenGLInitContext();
  m_window->SetNumberOfLayers(2);
  m_over->SetLayer(1);
  m_over->SetActiveCamera(m_under->GetActiveCamera());
  m_window->AddRenderer(m_under);
  m_window->AddRenderer(m_over);
}

Stage::~Stage() {
  m_context->makeCurrent();
  m_window->Finalize();
  m_window->RemoveAllObservers();
  m_context->release();
}

void Stage::look(const SceneFrame& frame) {
  const Vector3 eye = frame.camera.eye(), focus = frame.camera.focus(), up = frame.camera.up();
  vtkCamera* camera = m_under->GetActiveCamera();
  camera->SetPosition(eye.x, eye.y, eye.z);
  camera->SetFocalPoint(focus.x, focus.y, focus.z);
  camera->SetViewUp(up.x, up.y, up.z);
  camera->SetViewAngle(OrbitCamera::kViewAngle * 180 / M_PI);
  double farthest = 0;
  const auto reach = [&](const Vector3& place) {
    farthest = std::max(farthest, frame.camera.project(place, frame.viewport).depth);
  };
  for (const SceneMark& mark : frame.marks) reach(mark.place);
  for (const SceneStroke& stroke : frame.strokes) {
    reach(stroke.from);
    reach(stroke.to);
  }
  if (frame.cloud) {
    for (const Vector3& corner : m_cloud.corners()) reach(corner);
  }
  const double nearest = 0.01 * frame.camera.distance();
  camera->SetClippingRange(nearest, std::max(1.1 * farthest, 2 * nearest));
}

QImage Stage::render(const SceneFrame& frame) {
  m_context->makeCurrent();
  const QSize size = (frame.viewport * frame.devicePixelRatio).toSize().expandedTo({1, 1});
  m_window->SetSize(size.width(), size.height());
  m_under->SetBackground(qRed(frame.background) / 255.0, qGreen(frame.background) / 255.0,
                         qBlue(frame.background) / 255.0);
  m_strokes.set(frame);
  m_cloud.set(frame);
  m_marks.set(frame);
  look(frame);
  m_window->Render();
  QImage image = picture(size);
  image.setDevicePixelRatio(frame.devicePixelRatio);
  m_context->release();
  return image;
}

QImage Stage::picture(const QSize& size) {
  m_window->GetRGBACharPixelData(0, 0, size.width() - 1, size.height() - 1, 0, m_pixels, 0);
  const unsigned char* from = m_pixels->GetPointer(0);
  QImage image(size, QImage::Format_RGB32);
  for (int y = size.height() - 1; y >= 0; --y) {  // OpenGL's first line is the lowest
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < size.width(); ++x, from += 4) line[x] = qRgb(from[0], from[1], from[2]);
  }
  return image;
}

class VtkSceneRenderer : public SceneRenderer {
 public:
  Result<QImage> render(const SceneFrame& frame) override {
    if (!m_stage) {
      silence();
      std::string reason;
      std::unique_ptr<EglContext> context = EglContext::create(reason);
      if (!context || !context->makeCurrent())
        return failure("There is no OpenGL for the 3-D view.", "Install Mesa's drivers (libgl1-mesa-dri).", reason);
      m_stage = std::make_unique<Stage>(std::move(context));
    }
    return m_stage->render(frame);
  }

 private:
  std::unique_ptr<Stage> m_stage;
};

}  // namespace
}  // namespace fusemoe::ui

extern "C" fusemoe::ui::SceneRenderer* fusemoeCreateSceneRenderer() {
  return new fusemoe::ui::VtkSceneRenderer;
}
