#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QUndoView;

namespace fusemoe::ui {

/// Every edit of the session in order; a click goes to the state after it, "Start" to the state before all. What was
/// undone is dimmed.
class HistoryPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit HistoryPanel(const ViewContext& context, QWidget* parent = nullptr);

  QUndoView& view() const { return *m_view; }
  Table table(bool identifiers) const override;
  bool drawsIdentifiers() const override { return true; }

 private:
  void refresh();

  ViewContext m_context;
  QUndoView* m_view;
};

}  // namespace fusemoe::ui
