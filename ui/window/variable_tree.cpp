#include "window/variable_tree.h"

#include <QDropEvent>
#include <QHeaderView>
#include <QMimeData>
#include <cmath>

#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kNameRole = Qt::UserRole;
constexpr int kTakesRole = Qt::UserRole + 1;  // of a group: variables can be dropped on it
constexpr int kUnitWidth = 96;
constexpr int kRangeWidth = 104;

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

void addVariable(QTreeWidgetItem& group, const CohortVariable& variable) {
  auto* item = new QTreeWidgetItem(&group);
  item->setText(0, text(variable.title.empty() ? variable.name : variable.title));
  item->setText(1, text(variable.unit));
  if (std::isfinite(variable.referenceLow) && std::isfinite(variable.referenceHigh))
    item->setText(2, QStringLiteral("%1 … %2").arg(variable.referenceLow).arg(variable.referenceHigh));
  item->setData(0, kNameRole, text(variable.name));
  item->setToolTip(0, text(variable.name));
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
}

}  // namespace

VariableTree::VariableTree(QWidget* parent) : QTreeWidget(parent) {
  setAccessibleName(tr("Modalities and their variables"));
  setObjectName(QStringLiteral("variableTree"));
  setHeaderLabels({tr("Modality, variable"), tr("Unit"), tr("Usual range")});
  header()->setStretchLastSection(false);
  header()->setSectionResizeMode(0, QHeaderView::Stretch);
  header()->setSectionResizeMode(1, QHeaderView::Fixed);
  header()->setSectionResizeMode(2, QHeaderView::Fixed);
  header()->resizeSection(1, kUnitWidth);
  header()->resizeSection(2, kRangeWidth);
  setSelectionMode(ExtendedSelection);
  setDragDropMode(InternalMove);
  setUniformRowHeights(true);
  setIndentation(16);
}

QTreeWidgetItem* VariableTree::addGroup(const QString& title, const QString& name, const QString& kind, bool takes) {
  auto* group = new QTreeWidgetItem(this);
  group->setText(0, title);
  group->setText(1, kind);
  group->setData(0, kNameRole, name);
  group->setData(0, kTakesRole, takes);
  group->setFlags(Qt::ItemIsEnabled | Qt::ItemIsDropEnabled);
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  group->setFont(0, bold);
  return group;
}

void VariableTree::setContent(const CohortInfo& info, const std::vector<CohortVariable>& leftOut) {
  clear();
  for (const CohortModality& modality : info.modalities) {
    const bool vectors = modality.kind == ModalityKind::Vectors;
    const QString kind = vectors ? tr("vectors of %1").arg(modality.width)
                                 : counted(qint64(modality.variables.size()), tr("1 variable"), tr("%1 variables"));
    QTreeWidgetItem* group =
        addGroup(text(modality.title.empty() ? modality.name : modality.title), text(modality.name), kind, !vectors);
    for (const CohortVariable& variable : modality.variables) addVariable(*group, variable);
  }
  if (!leftOut.empty()) {
    QTreeWidgetItem* group = addGroup(tr("Left out"), {}, {}, true);
    group->setForeground(0, palette().brush(QPalette::PlaceholderText));
    for (const CohortVariable& variable : leftOut) addVariable(*group, variable);
  }
  expandAll();
}

QStringList VariableTree::marked() const {
  QStringList names;
  for (const QTreeWidgetItem* item : selectedItems())
    if (item->parent()) names << item->data(0, kNameRole).toString();
  return names;
}

void VariableTree::mark(const QStringList& names) {
  clearSelection();
  for (int g = 0; g < topLevelItemCount(); ++g)
    for (int v = 0; v < topLevelItem(g)->childCount(); ++v) {
      QTreeWidgetItem* item = topLevelItem(g)->child(v);
      if (names.contains(item->data(0, kNameRole).toString())) item->setSelected(true);
    }
}

QTreeWidgetItem* VariableTree::groupAt(const QPoint& position) const {
  QTreeWidgetItem* item = itemAt(position);
  if (item && item->parent()) item = item->parent();
  return item && item->data(0, kTakesRole).toBool() ? item : nullptr;
}

void VariableTree::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasFormat(model()->mimeTypes().value(0))) event->accept();
}

void VariableTree::dragMoveEvent(QDragMoveEvent* event) {
  QTreeWidget::dragMoveEvent(event);  // scrolls at the edges
  if (groupAt(event->position().toPoint())) {
    event->accept();
  } else {
    event->ignore();
  }
}

void VariableTree::dropEvent(QDropEvent* event) {
  const QTreeWidgetItem* group = groupAt(event->position().toPoint());
  if (!group || marked().isEmpty()) return;
  // Nothing is moved here: the tree is filled anew from what the drop means, once the drag is over.
  event->setDropAction(Qt::CopyAction);
  event->accept();
  QMetaObject::invokeMethod(
      this,
      [this, names = marked(), modality = group->data(0, kNameRole).toString()] { Q_EMIT dropped(names, modality); },
      Qt::QueuedConnection);
}

}  // namespace fusemoe::ui
