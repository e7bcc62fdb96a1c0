#include "charts/paint_layer.h"

namespace fusemoe::ui {

PaintLayer::PaintLayer(QCPAxis* keyAxis, QCPAxis* valueAxis, Paint paint)
    : QCPAbstractPlottable(keyAxis, valueAxis), m_paint(std::move(paint)) {
  setAntialiased(false);
  removeFromLegend();
}

double PaintLayer::selectTest(const QPointF& /*pos*/, bool /*onlySelectable*/, QVariant* /*details*/) const {
  return -1;
}

QCPRange PaintLayer::getKeyRange(bool& foundRange, QCP::SignDomain /*domain*/) const {
  foundRange = false;
  return {};
}

QCPRange PaintLayer::getValueRange(bool& foundRange, QCP::SignDomain /*domain*/, const QCPRange& /*keys*/) const {
  foundRange = false;
  return {};
}

QRect PaintLayer::clipRect() const {
  return mParentPlot->viewport();  // names stand beside the axis rectangle
}

void PaintLayer::draw(QCPPainter* painter) {
  painter->save();
  m_paint(*painter);
  painter->restore();
}

void PaintLayer::drawLegendIcon(QCPPainter* /*painter*/, const QRectF& /*rect*/) const {}

}  // namespace fusemoe::ui
