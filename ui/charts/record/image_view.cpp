#include "charts/record/image_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "state/appearance.h"

namespace fusemoe::ui {
namespace {

constexpr double kMostZoom = 40;
constexpr double kStep = 1.25;

}  // namespace

ImageView::ImageView(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setAccessibleName(tr("Image"));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::OpenHandCursor);
  connect(&context.appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void ImageView::setImage(const QImage& image) {
  m_image = image;
  setAccessibleDescription(tr("%1 × %2 pixels").arg(image.width()).arg(image.height()));
  fit();
}

void ImageView::fit() {
  m_zoom = 1;
  m_offset = {};
  update();
}

double ImageView::fittingScale() const {
  if (m_image.isNull()) return 1;
  return std::min(double(width()) / m_image.width(), double(height()) / m_image.height());
}

double ImageView::scale() const {
  return fittingScale() * m_zoom;
}

void ImageView::zoomAt(double factor, const QPointF& position) {
  const double before = m_zoom;
  m_zoom = std::clamp(m_zoom * factor, 1.0, kMostZoom);
  // What is under the pointer stays there.
  const QPointF centre = QRectF(rect()).center() + m_offset;
  m_offset += (centre - position) * (m_zoom / before - 1);
  if (m_zoom == 1) m_offset = {};
  update();
}

void ImageView::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.fillRect(rect(), m_context.appearance.theme().surface);
  if (m_image.isNull()) return;
  const QSizeF size = QSizeF(m_image.size()) * scale();
  const QPointF centre = QRectF(rect()).center() + m_offset;
  painter.setRenderHint(QPainter::SmoothPixmapTransform, scale() < 4);
  painter.drawImage(QRectF(centre - QPointF(size.width(), size.height()) / 2, size), m_image);
}

void ImageView::wheelEvent(QWheelEvent* event) {
  zoomAt(std::pow(kStep, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void ImageView::mousePressEvent(QMouseEvent* event) {
  m_grip = event->position() - m_offset;
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
  if (!event->buttons().testFlag(Qt::LeftButton) || m_zoom == 1) return;
  m_offset = event->position() - m_grip;
  update();
}

void ImageView::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
  fit();
}

void ImageView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoom(kStep);
      break;
    case Qt::Key_Minus:
      zoom(1 / kStep);
      break;
    case Qt::Key_Home:
      fit();
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace fusemoe::ui
