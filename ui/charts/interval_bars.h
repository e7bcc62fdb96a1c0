#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "analysis/metrics.h"
#include "charts/row_chart.h"

namespace fusemoe::ui {

/// One row: a value with its 95 % interval, or why there is none.
struct IntervalRow {
  QString label = {};
  int modality = -1;  ///< its colour and mark; -1 = the accent's
  std::optional<double> value = {};
  std::optional<Interval> interval = {};
  std::optional<double> second = {};  ///< another value of the same thing, as a hollow mark
  QString reason = {};                ///< said in its place where there is no value
  QString note = {};                  ///< said in the tooltip, as n
};

/// What an IntervalBars chart shows.
struct IntervalContent {
  QString axis;       ///< what is measured, with its unit
  QString valueName;  ///< in the legend, where there are second values
  QString secondName;
  QString empty;  ///< said in place of an empty chart
  std::vector<IntervalRow> rows;
  bool bars = true;                                     ///< from zero; else a mark
  bool differences = false;                             ///< numbers carry their sign
  int decimals = 3;                                     ///< of the numbers beside the rows
  std::optional<std::pair<double, double>> range = {};  ///< of the axis; else what the rows take, with zero
};

/// Rows of values with their intervals on one axis.
class IntervalBars : public RowChart {
  Q_OBJECT

 public:
  explicit IntervalBars(const ViewContext& context, QWidget* parent = nullptr);

  void setContent(IntervalContent content);
  const IntervalContent& content() const { return m_content; }
  /// Height at which every row stands comfortably, in pixels.
  int comfortableHeight() const;
  /// Of the axis, in its unit.
  double least() const;
  double most() const;
  /// "+0.031 (+0.010 … +0.052)", as beside the row.
  QString text(const IntervalRow& row) const;

  Table table() const override;

 protected:
  bool ready() const override { return !m_content.rows.empty(); }
  QString emptyText() const override { return m_content.empty; }
  void refresh() override;
  void restyle() override {}
  QString pointAt(const QPoint& position) override;
  void paint(QCPPainter& painter) override;

 private:
  void paintRow(QCPPainter& painter, int row);
  void paintMark(QCPPainter& painter, const QPointF& place, int modality, bool hollow) const;
  void paintLegend(QCPPainter& painter) const;
  bool hasSecond() const;
  double pixel(double value) const;
  std::pair<double, double> span() const;

  IntervalContent m_content;
};

}  // namespace fusemoe::ui
