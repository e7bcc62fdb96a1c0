#include "window/import_contents_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "state/cohort_import.h"
#include "state/format.h"
#include "window/variable_tree.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 22;
constexpr int kMostColumnWidth = 180;

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

QTableWidget* tableOf(const PreviewTable& table) {
  auto* view = new QTableWidget(int(table.rows.size()), int(table.columns.size()));
  view->setAccessibleName(text(table.name));
  QStringList headings;
  for (const std::string& column : table.columns) headings << text(column);
  view->setHorizontalHeaderLabels(headings);
  view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view->setSelectionMode(QAbstractItemView::NoSelection);
  view->setFocusPolicy(Qt::NoFocus);
  view->setShowGrid(false);
  view->setWordWrap(false);
  view->verticalHeader()->hide();
  view->verticalHeader()->setDefaultSectionSize(kRowHeight);
  view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  view->horizontalHeader()->setHighlightSections(false);
  view->horizontalHeader()->setMaximumSectionSize(kMostColumnWidth);
  for (int row = 0; row < view->rowCount(); ++row)
    for (int column = 0; column < view->columnCount(); ++column)
      if (const auto& cells = table.rows[size_t(row)]; size_t(column) < cells.size())
        view->setItem(row, column, new QTableWidgetItem(text(cells[size_t(column)])));
  view->resizeColumnsToContents();
  return view;
}

}  // namespace

ImportContentsPage::ImportContentsPage(QWidget* parent)
    : QWidget(parent),
      m_tables(new QTabWidget),
      m_notes(new QLabel),
      m_variables(new VariableTree),
      m_target(new QComboBox),
      m_move(new QPushButton(tr("Move"))),
      m_leaveOut(new QPushButton(tr("Leave out"))) {
  m_tables->setDocumentMode(true);
  m_notes->setObjectName(QStringLiteral("secondary"));
  m_notes->setWordWrap(true);
  m_notes->setTextFormat(Qt::PlainText);
  auto* left = new QWidget;
  auto* source = new QVBoxLayout(left);
  source->setContentsMargins(0, 0, 0, 0);
  source->setSpacing(8);
  auto* heading = new QLabel(tr("First rows of the source"));
  heading->setObjectName(QStringLiteral("formHeading"));
  source->addWidget(heading);
  source->addWidget(m_tables, 1);
  source->addWidget(m_notes);
  auto* split = new QSplitter;
  split->setChildrenCollapsible(false);
  split->setHandleWidth(16);
  split->addWidget(left);
  split->addWidget(makeMapping());
  split->setSizes({380, 420});
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(split);
}

QWidget* ImportContentsPage::makeMapping() {
  auto* right = new QWidget;
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  auto* heading = new QLabel(tr("What becomes of it"));
  heading->setObjectName(QStringLiteral("formHeading"));
  column->addWidget(heading);
  column->addWidget(m_variables, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* label = new QLabel(tr("Marked variables to"));
  label->setObjectName(QStringLiteral("secondary"));
  m_target->setEditable(true);
  m_target->setInsertPolicy(QComboBox::NoInsert);
  m_target->lineEdit()->setPlaceholderText(tr("Modality, or a new name"));
  m_target->setAccessibleName(tr("Modality to move to"));
  label->setBuddy(m_target);
  row->addWidget(label);
  row->addWidget(m_target, 1);
  row->addWidget(m_move);
  row->addWidget(m_leaveOut);
  column->addLayout(row);
  for (QPushButton* button : {m_move, m_leaveOut}) button->setAutoDefault(false);
  const auto follow = [this] {
    const bool any = !m_variables->marked().isEmpty();
    m_move->setEnabled(any && !m_target->currentText().trimmed().isEmpty());
    m_leaveOut->setEnabled(any);
  };
  connect(m_variables, &QTreeWidget::itemSelectionChanged, this, follow);
  connect(m_target, &QComboBox::editTextChanged, this, follow);
  connect(m_variables, &VariableTree::dropped, this, &ImportContentsPage::move);
  connect(m_move, &QPushButton::clicked, this, [this] {
    const int known = m_target->findText(m_target->currentText().trimmed());
    move(m_variables->marked(), known >= 0 ? m_target->itemData(known).toString() : m_target->currentText().trimmed());
  });
  connect(m_leaveOut, &QPushButton::clicked, this, [this] { move(m_variables->marked(), {}); });
  follow();
  return right;
}

void ImportContentsPage::setPreview(const ImportPreview& preview) {
  m_proposed = preview.info;
  m_modalityOf.clear();
  QStringList notes;
  for (const std::string& note : preview.notes) notes << text(note);
  m_notes->setText(notes.join('\n'));
  m_notes->setVisible(!notes.isEmpty());
  fillTables(preview.tables);
  refresh();
}

void ImportContentsPage::fillTables(const std::vector<PreviewTable>& tables) {
  while (m_tables->count() > 0) {
    QWidget* page = m_tables->widget(0);
    m_tables->removeTab(0);
    delete page;
  }
  for (const PreviewTable& table : tables) m_tables->addTab(tableOf(table), text(table.name));
  if (!tables.empty()) return;
  auto* none = new QLabel(tr("This source shows no rows."));
  none->setObjectName(QStringLiteral("secondary"));
  none->setAlignment(Qt::AlignCenter);
  m_tables->addTab(none, tr("Rows"));
}

CohortInfo ImportContentsPage::mapped() const {
  return withVariablesMoved(m_proposed, m_modalityOf);
}

void ImportContentsPage::move(const QStringList& variables, const QString& modality) {
  for (const QString& variable : variables) {
    const std::string name = variable.toStdString();
    const auto home = std::ranges::find_if(m_proposed.modalities, [&](const CohortModality& candidate) {
      return std::ranges::find(candidate.variables, name, &CohortVariable::name) != candidate.variables.end();
    });
    if (home == m_proposed.modalities.end()) continue;
    if (home->name == modality.toStdString()) {
      m_modalityOf.erase(name);
    } else {
      m_modalityOf[name] = modality.toStdString();
    }
  }
  refresh();
  m_variables->mark(variables);
  Q_EMIT changed();
}

void ImportContentsPage::refresh() {
  std::vector<CohortVariable> leftOut;
  for (const CohortModality& modality : m_proposed.modalities)
    for (const CohortVariable& variable : modality.variables) {
      const auto wanted = m_modalityOf.find(variable.name);
      if (wanted != m_modalityOf.end() && wanted->second.empty()) leftOut.push_back(variable);
    }
  const CohortInfo now = mapped();
  m_variables->setContent(now, leftOut);
  const QString typed = m_target->currentText();
  m_target->clear();
  for (const CohortModality& modality : now.modalities)
    if (modality.kind != ModalityKind::Vectors)
      m_target->addItem(text(modality.title.empty() ? modality.name : modality.title), text(modality.name));
  m_target->setCurrentIndex(m_target->findText(typed));
  if (m_target->currentIndex() < 0) m_target->setEditText(typed);
}

}  // namespace fusemoe::ui
