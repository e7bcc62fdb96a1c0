#include "charts/bar_layer.h"

#include <cmath>

#include "charts/plot_style.h"

namespace fusemoe::ui {

BarLayer::BarLayer(QCPAxis* keyAxis, QCPAxis* valueAxis) : QCPAbstractPlottable(keyAxis, valueAxis) {
  setAntialiased(false);
  removeFromLegend();
}

void BarLayer::setBand(double key, const QColor& colour) {
  m_hasBand = !std::isnan(key);
  m_band = key;
  m_bandColour = colour;
}

void BarLayer::setInk(const QColor& outline, const QColor& tick, const QColor& label, const QFont& font) {
  m_outline = outline;
  m_tick = tick;
  m_label = label;
  m_font = font;
}

double BarLayer::selectTest(const QPointF& /*pos*/, bool /*onlySelectable*/, QVariant* /*details*/) const {
  return -1;
}

QCPRange BarLayer::getKeyRange(bool& foundRange, QCP::SignDomain /*domain*/) const {
  foundRange = false;
  return {};
}

QCPRange BarLayer::getValueRange(bool& foundRange, QCP::SignDomain /*domain*/, const QCPRange& /*keys*/) const {
  foundRange = false;
  return {};
}

QRect BarLayer::clipRect() const {
  // Labels past a bar's end and outlines at the axis may leave the axis rectangle.
  return mParentPlot->viewport();
}

void BarLayer::draw(QCPPainter* painter) {
  painter->setAntialiasing(false);
  if (m_hasBand) {
    const QCPRange values = mValueAxis->range();
    painter->fillRect(pixels(m_band - 0.5, values.lower, m_band + 0.5, values.upper), m_bandColour);
  }
  for (const Bar& bar : m_bars) drawBar(*painter, bar);
  painter->setPen(QPen(m_tick, 2, Qt::SolidLine, Qt::FlatCap));
  const bool upright = mKeyAxis->orientation() == Qt::Horizontal;
  for (const Tick& tick : m_ticks) {
    const QRectF line = pixels(tick.keyFrom, tick.value, tick.keyTo, tick.value);
    const QPointF overhang = upright ? QPointF(2, 0) : QPointF(0, 2);
    painter->drawLine(line.topLeft() - overhang, (upright ? line.topRight() : line.bottomLeft()) + overhang);
  }
}

void BarLayer::drawBar(QCPPainter& painter, const Bar& bar) const {
  const QRectF rect = pixels(bar.keyFrom, bar.valueFrom, bar.keyTo, bar.valueTo);
  painter.setOpacity(bar.opacity);
  painter.fillRect(rect,
                   bar.hatched ? hatchBrush(bar.colour, mParentPlot->bufferDevicePixelRatio()) : QBrush(bar.colour));
  if (bar.outlined) {
    painter.setPen(QPen(m_outline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0, 0, -1, -1));
  }
  painter.setOpacity(1.0);
  if (bar.label.isEmpty()) return;
  painter.setAntialiasing(true);
  painter.setFont(m_font);
  painter.setPen(m_label);
  const QRectF place(rect.right() + 6, rect.center().y() - 10, 80, 20);
  painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, bar.label);
  painter.setAntialiasing(false);
}

void BarLayer::drawLegendIcon(QCPPainter* /*painter*/, const QRectF& /*rect*/) const {}

QRectF BarLayer::pixels(double keyFrom, double valueFrom, double keyTo, double valueTo) const {
  const QPointF a = coordsToPixels(keyFrom, valueFrom);
  const QPointF b = coordsToPixels(keyTo, valueTo);
  return QRectF(QPointF(std::round(a.x()), std::round(a.y())), QPointF(std::round(b.x()), std::round(b.y())))
      .normalized();
}

}  // namespace fusemoe::ui
