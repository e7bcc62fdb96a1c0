#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QListView;

namespace fusemoe::ui {

class ModalityModel;

/// The modalities of the open model with what the stay has of each: present, masked or absent.
class ModalityPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit ModalityPanel(const ViewContext& context, QWidget* parent = nullptr);

  QListView& view() const { return *m_view; }
  Table table(bool identifiers) const override;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void refresh();

  ViewContext m_context;
  ModalityModel* m_model;
  QListView* m_view;
  QLabel* m_hint;
};

}  // namespace fusemoe::ui
