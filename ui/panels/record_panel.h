#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QPushButton;

namespace fusemoe::ui {

class RecordChart;

/// The patient's record over time with what-if edits, and its documents.
class RecordPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit RecordPanel(const ViewContext& context, QWidget* parent = nullptr);

  RecordChart& chart() const { return *m_chart; }
  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 private:
  void refresh();

  ViewContext m_context;
  RecordChart* m_chart;
  QPushButton* m_discard;
};

}  // namespace fusemoe::ui
