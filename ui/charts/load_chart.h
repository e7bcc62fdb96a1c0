#pragma once

#include "charts/chart.h"

class QCPItemStraightLine;
class QCPItemText;

namespace fusemoe {
struct RouterResult;
}

namespace fusemoe::ui {

class BarLayer;

/// How the shown layer's work spreads over its experts, in percent: stacked by modality, with the line every expert
/// would reach in perfect balance. Counts kept tokens, or the gate weight they gave.
class LoadChart : public Chart {
  Q_OBJECT

 public:
  explicit LoadChart(const ViewContext& context, QWidget* parent = nullptr);

  /// Percent of an expert, and the part of it that one router's segment covers.
  double share(int expert) const;
  double segment(int router, int expert) const;
  /// Where the balance line lies, in percent.
  double balance() const;
  /// Percent of an expert in the reference; NaN when nothing differs from it.
  double referenceShare(int expert) const;

  Table table() const override;

 protected:
  void refresh() override;
  void restyle() override;
  QString pointAt(const QPoint& position) override;

 private:
  void fillBars();
  void fillTicks();

  BarLayer* m_bars;
  QCPItemStraightLine* m_balanceLine;
  QCPItemText* m_balanceText;
  QCPItemText* m_pointedName;
  int m_experts = 0;
  int m_routers = 0;
};

}  // namespace fusemoe::ui
