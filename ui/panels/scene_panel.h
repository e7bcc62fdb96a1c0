#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

namespace fusemoe::ui {

class SceneView;
class SegmentedSwitch;

/// The 3-D view with the switch for whose tokens it shows.
class ScenePanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit ScenePanel(const ViewContext& context, QWidget* parent = nullptr);
  SceneView& view() const { return *m_view; }

  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 private:
  void refresh();

  ViewContext m_context;
  SceneView* m_view;
  SegmentedSwitch* m_scope;
};

}  // namespace fusemoe::ui
