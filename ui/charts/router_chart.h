#pragma once

#include "charts/chart.h"

class QCPItemText;

namespace fusemoe::ui {

class BarLayer;
class LegendStrip;

/// Router probabilities of the shown layer: grouped bars, an expert a group and a router a bar. The K experts with the
/// most kept weight are outlined, the others faded; masked and absent modalities are hatched; a grey tick marks the
/// reference.
class RouterChart : public Chart {
  Q_OBJECT

 public:
  explicit RouterChart(const ViewContext& context, QWidget* parent = nullptr);

  /// What is drawn for a router and an expert.
  double value(int router, int expert) const;
  double referenceValue(int router, int expert) const;
  bool outlined(int router, int expert) const;
  bool hatched(int router) const;

  Table table() const override;

 protected:
  void refresh() override;
  void restyle() override;
  QString pointAt(const QPoint& position) override;
  void drawStrip(QPainter& painter, const QRect& area) const override;
  int stripHeight() const override;

 private:
  void fillBars();
  void fillLegend();
  QString tip(int router, int expert) const;

  BarLayer* m_bars;
  QCPItemText* m_pointedName;
  LegendStrip* m_legend;
  int m_experts = 0;
};

}  // namespace fusemoe::ui
