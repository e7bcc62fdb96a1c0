#pragma once

#include <functional>
#include <utility>

#include "charts/qcp.h"

namespace fusemoe::ui {

/// A plottable that a function draws, anywhere in the plot: for charts made of rows and cells, which no plottable of
/// the library is. Owned by its plot; the function must live as long.
class PaintLayer : public QCPAbstractPlottable {
 public:
  using Paint = std::function<void(QCPPainter&)>;

  PaintLayer(QCPAxis* keyAxis, QCPAxis* valueAxis, Paint paint);

  double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& foundRange, QCP::SignDomain domain) const override;
  QCPRange getValueRange(bool& foundRange, QCP::SignDomain domain, const QCPRange& keys) const override;

 protected:
  QRect clipRect() const override;
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  Paint m_paint;
};

}  // namespace fusemoe::ui
