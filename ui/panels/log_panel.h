#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QLabel;
class QPushButton;
class QTableView;

namespace fusemoe::ui {

class LogModel;

/// What was opened, saved and exported, and what went wrong, with its technical text.
class LogPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit LogPanel(const ViewContext& context, QWidget* parent = nullptr);

  QTableView& view() const { return *m_view; }
  QPushButton& copyButton() const { return *m_copy; }
  /// Of the chosen entry.
  QString detail() const;
  /// Chooses the newest error, if there is one.
  void showLastError();
  Table table(bool identifiers) const override;

 private:
  void showDetail();
  void copy() const;

  ViewContext m_context;
  LogModel* m_model;
  QTableView* m_view;
  QLabel* m_detail;
  QPushButton* m_copy;
};

}  // namespace fusemoe::ui
