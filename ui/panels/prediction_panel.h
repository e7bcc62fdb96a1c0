#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

namespace fusemoe::ui {

class ProbabilityView;

/// The prediction and how it differs from the reference. A model of many labels shows the most probable one.
class PredictionPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit PredictionPanel(const ViewContext& context, QWidget* parent = nullptr);

  const ProbabilityView& view() const { return *m_view; }
  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 private:
  void refresh();

  ViewContext m_context;
  QLabel* m_hint;
  ProbabilityView* m_view;
};

}  // namespace fusemoe::ui
