#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

namespace fusemoe::ui {

class EntropyChart;
class LoadChart;
class RouterChart;
class SegmentedSwitch;

/// Router chart with the switches for layer and distribution.
class RouterPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit RouterPanel(const ViewContext& context, QWidget* parent = nullptr);
  RouterChart& chart() const { return *m_chart; }

 private:
  void refresh();

  ViewContext m_context;
  RouterChart* m_chart;
  SegmentedSwitch* m_layers;
  SegmentedSwitch* m_distribution;
};

/// Load chart with the switches for what is counted and for whose load it is.
class LoadPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit LoadPanel(const ViewContext& context, QWidget* parent = nullptr);
  LoadChart& chart() const { return *m_chart; }

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

 private:
  EntropyChart* m_chart;
};

}  // namespace fusemoe::ui
