#include "charts/painted_chart.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "state/appearance.h"
#include "state/selection.h"

namespace fusemoe::ui {

PaintedChart::PaintedChart(const ViewContext& context, const QString& name, QWidget* parent)
    : QWidget(parent), m_context(context) {
  setAccessibleName(name);
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(&context.selection, &Selection::changed, this, qOverload<>(&QWidget::update));
  connect(&context.appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

const Theme& PaintedChart::theme() const {
  return m_context.appearance.theme();
}

double PaintedChart::emphasis(int modality) const {
  const int pointed = m_context.selection.modality();
  return pointed < 0 || modality < 0 || pointed == modality ? 1.0 : 0.35;
}

void PaintedChart::draw(QPainter& painter, const QRect& area) const {
  if (area.isEmpty()) return;
  const QSize usual = testAttribute(Qt::WA_WState_Created) && !size().isEmpty() ? size() : sizeHint();
  const double scale = std::min(double(area.width()) / usual.width(), double(area.height()) / usual.height());
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  paint(painter, QSize(int(area.width() / scale), int(area.height() / scale)));
  painter.restore();
}

void PaintedChart::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().surface);
  paint(painter, size());
  if (!hasFocus()) return;
  painter.setPen(QPen(theme().accent, 1));
  painter.setBrush(Qt::NoBrush);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool PaintedChart::event(QEvent* event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QWidget::event(event);
}

void PaintedChart::mouseMoveEvent(QMouseEvent* event) {
  const Spot spot = spotAt(event->pos());
  if (spot.tip.isEmpty()) {
    m_context.selection.clear();
    QToolTip::hideText();
    return;
  }
  m_context.selection.hover(spot.expert, spot.modality);
  QToolTip::showText(event->globalPosition().toPoint() + QPoint(6, 6), spot.tip, this);
}

void PaintedChart::leaveEvent(QEvent* /*event*/) {
  m_context.selection.clear();
}

void PaintedChart::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) take(event->pos());
}

void PaintedChart::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  if (key == Qt::Key_Return || key == Qt::Key_Enter) return takeStepped();
  const int right = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
  const int down = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
  if ((right || down) && step(right, down)) return update();
  QWidget::keyPressEvent(event);
}

void drawHeading(QPainter& painter, const QRectF& area, const QString& text, const Theme& theme) {
  painter.setFont(themeFont(12, QFont::DemiBold));
  painter.setPen(theme.text);
  painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(text, Qt::ElideRight, int(area.width())));
}

void drawQuiet(QPainter& painter, const QRectF& area, const QString& text, const Theme& theme,
               Qt::Alignment alignment) {
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(theme.secondary);
  painter.drawText(area, int(alignment), painter.fontMetrics().elidedText(text, Qt::ElideRight, int(area.width())));
}

}  // namespace fusemoe::ui
