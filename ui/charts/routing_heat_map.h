#pragma once

#include <vector>

#include "charts/chart.h"
#include "charts/routing_numbers.h"

class QCPItemText;
class QHBoxLayout;

namespace fusemoe::ui {

class ColourBar;
class HeatLayer;

/// What the cells of the heat map are: the numbers of the state, or their change from the reference.
enum class HeatContent { Value, Change };

/// Routing of the shown layer over time: a band a router, an expert a row, a time bin a column, all bands on one time
/// axis and one colour scale.
class RoutingHeatMap : public Chart {
  Q_OBJECT

 public:
  explicit RoutingHeatMap(const ViewContext& context, QWidget* parent = nullptr);

  /// What is asked for; changes are only shown while there is a reference that differs.
  void setContent(HeatContent content);
  HeatContent content() const { return m_content; }
  /// True when there is something to show changes from.
  bool hasChanges() const { return hasGhost(); }
  /// Puts a control at the right end of the line below the map.
  void addControl(QWidget* control);

  /// What is drawn for a router, a token and an expert; NaN = nothing.
  double value(int router, int token, int expert) const;
  int bands() const;
  bool hatched(int band) const;
  /// End of the colour scale; with changes it goes from −limit to limit.
  double limit() const { return m_limit; }
  /// The cell's place on the canvas.
  QRect cell(int router, int token, int expert) const;

  Table table() const override;

 protected:
  void refresh() override;
  void restyle() override;
  void highlight() override;
  QString pointAt(const QPoint& position) override;
  void drawStrip(QPainter& painter, const QRect& area) const override;
  int stripHeight() const override;

 private:
  bool showsChange() const { return m_content == HeatContent::Change && hasGhost(); }
  void point();
  void fillNumbers();
  void fillBands();
  void fillAxis();
  void fillScale();
  QString tip(int router, int token, int expert) const;
  QString bandTip(int router) const;

  HeatLayer* m_layer;
  ColourBar* m_bar;
  QCPItemText* m_binName;
  QHBoxLayout* m_strip;
  HeatContent m_content = HeatContent::Value;
  TokenTimes m_times;
  std::vector<std::vector<float>> m_cells;  // a router each, [T, S]
  int m_experts = 0;
  double m_limit = 1;
};

}  // namespace fusemoe::ui
