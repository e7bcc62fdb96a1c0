#include "panels/stay_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>

#include "models/stay_list_model.h"
#include "panels/filter_help.h"
#include "panels/pattern_delegate.h"
#include "panels/stay_table.h"
#include "state/appearance.h"
#include "state/cohort_sweep.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 26;
constexpr int kRiskWidth = 74;
constexpr int kSplitWidth = 72;

}  // namespace

StayPanel::StayPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("stays"), tr("Cohort"), parent),
      m_context(context),
      m_stays(new StayListModel(context.document, context.sweep, this)),
      m_delegate(new PatternDelegate(context, *m_stays, this)),
      m_search(new QLineEdit),
      m_help(new QToolButton),
      m_problem(new QLabel),
      m_view(new StayTable(context, *m_stays)) {
  setUpSearch();
  setUpView();
  addContent(m_problem);
  addContent(m_view, 1);
  connect(m_stays, &StayListModel::reloaded, this, [this] {
    arrangeColumns();
    followDocument(Scroll::ToStay);
  });
  connect(m_stays, &QAbstractItemModel::modelAboutToBeReset, this,
          [this] { m_scroll = m_view->verticalScrollBar()->value(); });
  connect(m_stays, &QAbstractItemModel::modelReset, this, [this] {
    followDocument(Scroll::Keep);
    updateSubtitle();
  });
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Filter | Change::Cohort)) adoptFilter();
    if (changes.testFlag(Change::Stay)) followDocument(Scroll::ToStay);
  });
  connect(&context.appearance, &Appearance::changed, m_view->viewport(), QOverload<>::of(&QWidget::update));
  adoptFilter();
  updateSubtitle();
}

QTableView& StayPanel::view() const {
  return *m_view;
}

QString StayPanel::problem() const {
  return m_stays->query().problem();
}

void StayPanel::setUpSearch() {
  m_search->setPlaceholderText(tr("Filter: id, label, pattern, risk>0.3"));
  m_search->setClearButtonEnabled(true);
  m_search->setAccessibleName(tr("Filter stays"));
  m_help->setObjectName(QStringLiteral("filterHelpButton"));
  m_help->setText(QStringLiteral("?"));
  m_help->setToolTip(tr("What can be typed here"));
  m_help->setAccessibleName(tr("How to filter stays"));
  m_help->setAutoRaise(true);
  m_problem->setObjectName(QStringLiteral("filterProblem"));
  m_problem->setWordWrap(true);
  m_problem->setContentsMargins(3, 0, 3, 0);
  m_problem->hide();
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(4);
  line->addWidget(m_search, 1);
  line->addWidget(m_help);
  addContent(row);
  Document& document = m_context.document;  // outlives the field, which speaks once more when it goes with the focus
  connect(m_search, &QLineEdit::textChanged, m_search, [&document](const QString& text) {
    // Typing into an empty field begins a new filter; what follows is one undo step.
    if (document.state().filter.empty()) document.beginGesture();
    document.setFilter(text.toStdString());
  });
  // What is typed after the field was left, or after a slice was chosen, is a step of its own.
  connect(m_search, &QLineEdit::editingFinished, m_search, [&document] { document.beginGesture(); });
  connect(m_help, &QToolButton::clicked, this, &StayPanel::showFilterHelp);
}

void StayPanel::setUpView() {
  m_view->setItemDelegate(m_delegate);
  m_view->setAccessibleName(tr("Stays"));
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setShowGrid(false);
  m_view->setMouseTracking(true);
  m_view->setTabKeyNavigation(false);
  m_view->setWordWrap(false);
  m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_view->verticalHeader()->setDefaultSectionSize(kRowHeight);
  QHeaderView& header = *m_view->horizontalHeader();
  header.setHighlightSections(false);
  header.setSectionsClickable(true);
  header.setMinimumSectionSize(40);
  header.setContextMenuPolicy(Qt::CustomContextMenu);
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(StayListModel::StayColumn, Qt::AscendingOrder);
  m_view->setColumnHidden(StayListModel::SplitColumn, true);  // there is no room for all at 300 px
  arrangeColumns();
  connect(&header, &QWidget::customContextMenuRequested, this, &StayPanel::showColumnMenu);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (!m_following && current.isValid()) m_context.document.selectStay(m_stays->stayId(current.row()));
  });
  connect(m_view->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
          [this] { followDocument(Scroll::ToStay); });
}

void StayPanel::showColumnMenu(const QPoint& position) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (int column = StayListModel::PresentColumn; column < StayListModel::ColumnCount; ++column) {
    QAction* shown = menu->addAction(m_stays->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString());
    shown->setCheckable(true);
    shown->setChecked(!m_view->isColumnHidden(column));
    connect(shown, &QAction::toggled, m_view, [this, column](bool on) { m_view->setColumnHidden(column, !on); });
  }
  menu->addSeparator();
  CohortSweep& sweep = m_context.sweep;
  const bool running = sweep.state() == CohortSweep::State::Running;
  QAction* compute = menu->addAction(running ? tr("Stop computing the risk") : tr("Compute the risk"));
  compute->setEnabled(running || sweep.state() == CohortSweep::State::Stopped ||
                      sweep.state() == CohortSweep::State::Failed);
  connect(compute, &QAction::triggered, &sweep, [&sweep, running] { running ? sweep.stop() : sweep.resume(); });
  menu->popup(m_view->horizontalHeader()->mapToGlobal(position));
}

