#pragma once

#include <QColor>
#include <QFont>
#include <QImage>
#include <QString>
#include <vector>

#include "charts/qcp.h"
#include "state/selection.h"
#include "state/theme.h"

namespace fusemoe::ui {

/// One band of a heat map: an expert a row, a token a column.
struct HeatBand {
  QString title;
  QString note;          ///< under the title; may be empty
  QColor colour;         ///< of the strip beside it
  bool hatched = false;  ///< the strip's second cue
  double opacity = 1.0;
  int modality = -1;
  QImage cells;  ///< a pixel a cell
};

/// Draws bands of cells below each other over one axis of time, with their names left of it, and outlines of the row
/// and the column that are pointed at. A band is one small picture: new numbers cost no layout. Owned by its plot.
class HeatLayer : public QCPAbstractPlottable {
 public:
  /// Room for strip, titles and expert names left of the axis rectangle, unless set otherwise.
  static constexpr int kTitleWidth = 158;
  void setTitleWidth(int pixels) { m_titleWidth = pixels; }

  HeatLayer(QCPAxis* keyAxis, QCPAxis* valueAxis);

  void setBands(std::vector<HeatBand> bands) { m_bands = std::move(bands); }
  void setTheme(const Theme& theme) { m_theme = theme; }
  void setPointed(const Target& pointed, const Target& selected);

  const std::vector<HeatBand>& bands() const { return m_bands; }
  QRectF bandRect(int band) const;
  QRectF cellRect(int band, int row, int column) const;
  /// Band, row (expert) and column (bin) at a place; −1 = none of that.
  struct Cell {
    int band = -1, row = -1, column = -1;
  };
  Cell cellAt(const QPointF& position) const;

  double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& foundRange, QCP::SignDomain domain) const override;
  QCPRange getValueRange(bool& foundRange, QCP::SignDomain domain, const QCPRange& keys) const override;

 protected:
  QRect clipRect() const override;
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  void drawCells(QCPPainter& painter, int band) const;
  void drawTitle(QCPPainter& painter, int band) const;
  void drawExpertNames(QCPPainter& painter, int band) const;
  void drawOutlines(QCPPainter& painter, const Target& target) const;

  int m_titleWidth = kTitleWidth;
  std::vector<HeatBand> m_bands;
  Theme m_theme;
  Target m_pointed;
  Target m_selected;
};

}  // namespace fusemoe::ui
