#pragma once

#include <QTableView>
#include <vector>

#include "state/table.h"
#include "state/view_context.h"

namespace fusemoe::ui {

struct AnswerColumn {
  QString title, tip;
  bool number = true;       ///< to the right, sorted from the largest
  bool identifies = false;  ///< tells patients apart: left out where identifiers are hidden
  int width = 92;           ///< pixels; 0 = what is left
};

struct AnswerCell {
  QString text;      ///< as shown
  double order = 0;  ///< what a column of numbers is sorted by; NaN stands last
  QString full;      ///< as exported; empty = the text
};

struct AnswerRow {
  std::vector<AnswerCell> cells;
  qint64 id = 0;        ///< what `taken` names
  bool marked = false;  ///< bold: the one that is in use
  QString tip;
};

/// The rows an analysis found: sorted by a click on a heading, one taken by a click or Return. Tens of thousands of
/// rows are shown, sorted and filtered in a few milliseconds.
class AnswerTable : public QTableView {
  Q_OBJECT

 public:
  AnswerTable(const ViewContext& context, const QString& name, QWidget* parent = nullptr);

  void setColumns(std::vector<AnswerColumn> columns);
  void setRows(std::vector<AnswerRow> rows);
  /// Shows those rows alone whose number in `column` lies within; −1 = all.
  void setRange(int column, double least, double most);
  int shownRows() const;
  /// As it is sorted now.
  const AnswerRow& shownRow(int row) const;

  Table table(bool identifiers) const;
  /// The rows that fit, as sorted.
  void draw(QPainter& painter, const QRect& area, bool identifiers) const;

 Q_SIGNALS:
  void taken(qint64 id);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  class Model;

  ViewContext m_context;
  Model* m_model;
};

/// A number's cell: shown with so many decimals, exported in full.
AnswerCell numberCell(double value, int decimals, bool sign = false);
AnswerCell textCell(const QString& text);

}  // namespace fusemoe::ui
