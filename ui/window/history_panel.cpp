#include "window/history_panel.h"

#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QUndoView>

#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 26;

class HistoryDelegate : public QStyledItemDelegate {
 public:
  HistoryDelegate(const ViewContext& context, QObject* parent) : QStyledItemDelegate(parent), m_context(context) {}

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return {QStyledItemDelegate::sizeHint(option, index).width(), kRowHeight};
  }

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    // Row 0 is the start; row i the state after command i − 1.
    if (index.row() > m_context.document.undoStack().index())
      option->palette.setColor(QPalette::Text, m_context.appearance.theme().faint);
  }

 private:
  ViewContext m_context;
};

}  // namespace

HistoryPanel::HistoryPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("history"), tr("History"), parent),
      m_context(context),
      m_view(new QUndoView(&context.document.undoStack())) {
  m_view->setEmptyLabel(tr("Start"));
  m_view->setItemDelegate(new HistoryDelegate(context, m_view));
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setUniformItemSizes(true);
  m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_view->setAccessibleName(tr("History of edits"));
  addContent(m_view, 1);
  connect(&context.document.undoStack(), &QUndoStack::indexChanged, this, &HistoryPanel::refresh);
  connect(&context.appearance, &Appearance::changed, m_view->viewport(), QOverload<>::of(&QWidget::update));
  refresh();
}

void HistoryPanel::refresh() {
  const QUndoStack& stack = m_context.document.undoStack();
  setSubtitle(stack.index() == stack.count() ? counted(stack.count(), tr("1 edit"), tr("%1 edits"))
                                             : tr("%1, %2 undone")
                                                   .arg(counted(stack.count(), tr("1 edit"), tr("%1 edits")))
                                                   .arg(stack.count() - stack.index()));
  m_view->viewport()->update();
}

Table HistoryPanel::table(bool identifiers) const {
  Table table{{QStringLiteral("step"), QStringLiteral("state"), QStringLiteral("edit")}, {}};
  const QUndoStack& stack = m_context.document.undoStack();
  for (int i = 0; i < stack.count(); ++i) {
    // What the commands are called may name stays.
    table.rows.push_back({QString::number(i + 1), i < stack.index() ? QStringLiteral("done") : QStringLiteral("undone"),
                          identifiers ? stack.text(i) : QString()});
  }
  return table;
}

}  // namespace fusemoe::ui
