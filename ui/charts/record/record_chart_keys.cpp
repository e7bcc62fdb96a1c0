// What the keyboard does to the record view.
#include <QKeyEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "charts/record/record_chart.h"
#include "charts/record/record_snap.h"
#include "state/document.h"

namespace fusemoe::ui {
namespace {

constexpr double kNudges = 100;   // key presses across the window
constexpr int kValueNudges = 20;  // key presses up a lane

}  // namespace

void RecordChart::selectInLane(int step) {
  if (!m_selected) {
    for (std::size_t i = 0; i < m_content.lanes.size(); ++i) {
      if (lane(i).marks.empty()) continue;
      select(MarkRef{i, 0});
      return;
    }
    return;
  }
  const RecordMarks& marks = lane(m_selected->lane).marks;
  const auto key = [&](std::size_t i) { return std::pair(marks[i].shown.hour, i); };
  std::optional<std::size_t> next;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const bool beyond = step > 0 ? key(i) > key(m_selected->mark) : key(i) < key(m_selected->mark);
    if (beyond && (!next || (step > 0 ? key(i) < key(*next) : key(i) > key(*next)))) next = i;
  }
  if (next) select(MarkRef{m_selected->lane, *next});
}

void RecordChart::selectBeside(int step) {
  if (!m_selected) {
    selectInLane(step);
    return;
  }
  const double hour = double(mark(*m_selected).shown.hour);
  const auto count = static_cast<std::ptrdiff_t>(m_content.lanes.size());
  for (auto i = static_cast<std::ptrdiff_t>(m_selected->lane) + step; i >= 0 && i < count; i += step) {
    const RecordMarks& marks = lane(static_cast<std::size_t>(i)).marks;
    if (marks.empty()) continue;
    const auto nearest = std::ranges::min_element(
        marks, {}, [&](const RecordMark& each) { return std::abs(double(each.shown.hour) - hour); });
    select(MarkRef{static_cast<std::size_t>(i), static_cast<std::size_t>(nearest - marks.begin())});
    return;
  }
}

void RecordChart::nudge(int hours, int values) {
  if (!m_selected) return;
  const RecordLane from = lane(m_selected->lane);
  RecordMark item = mark(*m_selected);
  if (from.kind == RecordLane::Kind::Documents || item.deleted) return;
  Observation target = item.shown;
  const double step = timeStep(m_content.time, m_content.time.windowHours / kNudges);
  if (hours != 0) target.hour = within(double(target.hour) + hours * step, m_content.time);
  if (values != 0 && from.kind == RecordLane::Kind::Series) {
    const double change = std::max(from.step, snapped((from.high - from.low) / kValueNudges, from.step));
    target.value = static_cast<float>(double(target.value) + values * change);
  }
  if (target == item.shown) return;
  m_editor.move(m_context.document.edits(), from, item, target, m_content.time);
  if (item.added()) item.recorded = target;
  reselect(from, item);
}

/// Halfway to the next observation of the lane, or to the window's end.
void RecordChart::addBySelection() {
  if (!m_selected || lane(m_selected->lane).kind != RecordLane::Kind::Series) return;
  const RecordLane from = lane(m_selected->lane);
  const Observation here = mark(*m_selected).shown;
  Observation next{static_cast<float>(m_content.time.windowHours), here.value};
  for (const RecordMark& other : from.marks)
    if (other.visible() && other.shown.hour > here.hour && other.shown.hour < next.hour) next = other.shown;
  const Observation observation{(here.hour + next.hour) / 2,
                                static_cast<float>(snapped((double(here.value) + double(next.value)) / 2, from.step))};
  m_editor.add(from, observation);
  reselect(from, {-1, observation, observation, false, false});
}

void RecordChart::removeSelected() {
  if (!m_selected) return;
  const RecordLane from = lane(m_selected->lane);
  const RecordMark item = mark(*m_selected);
  if (from.kind != RecordLane::Kind::Documents && !item.deleted) m_editor.remove(from, item);
}

bool RecordChart::takesKey(const QKeyEvent& event) const {
  const bool alt = event.modifiers() == Qt::AltModifier;
  const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
  switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      return plain || (alt && m_selected);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
    case Qt::Key_Insert:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
      return plain && (m_selected || m_window);
    case Qt::Key_Escape:
      return plain && (m_selected || m_window || m_drag);
    default:
      return false;
  }
}

bool RecordChart::event(QEvent* event) {
  // Keys that mean something here are not the window's shortcuts meanwhile.
  if (event->type() == QEvent::ShortcutOverride && takesKey(*static_cast<QKeyEvent*>(event))) event->accept();
  return QAbstractScrollArea::event(event);
}

void RecordChart::keyPressEvent(QKeyEvent* event) {
  if (!takesKey(*event)) {
    QAbstractScrollArea::keyPressEvent(event);
    return;
  }
  const bool moves = event->modifiers() == Qt::AltModifier;
  // Holding a key down is one gesture.
  if (moves && !event->isAutoRepeat()) m_context.document.beginGesture();
  switch (event->key()) {
    case Qt::Key_Left:
      moves ? nudge(-1, 0) : selectInLane(-1);
      break;
    case Qt::Key_Right:
      moves ? nudge(1, 0) : selectInLane(1);
      break;
    case Qt::Key_Up:
      moves ? nudge(0, 1) : selectBeside(-1);
      break;
    case Qt::Key_Down:
      moves ? nudge(0, -1) : selectBeside(1);
      break;
    case Qt::Key_Insert:
      addBySelection();
      break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      removeSelected();
      break;
    case Qt::Key_Escape:
      if (m_drag && !m_drag->window && m_drag->moved)
        m_editor.move(m_drag->base, m_drag->lane, m_drag->mark, m_drag->mark.shown, m_content.time);
      m_drag.reset();
      m_window.reset();
      select({});
      refresh();
      break;
    default:
      if (m_window)
        maskChosenWindow();
      else if (lane(m_selected->lane).kind == RecordLane::Kind::Documents)
        Q_EMIT documentChosen(static_cast<int>(m_selected->mark));
      else
        askValue(*m_selected);
  }
}

void RecordChart::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  if (!m_selected && event->reason() != Qt::MouseFocusReason && event->reason() != Qt::OtherFocusReason)
    selectInLane(1);
  viewport()->update();
}

void RecordChart::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

}  // namespace fusemoe::ui
