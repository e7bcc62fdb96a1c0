#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QGridLayout;

namespace fusemoe::ui {

/// What the open model is: gate, router, experts, tokens, what a missing modality becomes.
class FactsPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit FactsPanel(const ViewContext& context, QWidget* parent = nullptr);

 private:
  void refresh();
  void add(const QString& name, const QString& value, const QString& tip);

  ViewContext m_context;
  QWidget* m_table = nullptr;
  QGridLayout* m_grid = nullptr;
};

}  // namespace fusemoe::ui
