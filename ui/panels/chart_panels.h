#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QStackedWidget;

namespace fusemoe::ui {

class Chart;
class EntropyChart;
class FlowChart;
class LoadChart;
class RouterChart;
class RoutingHeatMap;
class SegmentedSwitch;

/// The routing of one layer as bars, as a heat map over time or as a flow, with the switches for view, layer and
/// distribution.
class RouterPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit RouterPanel(const ViewContext& context, QWidget* parent = nullptr);
  RouterChart& chart() const { return *m_bars; }
  RoutingHeatMap& heatMap() const { return *m_heatMap; }
  FlowChart& flow() const { return *m_flow; }
  /// The one that is shown.
  Chart& shown() const;

  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 private:
  void refresh();
  void refreshLayers();
  void refreshTitle();

  ViewContext m_context;
  RouterChart* m_bars;
  RoutingHeatMap* m_heatMap;
  FlowChart* m_flow;
  QStackedWidget* m_stack;
  SegmentedSwitch* m_layers;
  SegmentedSwitch* m_distribution;
  SegmentedSwitch* m_view;
  SegmentedSwitch* m_content;
};

/// Load chart with the switches for what is counted and for whose load it is.
class LoadPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit LoadPanel(const ViewContext& context, QWidget* parent = nullptr);
  LoadChart& chart() const { return *m_chart; }
  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 private:
  void refresh();

  ViewContext m_context;
  LoadChart* m_chart;
  SegmentedSwitch* m_measure;
  SegmentedSwitch* m_scope;
};

class EntropyPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit EntropyPanel(const ViewContext& context, QWidget* parent = nullptr);
  EntropyChart& chart() const { return *m_chart; }
  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 private:
  EntropyChart* m_chart;
};

}  // namespace fusemoe::ui
