#include "charts/bar_layer.h"

#include <cmath>

#include "charts/plot_style.h"
#include "state/selection.h"
#include "state/theme.h"

namespace fusemoe::ui {

std::vector<BarBand> expertBands(const Selection& selection) {
  std::vector<BarBand> bands;
  const int selected = selection.selected().expert;
  const int pointed = selection.expert();
  if (pointed >= 0 && pointed != selected) bands.push_back({double(pointed), false});
  if (selected >= 0) bands.push_back({double(selected), true});
  return bands;
}

BarLayer::BarLayer(QCPAxis* keyAxis, QCPAxis* valueAxis) : QCPAbstractPlottable(keyAxis, valueAxis) {
  setAntialiased(false);
  removeFromLegend();
}

void BarLayer::setInk(const Theme& theme, const QFont& font) {
  m_outline = theme.text;
  m_tick = theme.faint;
  m_band = theme.selection;
  m_frame = theme.accent;
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
  for (const BarBand& band : m_bands) drawBand(*painter, band);
  for (const Bar& bar : m_bars) drawBar(*painter, bar);
  painter->setPen(QPen(m_tick, 2, Qt::SolidLine, Qt::FlatCap));
  const bool upright = mKeyAxis->orientation() == Qt::Horizontal;
  for (const Tick& tick : m_ticks) {
    const QRectF line = pixels(tick.keyFrom, tick.value, tick.keyTo, tick.value);
    const QPointF overhang = upright ? QPointF(2, 0) : QPointF(0, 2);
    painter->drawLine(line.topLeft() - overhang, (upright ? line.topRight() : line.bottomLeft()) + overhang);
  }
}

void BarLayer::drawBand(QCPPainter& painter, const BarBand& band) const {
  const QCPRange values = mValueAxis->range();
  const QRectF rect = pixels(band.key - 0.5, values.lower, band.key + 0.5, values.upper);
  painter.fillRect(rect, m_band);
  if (!band.framed) return;
  painter.setPen(QPen(m_frame, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(rect.adjusted(0, 0, -1, -1));
}

void BarLayer::drawBar(QCPPainter& painter, const Bar& bar) const {
  const QRectF rect = pixels(bar.keyFrom, bar.valueFrom, bar.keyTo, bar.valueTo);
  painter.setOpacity(bar.opacity);
  if (!bar.hatched) {
    painter.fillRect(rect, bar.colour);
  } else if (painter.modes().testFlag(QCPPainter::pmVectorized)) {
    drawHatchLines(painter, rect, bar.colour);
  } else {
    painter.fillRect(rect, hatchBrush(bar.colour, mParentPlot->bufferDevicePixelRatio()));
  }
  if (bar.outlined) {
    painter.setPen(QPen(m_outline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0, 0, -1, -1));
  }
  painter.setOpacity(1.0);
  if (!bar.label.isEmpty()) drawLabel(painter, rect, bar.label);
}

void BarLayer::drawLabel(QCPPainter& painter, const QRectF& rect, const QString& label) const {
  painter.setAntialiasing(true);
  painter.setFont(m_font);
  painter.setPen(m_outline);
  const QRectF place(rect.right() + 6, rect.center().y() - 10, 80, 20);
  painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, label);
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
