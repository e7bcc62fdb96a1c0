// The context menu of the record view.
#include <QContextMenuEvent>
#include <QMenu>

#include "charts/record/record_chart.h"
#include "state/document.h"

namespace fusemoe::ui {

void RecordChart::contextMenuEvent(QContextMenuEvent* event) {
  QPointF position = event->pos();
  QPoint global = event->globalPos();
  if (event->reason() == QContextMenuEvent::Keyboard && m_selected) {
    position = m_layout.mark(lane(m_selected->lane), m_selected->lane, m_selected->mark);
    global = viewport()->mapToGlobal(position.toPoint());
  }
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  fillMenu(*menu, position);
  if (menu->isEmpty())
    delete menu;
  else
    menu->popup(global);
}

void RecordChart::fillMenu(QMenu& menu, const QPointF& position) {
  if (const auto index = factAt(position)) {
    const RecordFact fact = m_content.facts[*index];
    menu.addAction(tr("Change %1 …").arg(fact.title), this, [this, index] { askFact(*index); });
    if (fact.mark && fact.mark->edited())
      menu.addAction(tr("Restore as recorded"), this, [this, fact] { m_editor.restoreFact(fact); });
    menu.addAction(fact.variableMasked ? tr("Unmask %1").arg(fact.title) : tr("Mask %1").arg(fact.title), this,
                   [this, fact] { m_editor.setFactMasked(fact, !fact.variableMasked); });
    return;
  }
  const auto index = laneAt(position);
  if (const auto hit = markAt(position); hit && lane(hit->lane).kind != RecordLane::Kind::Documents) {
    const RecordLane from = lane(hit->lane);
    const RecordMark item = mark(*hit);
    select(hit);
    if (from.kind == RecordLane::Kind::Series && !item.deleted)
      menu.addAction(tr("Change value …"), this, [this, hit] { askValue(*hit); });
    if (!item.deleted)
      menu.addAction(tr("Delete %1").arg(itemName(from, item)), this,
                     [this, from, item] { m_editor.remove(from, item); });
    if (item.edited() && !item.added())
      menu.addAction(tr("Restore as recorded"), this, [this, from, item] { m_editor.restore(from, item); });
  } else if (index && m_layout.plot().contains(position) && lane(*index).kind == RecordLane::Kind::Series) {
    menu.addAction(tr("Add an observation here"), this, [this, index, position] { addAt(*index, position); });
  }
  if (index && lane(*index).kind == RecordLane::Kind::Series) {
    const RecordLane from = lane(*index);
    menu.addAction(from.variableMasked ? tr("Unmask %1").arg(from.title) : tr("Mask %1").arg(from.title), this,
                   [this, from] { m_editor.setVariableMasked(from, !from.variableMasked); });
  }
  if (m_window)
    menu.addAction(tr("Mask %1").arg(windowText(*m_window, m_content)), this, &RecordChart::maskChosenWindow);
  const double hour = m_layout.hour(position.x());
  for (const MaskWindow& window : m_content.windows) {
    const bool here = hour >= double(window.from) && hour <= double(window.until);
    if (!here || !index || (!window.modality.empty() && window.modality != lane(*index).modality)) continue;
    menu.addAction(tr("Unmask %1").arg(windowText(window, m_content)), this,
                   [this, window] { m_editor.unmaskWindow(window, m_content); });
  }
  if (!m_context.document.edits().empty()) {
    menu.addSeparator();
    menu.addAction(tr("Discard all edits of this record"), this, &RecordChart::discardEdits);
  }
}

}  // namespace fusemoe::ui
