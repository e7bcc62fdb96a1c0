#include "scene/render_worker.h"

#include <exception>
#include <utility>

#include "scene/scene_renderer.h"

namespace fusemoe::ui {
RenderWorker::RenderWorker(QObject* parent) : QObject(parent) {}

RenderWorker::~RenderWorker() = default;

Result<QImage> RenderWorker::render(const SceneFrame& frame) {
  // The worker's border: nothing foreign is thrown past it.
  try {
    if (!m_renderer) {
      auto loaded = loadSceneRenderer();
      if (!loaded) return failure(loaded.error());
      m_renderer = std::move(*loaded);
    }
    return m_renderer->render(frame);
  } catch (const std::exception& error) {
    return failure("The 3-D view could not be drawn.", "Please report it.", error.what());
  }
}

void RenderWorker::draw(FramePtr frame) {
  if (m_failed) return;
  m_next = std::move(frame);
  if (!m_drawing) begin();
}

void RenderWorker::begin() {
  m_drawing = std::exchange(m_next, nullptr);
  m_worker.submit([this, frame = m_drawing](const std::stop_token&) {
    auto picture = std::make_shared<Result<QImage>>(render(*frame));
    QMetaObject::invokeMethod(
        this, [this, frame, picture] { finish(frame, *picture); }, Qt::QueuedConnection);
  });
}

void RenderWorker::finish(const FramePtr& frame, const Result<QImage>& picture) {
  m_drawing = nullptr;
  if (!picture) {
    m_failed = true;
    Q_EMIT failed(picture.error());
    return;
  }
  if (m_next) begin();
  Q_EMIT drawn(*picture, frame);
}

}  // namespace fusemoe::ui
