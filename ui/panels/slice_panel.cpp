#include "panels/slice_panel.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>

#include "models/slice_model.h"
#include "panels/slice_delegate.h"
#include "state/appearance.h"
#include "state/document.h"

namespace fusemoe::ui {

SlicePanel::SlicePanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("slices"), tr("Slices"), parent),
      m_context(context),
      m_model(new SliceModel(context.document, context.sweep, this)),
      m_save(new QPushButton(tr("Save slice…"))),
      m_name(new QLineEdit),
      m_view(new QListView) {
  m_save->setProperty("segment", "only");
  m_save->setFocusPolicy(Qt::TabFocus);
  m_name->setPlaceholderText(tr("Name of this filter, then Enter"));
  m_name->setAccessibleName(tr("Name of the slice"));
  m_name->installEventFilter(this);
  m_name->hide();
  m_view->setModel(m_model);
  m_view->setItemDelegate(new SliceDelegate(context, m_view));
  m_view->setAccessibleName(tr("Slices"));
  m_view->setUniformItemSizes(true);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setSelectionMode(QAbstractItemView::NoSelection);
  m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
  m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_view->setMouseTracking(true);
  m_view->setContextMenuPolicy(Qt::CustomContextMenu);
  addSwitch(m_save);
  addContent(m_name);
  addContent(m_view, 1);
  addRowActions();
  connect(m_save, &QPushButton::clicked, this, &SlicePanel::beginSaving);
  connect(m_name, &QLineEdit::returnPressed, this, [this] {
    if (m_model->save(m_name->text())) endSaving();
  });
  connect(m_view, &QAbstractItemView::clicked, this,
          [this](const QModelIndex& index) { m_model->choose(index.row()); });
  connect(m_view, &QWidget::customContextMenuRequested, this, &SlicePanel::showMenu);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Filter | Change::Cohort)) refresh();
  });
  connect(&context.appearance, &Appearance::changed, m_view->viewport(), QOverload<>::of(&QWidget::update));
  refresh();
}

void SlicePanel::addRowActions() {
  const auto onKey = [this](const QKeySequence& key, auto action) {
    auto* act = new QAction(m_view);
    act->setShortcut(key);
    act->setShortcutContext(Qt::WidgetShortcut);
    m_view->addAction(act);
    connect(act, &QAction::triggered, this, [this, action] {
      if (const QModelIndex index = m_view->currentIndex(); index.isValid()) action(index.row());
    });
  };
  onKey(Qt::Key_Return, [this](int row) { m_model->choose(row); });
  onKey(Qt::Key_Delete, [this](int row) { m_model->remove(row); });
}

void SlicePanel::beginSaving() {
  m_name->clear();
  m_name->show();
  m_name->setFocus();
}

void SlicePanel::endSaving() {
  m_name->hide();
  m_view->setFocus();
}

bool SlicePanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_name && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    endSaving();
    return true;
  }
  return PanelFrame::eventFilter(watched, event);
}

void SlicePanel::showMenu(const QPoint& position) {
  const QModelIndex index = m_view->indexAt(position);
  if (!index.flags().testFlag(Qt::ItemIsEditable)) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const QPersistentModelIndex slice(index);
  connect(menu->addAction(tr("Rename")), &QAction::triggered, this, [this, slice] {
    if (slice.isValid()) m_view->edit(slice);
  });
  connect(menu->addAction(tr("Delete")), &QAction::triggered, this, [this, slice] {
    if (slice.isValid()) m_model->remove(slice.row());
  });
  menu->popup(m_view->viewport()->mapToGlobal(position));
}

void SlicePanel::refresh() {
  const SessionState& state = m_context.document.state();
  m_save->setEnabled(m_context.document.cohort() && !state.filter.empty());
  m_save->setToolTip(state.filter.empty() ? tr("Filter the stays first; then the filter can be named")
                                          : tr("Give the filter of now a name"));
  if (state.filter.empty()) m_name->hide();
}

Table SlicePanel::table(bool /*identifiers*/) const {
  Table table{{tr("slice"), tr("filter"), tr("stays")}, {}};
  for (int row = 0; row < m_model->rowCount(); ++row) {
    const QModelIndex index = m_model->index(row);
    table.rows.push_back({index.data().toString(), index.data(SliceModel::FilterRole).toString(),
                          index.data(SliceModel::CountRole).toString()});
  }
  return table;
}

}  // namespace fusemoe::ui
