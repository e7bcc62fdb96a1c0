#include "charts/record/record_editor.h"

#include <algorithm>
#include <utility>

#include "state/document.h"

namespace fusemoe::ui {
namespace {

RecordItem itemOf(const RecordLane& lane, const RecordMark& mark) {
  return {lane.modality, lane.variable, mark};
}

}  // namespace

QString itemName(const RecordLane& lane, const RecordMark& mark) {
  if (lane.kind == RecordLane::Kind::Series) return lane.title;
  const auto index = static_cast<std::size_t>(mark.index);
  const QString name = index < lane.names.size() ? lane.names[index] : QString();
  return name.isEmpty() ? lane.title : name;
}

QString windowText(const MaskWindow& window, const RecordContent& content) {
  const QString span =
      RecordEditor::tr("%1 to %2").arg(content.time.text(double(window.from)), content.time.text(double(window.until)));
  if (window.modality.empty()) return span;
  const auto lane = std::ranges::find(content.lanes, window.modality, &RecordLane::modality);
  const QString title = lane == content.lanes.end() ? QString::fromStdString(window.modality) : lane->modalityTitle;
  return RecordEditor::tr("%1 of %2").arg(span, title);
}

void RecordEditor::push(RecordEdits edits, const QString& text) {
  m_document.beginGesture();
  m_document.setEdits(std::move(edits), text);
}

void RecordEditor::move(const RecordEdits& base, const RecordLane& lane, const RecordMark& mark,
                        const Observation& target, const TimeScale& time) {
  const QString name = itemName(lane, mark);
  const QString when = time.text(double(target.hour));
  const QString value = lane.text(double(target.value));
  const QString text = lane.kind != RecordLane::Kind::Series ? tr("move %1 to %2").arg(name, when)
                       : target.hour == mark.shown.hour      ? tr("move %1 to %2").arg(name, value)
                                                             : tr("move %1 to %2 at %3").arg(name, value, when);
  m_document.setEdits(target == mark.shown ? base : withMoved(base, itemOf(lane, mark), target), text);
}

void RecordEditor::add(const RecordLane& lane, const Observation& observation) {
  push(with(m_document.edits(), AddObservation{lane.modality, lane.variable, observation}),
       tr("add %1 of %2").arg(lane.title, lane.text(double(observation.value))));
}

void RecordEditor::remove(const RecordLane& lane, const RecordMark& mark) {
  push(withDeleted(m_document.edits(), itemOf(lane, mark)), tr("delete %1").arg(itemName(lane, mark)));
}

void RecordEditor::restore(const RecordLane& lane, const RecordMark& mark) {
  push(withRestored(m_document.edits(), itemOf(lane, mark)), tr("restore %1").arg(itemName(lane, mark)));
}

void RecordEditor::setVariableMasked(const RecordLane& lane, bool masked) {
  const MaskVariable mask{lane.modality, lane.variable};
  push(masked ? with(m_document.edits(), mask) : without(m_document.edits(), mask),
       masked ? tr("mask %1").arg(lane.title) : tr("unmask %1").arg(lane.title));
}

void RecordEditor::maskWindow(const MaskWindow& window, const RecordContent& content) {
  push(with(m_document.edits(), window), tr("mask %1").arg(windowText(window, content)));
}

void RecordEditor::unmaskWindow(const MaskWindow& window, const RecordContent& content) {
  push(without(m_document.edits(), window), tr("unmask %1").arg(windowText(window, content)));
}

void RecordEditor::setFact(const RecordFact& fact, double value) {
  const Observation target{0, static_cast<float>(value)};
  RecordEdits edits = fact.mark ? withMoved(m_document.edits(), {fact.modality, fact.variable, *fact.mark}, target)
                                : with(m_document.edits(), AddObservation{fact.modality, fact.variable, target});
  push(std::move(edits), tr("change %1 to %2").arg(fact.title, fact.text(value)));
}

void RecordEditor::restoreFact(const RecordFact& fact) {
  if (!fact.mark) return;
  push(withRestored(m_document.edits(), {fact.modality, fact.variable, *fact.mark}), tr("restore %1").arg(fact.title));
}

void RecordEditor::setFactMasked(const RecordFact& fact, bool masked) {
  const MaskVariable mask{fact.modality, fact.variable};
  push(masked ? with(m_document.edits(), mask) : without(m_document.edits(), mask),
       masked ? tr("mask %1").arg(fact.title) : tr("unmask %1").arg(fact.title));
}

void RecordEditor::discard() {
  push({}, tr("discard the edits of the record"));
}

}  // namespace fusemoe::ui
