#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <vector>

#include "charts/qcp.h"

namespace fusemoe::ui {

/// One bar of a chart, in axis coordinates.
struct Bar {
  double keyFrom = 0, keyTo = 0;      ///< its width, along the category axis
  double valueFrom = 0, valueTo = 0;  ///< its length, along the value axis
  QColor colour;
  bool hatched = false;
  bool outlined = false;
  double opacity = 1.0;
  QString label;  ///< drawn past its end
};

/// A short line across a bar that marks another value of the same thing.
struct Tick {
  double keyFrom = 0, keyTo = 0;
  double value = 0;
};

/// Draws many bars, each with its own style, snapped to pixels: QCPBars has one style a plottable. Owned by its plot.
class BarLayer : public QCPAbstractPlottable {
 public:
  BarLayer(QCPAxis* keyAxis, QCPAxis* valueAxis);

  void setBars(std::vector<Bar> bars) { m_bars = std::move(bars); }
  void setTicks(std::vector<Tick> ticks) { m_ticks = std::move(ticks); }
  /// A band behind the bars around this key, ±0.5; NaN = none.
  void setBand(double key, const QColor& colour);
  void setInk(const QColor& outline, const QColor& tick, const QColor& label, const QFont& font);
  /// In the order they were set.
  const Bar& bar(int index) const { return m_bars.at(static_cast<std::size_t>(index)); }
  const Tick& tick(int index) const { return m_ticks.at(static_cast<std::size_t>(index)); }
  bool hasTicks() const { return !m_ticks.empty(); }

  double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& foundRange, QCP::SignDomain domain) const override;
  QCPRange getValueRange(bool& foundRange, QCP::SignDomain domain, const QCPRange& keys) const override;

 protected:
  QRect clipRect() const override;
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  QRectF pixels(double keyFrom, double valueFrom, double keyTo, double valueTo) const;
  void drawBar(QCPPainter& painter, const Bar& bar) const;

  std::vector<Bar> m_bars;
  std::vector<Tick> m_ticks;
  double m_band = 0;
  bool m_hasBand = false;
  QColor m_bandColour;
  QColor m_outline, m_tick, m_label;
  QFont m_font;
};

}  // namespace fusemoe::ui
