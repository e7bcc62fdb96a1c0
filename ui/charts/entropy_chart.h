#pragma once

#include "charts/chart.h"

class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPMarginGroup;

namespace fusemoe::ui {

class BarLayer;

/// The entropy regulariser's parts of the shown layer in nats: H per modality, their mean, H of the mean distribution;
/// beside them E = mean − H of the mean over the last edits of this stay, between its bounds.
class EntropyChart : public Chart {
  Q_OBJECT

 public:
  explicit EntropyChart(const ViewContext& context, QWidget* parent = nullptr);

  /// Drawn rows, top first: a row a router, then mean of H and H of the mean.
  int rows() const { return m_rows; }
  double row(int index) const;
  /// Points of the trace, oldest first.
  int traceLength() const;
  double traceValue(int index) const;
  /// The reference's value of a row; NaN when nothing differs from it.
  double referenceRow(int index) const;

  Table table() const override;

 protected:
  void refresh() override;
  void restyle() override;
  QString pointAt(const QPoint& position) override;

 private:
  /// Where the trace stands: beside the bars, or below them in a narrow chart.
  enum class Arrangement { Beside, Below };

  void arrange(Arrangement arrangement);
  void fillBars();
  void fillTrace();
  QString rowTip(int row) const;
  QString traceTip(int point) const;

  BarLayer* m_bars;
  QCPAxisRect* m_traceRect;
  QCPGraph* m_trace;
  QCPGraph* m_last;
  QCPItemStraightLine* m_lower;
  QCPItemStraightLine* m_upper;
  QCPItemStraightLine* m_before;
  QCPItemText* m_sum;
  QCPItemText* m_bounds;
  QCPItemText* m_traceTitle;
  QCPMarginGroup* m_leftMargins;
  Arrangement m_arrangement = Arrangement::Beside;
  int m_rows = 0;
};

}  // namespace fusemoe::ui
