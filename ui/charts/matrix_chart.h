#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "charts/row_chart.h"

namespace fusemoe::ui {

class ColourBar;

struct MatrixCell {
  std::optional<double> value = {};
  QString text = {};      ///< printed; empty = the value
  QString detail = {};    ///< in small below it, where there is room
  QString tip = {};       ///< said in the tooltip below row, column and value
  QString reason = {};    ///< why there is no value
  bool outlined = false;  ///< with a frame, as a match
};

/// A row's name; of a missing pattern also its modalities, as squares.
struct MatrixRow {
  QString name;
  std::optional<std::uint32_t> present = {};  ///< bit i = modality i is there
};

/// Each column has a scale of its own, from the colours' first end to the last; `least` may be above `most`.
struct MatrixColumn {
  QString name;
  QString tip = {};
  double least = 0, most = 1;
  int decimals = 2;
  bool coloured = true;  ///< else numbers on the plain ground
};

/// What a MatrixChart shows.
struct MatrixContent {
  QString rowTitle, columnTitle;
  QString measure;         ///< what the colours mean, beside the colour bar
  QString least, most;     ///< at the bar's ends
  QString missing;         ///< what a cell without a value means; empty = there are none
  QString empty;           ///< said in place of an empty chart
  bool diverging = false;  ///< blue, nothing, orange; else cividis
  int modalities = 0;      ///< squares of a pattern
  std::vector<MatrixRow> rows;
  std::vector<MatrixColumn> columns;
  std::vector<MatrixCell> cells;  ///< [rows, columns]
};

/// A matrix with names at its sides, colours and printed numbers.
class MatrixChart : public RowChart {
  Q_OBJECT

 public:
  explicit MatrixChart(const ViewContext& context, QWidget* parent = nullptr);

  void setContent(MatrixContent content);
  const MatrixContent& content() const { return m_content; }
  const MatrixCell& cell(int row, int column) const;
  /// The cell's place in the canvas.
  QRectF cellRect(int row, int column) const;
  /// Of the cell; the ground's where it has no value.
  QColor colour(int row, int column) const;
  /// As the cell prints it; "–" without a value.
  QString text(int row, int column) const;

  Table table() const override;

 protected:
  bool ready() const override { return !m_content.rows.empty() && !m_content.columns.empty(); }
  QString emptyText() const override { return m_content.empty; }
  void refresh() override;
  void restyle() override {}
  QString pointAt(const QPoint& position) override;
  void drawStrip(QPainter& painter, const QRect& area) const override;
  int stripHeight() const override;
  int columns() const override { return static_cast<int>(m_content.columns.size()); }
  int columnAt(const QPointF& position) const override;
  void paint(QCPPainter& painter) override;

 private:
  int namesWidth() const;
  int squaresWidth() const;
  bool coloured() const;
  void paintHeadings(QCPPainter& painter) const;
  void paintName(QCPPainter& painter, int row) const;
  void paintCell(QCPPainter& painter, int row, int column) const;
  void paintFrame(QCPPainter& painter, const QRectF& rect, const QColor& inner) const;

  MatrixContent m_content;
  ColourBar* m_bar;
};

}  // namespace fusemoe::ui