void StayPanel::arrangeColumns() {
  QHeaderView& header = *m_view->horizontalHeader();
  header.setSectionResizeMode(QHeaderView::Interactive);
  header.setSectionResizeMode(StayListModel::LabelColumn, QHeaderView::Stretch);
  m_view->setColumnWidth(StayListModel::StayColumn, m_delegate->idWidth());
  m_view->setColumnWidth(StayListModel::PresentColumn, std::max(66, m_delegate->patternWidth()));
  m_view->setColumnWidth(StayListModel::RiskColumn, kRiskWidth);
  m_view->setColumnWidth(StayListModel::SplitColumn, kSplitWidth);
}

QList<FilterExample> StayPanel::examples() const {
  const CohortPtr& cohort = m_context.document.cohort();
  const bool labelled = cohort && !cohort->info().tasks.empty() && !cohort->info().tasks.front().labels.empty();
  return filterExamples(*m_stays, labelled ? QString::fromStdString(cohort->info().tasks.front().labels.front())
                                           : QStringLiteral("died"));
}

void StayPanel::adoptFilter() {
  const std::string& filter = m_context.document.state().filter;
  if (const QString text = QString::fromStdString(filter); text != m_search->text()) {
    const QSignalBlocker blocker(m_search);
    m_search->setText(text);
  }
  m_problem->setText(problem());
  m_problem->setVisible(!problem().isEmpty());
  QStringList tip(tr("Words that must all hold:"));
  for (const FilterExample& example : examples()) tip << tr("%1: %2").arg(example.filter, example.meaning);
  m_search->setToolTip(tip.join('\n'));
  if (filter == m_filter) return;
  m_filter = filter;
  followDocument(Scroll::ToStay);
}

void StayPanel::showFilterHelp() {
  auto* help = new FilterHelp(examples(), this);
  connect(help, &FilterHelp::chosen, this, [this](const QString& filter) {
    m_context.document.beginGesture();
    m_context.document.setFilter(filter.toStdString());
    m_context.document.beginGesture();
  });
  help->adjustSize();
  help->move(m_search->mapToGlobal(QPoint(0, m_search->height() + 4)));
  help->show();
}

void StayPanel::followDocument(Scroll scroll) {
  const QScopedValueRollback following(m_following, true);
  const int row = m_stays->rowOf(m_context.document.state().stayId);
  m_view->setAutoScroll(false);
  if (row < 0) {
    m_view->clearSelection();
    m_view->setCurrentIndex({});
  } else {
    m_view->setCurrentIndex(m_stays->index(row, StayListModel::StayColumn));
  }
  m_view->setAutoScroll(true);
  if (scroll == Scroll::Keep) {
    m_view->scrollBackTo(m_scroll);
  } else if (row >= 0) {
    m_view->scrollTo(m_view->currentIndex());
  }
}

void StayPanel::updateSubtitle() {
  const int all = m_stays->stayCount();
  const int shown = m_stays->rowCount();
  if (all == 0) {
    setSubtitle(tr("none open"));
  } else {
    setSubtitle(shown == all ? tr("%1 stays").arg(count(all)) : tr("%1 of %2 stays").arg(count(shown), count(all)));
  }
}

void StayPanel::step(int offset) {
  const int rows = m_stays->rowCount();
  if (rows == 0) return;
  const int row = m_stays->rowOf(m_context.document.wantedStay());
  const int next = row < 0 ? 0 : std::clamp(row + offset, 0, rows - 1);
  m_context.document.selectStay(m_stays->stayId(next));
}

void StayPanel::focusSearch() {
  m_search->setFocus();
  m_search->selectAll();
}

Table StayPanel::table(bool identifiers) const {
  Table table;
  table.columns << (identifiers ? tr("stay") : tr("number"));
  for (const auto& entry : m_stays->pattern()) table.columns << entry.name;
  table.columns << tr("label") << tr("split") << tr("risk as recorded");
  for (int row = 0; row < m_stays->rowCount(); ++row) {
    const auto cell = [&](int column, int role) { return m_stays->index(row, column).data(role); };
    QStringList cells(QString::number(identifiers ? m_stays->stayId(row) : row + 1));
    const quint32 present = cell(StayListModel::PresentColumn, StayListModel::PresentRole).toUInt();
    for (qsizetype i = 0; i < m_stays->pattern().size(); ++i) cells << QString::number((present >> i) & 1U);
    cells << cell(StayListModel::LabelColumn, Qt::DisplayRole).toString()
          << cell(StayListModel::SplitColumn, Qt::DisplayRole).toString();
    const QVariant risk = cell(StayListModel::RiskColumn, StayListModel::RiskRole);
    cells << (risk.isValid() ? QString::number(risk.toFloat(), 'g', 9) : QString());
    table.rows.push_back(cells);
  }
  return table;
}

}  // namespace fusemoe::ui
