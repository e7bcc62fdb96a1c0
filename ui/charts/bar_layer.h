#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <vector>

#include "charts/qcp.h"

namespace fusemoe::ui {

class Selection;
struct Theme;

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

/// A stripe behind the bars around one key, ±0.5. A selected one has a frame.
struct BarBand {
  double key = 0;
  bool framed = false;
};

/// The bands of the experts that are pointed at and selected.
std::vector<BarBand> expertBands(const Selection& selection);

/// Draws many bars, each with its own style, snapped to pixels: QCPBars has one style a plottable. Owned by its plot.
class BarLayer : public QCPAbstractPlottable {
 public:
  BarLayer(QCPAxis* keyAxis, QCPAxis* valueAxis);

  void setBars(std::vector<Bar> bars) { m_bars = std::move(bars); }
  void setTicks(std::vector<Tick> ticks) { m_ticks = std::move(ticks); }
  void setBands(std::vector<BarBand> bands) { m_bands = std::move(bands); }
  /// Colours of outlines, ticks, labels, bands and their frames.
  void setInk(const Theme& theme, const QFont& font);
  /// In the order they were set.
  const Bar& bar(int index) const { return m_bars.at(static_cast<std::size_t>(index)); }
  const Tick& tick(int index) const { return m_ticks.at(static_cast<std::size_t>(index)); }
  bool hasTicks() const { return !m_ticks.empty(); }
  const std::vector<BarBand>& bands() const { return m_bands; }

  double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& foundRange, QCP::SignDomain domain) const override;
  QCPRange getValueRange(bool& foundRange, QCP::SignDomain domain, const QCPRange& keys) const override;

 protected:
  QRect clipRect() const override;
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  QRectF pixels(double keyFrom, double valueFrom, double keyTo, double valueTo) const;
  void drawBand(QCPPainter& painter, const BarBand& band) const;
  void drawBar(QCPPainter& painter, const Bar& bar) const;
  void drawLabel(QCPPainter& painter, const QRectF& rect, const QString& label) const;

  std::vector<Bar> m_bars;
  std::vector<Tick> m_ticks;
  std::vector<BarBand> m_bands;
  QColor m_outline, m_tick, m_band, m_frame;
  QFont m_font;
};

}  // namespace fusemoe::ui
