#pragma once

#include <string>

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace fusemoe::ui {

class PatternDelegate;
class StayListModel;
class StayTable;
struct FilterExample;

/// The stays of the open cohort: filter, sort, choose. The filter is the document's; the stay looked at stays chosen,
/// and in sight, whatever is filtered or sorted; risks that arrive move nothing the user looks at.
class StayPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit StayPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Goes to the stay `offset` rows further in the shown order.
  void step(int offset);
  bool drawsIdentifiers() const override { return true; }
  void focusSearch();
  QTableView& view() const;
  QLineEdit& search() const { return *m_search; }
  /// What is wrong with the filter; empty when it can be read.
  QString problem() const;
  /// Shows what can be typed into the filter.
  void showFilterHelp();

  /// The stays shown, in their order. Without identifiers they are numbered.
  Table table(bool identifiers) const override;

 private:
  void setUpSearch();
  void setUpView();
  void showColumnMenu(const QPoint& position);
  void arrangeColumns();
  void adoptFilter();
  QList<FilterExample> examples() const;
  /// Where the list is scrolled to when rows change under it.
  enum class Scroll { ToStay, Keep };
  void followDocument(Scroll scroll);
  void updateSubtitle();

  ViewContext m_context;
  StayListModel* m_stays;
  PatternDelegate* m_delegate;
  QLineEdit* m_search;
  QToolButton* m_help;
  QLabel* m_problem;
  StayTable* m_view;
  std::string m_filter;      // as adopted
  bool m_following = false;  // the table's current row is being set from the document
  int m_scroll = 0;          // before the rows changed
};

}  // namespace fusemoe::ui
