#include "scene/render_worker.h"

#include <exception>
#include <utility>

#include "scene/scene_renderer.h"

namespace fusemoe::ui {
namespace {

/// The worker's border: nothing foreign is thrown past it.
Result<QImage> guarded(SceneRenderer& renderer, const SceneFrame& frame) {
  try {
    return renderer.render(frame);
  } catch (const std::exception& error) {
    return failure("The 3-D view could not be drawn.", "Please report it.", error.what());
  }
}

}  // namespace

RenderWorker::RenderWorker(QObject* parent) : QObject(parent), m_renderer(std::make_unique<SceneRenderer>()) {}

RenderWorker::~RenderWorker() = default;

void RenderWorker::draw(FramePtr frame) {
  if (m_failed) return;
  m_next = std::move(frame);
  if (!m_drawing) begin();
}

void RenderWorker::begin() {
  m_drawing = std::exchange(m_next, nullptr);
  m_worker.submit([this, frame = m_drawing](const std::stop_token&) {
    auto picture = std::make_shared<Result<QImage>>(guarded(*m_renderer, *frame));
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
