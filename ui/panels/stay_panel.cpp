#include "panels/stay_panel.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QTableView>

#include "models/stay_filter_model.h"
#include "models/stay_list_model.h"
#include "panels/pattern_delegate.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 26;
constexpr int kStayWidth = 58;
constexpr int kSplitWidth = 72;

}  // namespace

StayPanel::StayPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("stays"), tr("Cohort"), parent),
      m_context(context),
      m_stays(new StayListModel(context.document, this)),
      m_filter(new StayFilterModel(*m_stays, this)),
      m_delegate(new PatternDelegate(context, *m_stays, this)),
      m_search(new QLineEdit),
      m_view(new QTableView) {
  m_search->setPlaceholderText(tr("Filter: id, label, split, lipids, -body"));
  m_search->setClearButtonEnabled(true);
  m_search->setAccessibleName(tr("Filter stays"));
  m_search->setToolTip(
      tr("Words that must all hold: the beginning of an id, of a label or of a split; a modality that is "
         "there; with a minus, one that is not"));
  setUpView();
  addContent(m_search);
  addContent(m_view, 1);
  connect(m_search, &QLineEdit::textChanged, this, &StayPanel::applyFilter);
  connect(m_filter, &QAbstractItemModel::modelReset, this, [this] {
    arrangeColumns();
    followDocument();
    updateSubtitle();
  });
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes.testFlag(Change::Stay)) followDocument();
  });
  connect(&context.appearance, &Appearance::changed, m_view->viewport(), QOverload<>::of(&QWidget::update));
  updateSubtitle();
}

void StayPanel::setUpView() {
  m_view->setModel(m_filter);
  m_view->setItemDelegate(m_delegate);
  m_view->setAccessibleName(tr("Stays"));
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setShowGrid(false);
  m_view->setMouseTracking(true);
  m_view->setTabKeyNavigation(false);
  m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_view->verticalHeader()->setDefaultSectionSize(kRowHeight);
  m_view->horizontalHeader()->setHighlightSections(false);
  m_view->horizontalHeader()->setSectionsClickable(true);
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(StayListModel::StayColumn, Qt::AscendingOrder);
  arrangeColumns();
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (!m_following && current.isValid()) m_context.document.selectStay(m_filter->stayId(current.row()));
  });
}

void StayPanel::arrangeColumns() {
  QHeaderView& header = *m_view->horizontalHeader();
  header.setMinimumSectionSize(40);
  header.setSectionResizeMode(QHeaderView::Interactive);
  header.setSectionResizeMode(StayListModel::LabelColumn, QHeaderView::Stretch);
  m_view->setColumnWidth(StayListModel::StayColumn, kStayWidth);
  m_view->setColumnWidth(StayListModel::PresentColumn, std::max(70, m_delegate->patternWidth()));
  m_view->setColumnWidth(StayListModel::SplitColumn, kSplitWidth);
}

void StayPanel::applyFilter(const QString& text) {
  {
    // Rows that go away move the table's current row; that is not the user choosing a stay.
    const QScopedValueRollback following(m_following, true);
    m_filter->setFilter(text);
  }
  followDocument();
  updateSubtitle();
}

void StayPanel::followDocument() {
  const QScopedValueRollback following(m_following, true);
  const int row = m_filter->rowOf(m_context.document.state().stayId);
  if (row < 0) {
    m_view->clearSelection();
    m_view->setCurrentIndex({});
    return;
  }
  const QModelIndex index = m_filter->index(row, StayListModel::StayColumn);
  m_view->setCurrentIndex(index);
  m_view->scrollTo(index);
}

void StayPanel::updateSubtitle() {
  const int all = m_stays->rowCount();
  const int shown = m_filter->rowCount();
  if (all == 0) {
    setSubtitle(tr("none open"));
  } else {
    setSubtitle(shown == all ? tr("%1 stays").arg(count(all)) : tr("%1 of %2 stays").arg(count(shown), count(all)));
  }
}

void StayPanel::step(int offset) {
  const int rows = m_filter->rowCount();
  if (rows == 0) return;
  const int row = m_filter->rowOf(m_context.document.wantedStay());
  const int next = row < 0 ? 0 : std::clamp(row + offset, 0, rows - 1);
  m_context.document.selectStay(m_filter->stayId(next));
}

void StayPanel::focusSearch() {
  m_search->setFocus();
  m_search->selectAll();
}

}  // namespace fusemoe::ui
