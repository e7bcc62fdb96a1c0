#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QLineEdit;
class QTableView;

namespace fusemoe::ui {

class PatternDelegate;
class StayFilterModel;
class StayListModel;

/// The stays of the open cohort: filter, sort, choose.
class StayPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit StayPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Goes to the stay `offset` rows further in the shown order.
  void step(int offset);
  bool drawsIdentifiers() const override { return true; }
  void focusSearch();
  QTableView& view() const { return *m_view; }
  QLineEdit& search() const { return *m_search; }

 private:
  void setUpView();
  void arrangeColumns();
  void applyFilter(const QString& text);
  void followDocument();
  void updateSubtitle();

  ViewContext m_context;
  StayListModel* m_stays;
  StayFilterModel* m_filter;
  PatternDelegate* m_delegate;
  QLineEdit* m_search;
  QTableView* m_view;
  bool m_following = false;  // the table's current row is being set from the document
};

}  // namespace fusemoe::ui
