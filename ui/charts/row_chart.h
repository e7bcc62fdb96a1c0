#pragma once

#include <utility>

#include "charts/chart.h"
#include "charts/row_window.h"

class QCPPainter;

namespace fusemoe::ui {

/// Base of charts made of rows of their own numbers: rows that do not fit are scrolled by wheel and keys, a click or
/// Return on a row or cell tells which.
class RowChart : public Chart {
  Q_OBJECT

 public:
  /// Rows shown now: first, and one past the last.
  std::pair<int, int> shownRows() const { return {m_window.first(), m_window.end()}; }
  /// The row's place in the canvas, from its left edge to its right one.
  QRectF rowRect(int row) const;
  /// The row and column the keys are on; -1 = none, or the whole row.
  int currentRow() const { return m_window.current(); }
  int currentColumn() const { return m_column; }
  void setCurrent(int row, int column = -1);

 Q_SIGNALS:
  /// Column -1 = the row's name, or a chart without columns.
  void clicked(int row, int column);

 protected:
  /// Rows are at least and at most so high, in pixels.
  RowChart(const ViewContext& context, double leastRow, double mostRow, QWidget* parent);

  /// Puts the rows up, from the first.
  void setRows(int rows);
  int rowAt(const QPointF& position) const;
  virtual int columns() const { return 0; }
  virtual int columnAt(const QPointF& /*position*/) const { return -1; }
  /// Draws the rows; the first stands at the upper edge of the plot's axis rectangle.
  virtual void paint(QCPPainter& painter) = 0;
  /// "rows 1–12 of 40" where not all are shown.
  QString cutNote() const;

  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  RowWindow m_window;
  int m_column = -1;
};

}  // namespace fusemoe::ui
