#pragma once

#include <vector>

#include "charts/chart.h"
#include "session/session_state.h"

class QCPItemStraightLine;
class QCPItemText;

namespace fusemoe::ui {

class BarLayer;
class LoadSums;

/// How the shown layer's work spreads over its experts, in percent: stacked by modality, with the line every expert
/// would reach in perfect balance. Counts kept tokens, or the gate weight they gave: of the stay shown, or of many as
/// far as the sweep knows them.
class LoadChart : public Chart {
  Q_OBJECT

 public:
  explicit LoadChart(const ViewContext& context, QWidget* parent = nullptr);

  /// Percent of an expert, and the part of it that one router's segment covers.
  double share(int expert) const;
  double segment(int router, int expert) const;
  /// Where the balance line lies, in percent.
  double balance() const;
  /// How many stays are shown, of how many, and why not all of them; empty for one stay.
  QString scopeText() const;
  /// Percent of an expert in the reference; NaN when nothing differs from it.
  double referenceShare(int expert) const;

  Table table() const override;

 protected:
  void refresh() override;
  void restyle() override;
  QString pointAt(const QPoint& position) override;

 private:
  /// What each router gave each expert, by router: of the stay, or of the scope's stays.
  std::vector<std::vector<double>> parts(LoadMeasure measure) const;
  bool oneStay() const;
  void fillBars();
  void fillTicks();

  LoadSums* m_sums;
  BarLayer* m_bars;
  QCPItemStraightLine* m_balanceLine;
  QCPItemText* m_balanceText;
  QCPItemText* m_pointedName;
  int m_experts = 0;
  int m_routers = 0;
};

}  // namespace fusemoe::ui
