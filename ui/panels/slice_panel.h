#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QLineEdit;
class QListView;
class QPushButton;

namespace fusemoe::ui {

class SliceModel;

/// Named subsets of the cohort with their sizes: a click filters the stay list, "Save slice" names the filter of now.
class SlicePanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit SlicePanel(const ViewContext& context, QWidget* parent = nullptr);

  QListView& view() const { return *m_view; }
  QPushButton& saveButton() const { return *m_save; }
  /// Where the name is typed; shown while a slice is being saved.
  QLineEdit& nameField() const { return *m_name; }

  Table table(bool identifiers) const override;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void addRowActions();
  void beginSaving();
  void endSaving();
  void showMenu(const QPoint& position);
  void refresh();

  ViewContext m_context;
  SliceModel* m_model;
  QPushButton* m_save;
  QLineEdit* m_name;
  QListView* m_view;
};

}  // namespace fusemoe::ui
