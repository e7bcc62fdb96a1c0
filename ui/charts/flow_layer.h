#pragma once

#include <QColor>
#include <QPainterPath>
#include <QString>
#include <optional>
#include <vector>

#include "charts/flow_layout.h"
#include "charts/qcp.h"
#include "state/selection.h"
#include "state/theme.h"

namespace fusemoe::ui {

/// What stands beside a node on the left.
struct FlowSource {
  QString title, note;
  QColor colour;
  bool hatched = false;
  int modality = -1;
};

/// What of a flow is at a place.
struct FlowHit {
  enum class Kind { Router, Expert, Ribbon, Output, Head };
  Kind kind = Kind::Router;
  int router = -1;
  int expert = -1;
};

/// Draws a flow from routers over experts to the prediction over the whole plot: ribbons, nodes, names, and the
/// reference's expert nodes as outlines. Owned by its plot.
class FlowLayer : public QCPLayerable {
 public:
  explicit FlowLayer(QCustomPlot* plot);

  struct Content {
    std::vector<FlowSource> sources;
    FlowWeights weights;
    FlowWeights ghost;  ///< empty = none; else of the same shape
    QString outputTitle, outputFigure;
    QStringList headings;  ///< of the three columns
    QString caption;       ///< below everything
  };
  void setContent(Content content);
  const Content& content() const { return m_content; }
  void setTheme(const Theme& theme) { m_theme = theme; }
  void setPointed(const Target& pointed, const Target& selected);

  /// As drawn in the plot's present size.
  const FlowLayout& layout() const { return m_layout; }
  std::optional<FlowHit> hitAt(const QPointF& position) const;
  /// A place on a ribbon's middle.
  QPoint ribbonPlace(int router, int expert) const;
  QPoint routerPlace(int router) const;

 protected:
  QRect clipRect() const override;
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
  void draw(QCPPainter* painter) override;

 private:
  struct Columns {
    double router = 0, expertLeft = 0, expertRight = 0, output = 0;
    double top = 0;
  };

  void layOut();
  QPainterPath ribbonPath(const FlowRibbon& ribbon) const;
  bool lit(int modality, int expert) const;
  void drawRibbons(QCPPainter& painter) const;
  void drawSources(QCPPainter& painter) const;
  void drawExperts(QCPPainter& painter) const;
  void drawOutput(QCPPainter& painter) const;
  void drawHeadings(QCPPainter& painter) const;
  void fill(QCPPainter& painter, const QRectF& rect, const QColor& colour, bool hatched) const;

  Content m_content;
  Theme m_theme;
  Target m_pointed;
  Target m_selected;
  QSize m_size;
  FlowLayout m_layout;
  FlowLayout m_ghost;
  std::vector<QPainterPath> m_paths, m_outputPaths;
  Columns m_columns;
};

}  // namespace fusemoe::ui
