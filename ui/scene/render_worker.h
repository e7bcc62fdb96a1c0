#pragma once

#include <QImage>
#include <QObject>
#include <memory>

#include "base/latest_worker.h"
#include "base/result.h"
#include "scene/scene_frame.h"

namespace fusemoe::ui {

class SceneRenderer;

/// Draws frames on a thread of its own, one at a time: while one is drawn only the newest next one is kept. So the
/// window never waits for OpenGL, however slow. GUI thread.
class RenderWorker : public QObject {
  Q_OBJECT

 public:
  explicit RenderWorker(QObject* parent = nullptr);
  ~RenderWorker() override;

  void draw(FramePtr frame);
  /// True from draw() until the newest frame is drawn.
  bool busy() const { return m_drawing != nullptr; }

 Q_SIGNALS:
  void drawn(const QImage& picture, const fusemoe::ui::FramePtr& frame);
  /// There is no OpenGL here; nothing will be drawn any more.
  void failed(const fusemoe::Error& error);

 private:
  /// On the worker's thread; loads the renderer the first time.
  Result<QImage> render(const SceneFrame& frame);
  void begin();
  void finish(const FramePtr& frame, const Result<QImage>& picture);

  FramePtr m_drawing;
  FramePtr m_next;
  bool m_failed = false;
  std::unique_ptr<SceneRenderer> m_renderer;  // only the worker's thread touches it
  LatestWorker m_worker;                      // last: joins before the rest goes
};

}  // namespace fusemoe::ui
