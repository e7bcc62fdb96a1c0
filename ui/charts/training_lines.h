#pragma once

#include <QList>

#include "charts/chart.h"

class QCPGraph;
class QCPItemStraightLine;
class QCPLegend;

namespace fusemoe::ui {

/// What a chart of lines over the epochs of a training run shows.
enum class TrainingLine {
  Loss,     ///< of each step, smoothed, and on the validation split
  Metrics,  ///< AUROC and AUPRC on the validation split
  Entropy,  ///< the terms of the entropy regulariser in one layer, nats, between their bounds
};

/// Lines over the epochs of the training run, as it goes on.
class TrainingLines : public Chart {
  Q_OBJECT

 public:
  TrainingLines(const ViewContext& context, TrainingLine kind, QWidget* parent = nullptr);

  /// What the chart shows, in a word or two, with its unit.
  QString title() const;
  /// Of the entropy terms, from 0.
  void setLayer(int layer);
  /// Lines drawn: Loss: step, smoothed, validation. Metrics: AUROC, AUPRC. Entropy: mean of H, H of mean, E.
  int lines() const { return static_cast<int>(m_graphs.size()); }
  int points(int line) const;
  double value(int line, int point) const;
  /// Epoch of the vertical mark of the best one; 0 without.
  int bestEpoch() const { return m_best; }

 protected:
  bool ready() const override;
  QString emptyText() const override;
  void refresh() override;
  void restyle() override;
  void highlight() override {}
  QString pointAt(const QPoint& position) override;

 private:
  void addLine(const QString& name);
  void fillLoss();
  void fillMetrics();
  void fillEntropy();
  void fitAxes();
  void mark(QCPItemStraightLine& line, double value);

  TrainingLine m_kind;
  int m_layer = 0;
  int m_best = 0;
  double m_low = 0, m_high = 1;  // of the value axis
  QList<QCPGraph*> m_graphs;
  QCPLegend* m_legend;
  QCPItemStraightLine* m_bestLine;
  QList<QCPItemStraightLine*> m_bounds;
};

}  // namespace fusemoe::ui
