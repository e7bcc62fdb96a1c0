// What mouse and keyboard do to the record view.
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "charts/record/record_chart.h"
#include "charts/record/record_tips.h"
#include "charts/record/value_field.h"
#include "state/document.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kReach = 7;      // pixels from a mark that still mean it
constexpr double kDragStart = 3;  // pixels before a press is a drag
constexpr double kNudges = 100;   // key presses across the window
constexpr int kValueNudges = 20;  // key presses up a lane
constexpr int kFieldWidth = 76;
constexpr int kFieldHeight = 22;

/// `value` in steps of the unit's finest difference that `most` steps can show.
double snapped(double value, double step) {
  return std::round(value / step) * step;
}

double timeStep(const TimeScale& time, double hours) {
  return std::pow(10.0, std::floor(std::log10(hours / time.hoursPerUnit))) * time.hoursPerUnit;
}

double distance(const QPointF& a, const QPointF& b) {
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

float within(double hour, const TimeScale& time) {
  return static_cast<float>(std::clamp(hour, 0.0, time.windowHours));
}

}  // namespace

std::optional<std::size_t> RecordChart::laneAt(const QPointF& position) const {
  if (!m_layout.lanes().contains(position)) return {};
  for (std::size_t i = 0; i < m_content.lanes.size(); ++i) {
    const QRectF rect = m_layout.rect(i);
    if (position.y() >= rect.top() && position.y() < rect.bottom()) return i;
  }
  return {};
}

std::optional<std::size_t> RecordChart::titleAt(const QPointF& position) const {
  return position.x() < m_layout.plot().left() ? laneAt(position) : std::nullopt;
}

std::optional<std::size_t> RecordChart::factAt(const QPointF& position) const {
  for (std::size_t i = 0; i < m_content.facts.size(); ++i)
    if (m_layout.fact(i).contains(position)) return i;
  return {};
}

std::optional<MarkRef> RecordChart::markAt(const QPointF& position) const {
  const auto index = laneAt(position);
  if (!index) return {};
  std::optional<MarkRef> nearest;
  double least = kReach;
  for (std::size_t i = 0; i < lane(*index).marks.size(); ++i) {
    const double here = distance(m_layout.mark(lane(*index), *index, i), position);
    if (here > least) continue;
    least = here;
    nearest = MarkRef{*index, i};
  }
  return nearest;
}

void RecordChart::hover(const QPointF& position) {
  m_hovered = markAt(position);
  const auto index = laneAt(position);
  const bool inPlot = m_layout.plot().contains(position);
  m_pointer.reset();
  QString tip;
  if (const auto fact = factAt(position)) {
    m_context.selection.hover(-1, m_content.facts[*fact].modelModality);
    tip = factTip(m_content.facts[*fact]);
  } else if (inPlot) {
    m_pointer =
        m_layout.hour(m_hovered ? m_layout.mark(lane(index.value()), *index, m_hovered->mark).x() : position.x());
    m_context.selection.hover(-1, index ? lane(*index).modelModality : -1, m_content.binAt(*m_pointer));
    if (m_hovered) tip = markTip(m_content, *m_hovered, m_bin);
  } else if (index) {
    m_context.selection.hover(-1, lane(*index).modelModality);
    tip = laneTip(lane(*index));
  } else {
    m_context.selection.clear();
  }
  const bool document = m_hovered && lane(m_hovered->lane).kind == RecordLane::Kind::Documents;
  viewport()->setCursor(document                             ? Qt::PointingHandCursor
                        : m_hovered                          ? Qt::SizeAllCursor
                        : m_layout.axis().contains(position) ? Qt::SplitHCursor
                                                             : Qt::ArrowCursor);
  if (tip.isEmpty())
    QToolTip::hideText();
  else
    QToolTip::showText(viewport()->mapToGlobal(position.toPoint() + QPoint(8, 8)), tip, viewport());
  viewport()->update();
}

void RecordChart::leave() {
  m_pointer.reset();
  m_hovered.reset();
  m_context.selection.clear();
  viewport()->update();
}

bool RecordChart::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave) leave();
  return QAbstractScrollArea::viewportEvent(event);
}

void RecordChart::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const QPointF position = event->position();
  m_window.reset();
  QToolTip::hideText();
  const auto index = laneAt(position);
  const auto hit = markAt(position);
  const bool spans = m_layout.axis().contains(position) || (index && event->modifiers().testFlag(Qt::AltModifier));
  select(hit);
  if (hit && lane(hit->lane).kind == RecordLane::Kind::Documents) {
    Q_EMIT documentChosen(static_cast<int>(hit->mark));
  } else if (hit && !spans && !mark(*hit).deleted) {
    m_context.document.beginGesture();
    m_drag = Drag{false, false, position, m_context.document.edits(), lane(hit->lane), mark(*hit), {}};
  } else if (spans && (!index || !lane(*index).modality.empty())) {
    m_drag = Drag{true, false, position, {}, {}, {}, index ? lane(*index).modality : std::string()};
  } else if (m_pointer) {
    m_context.selection.select(m_context.selection.target());
  }
  placeMaskButton();
  viewport()->update();
}

void RecordChart::mouseMoveEvent(QMouseEvent* event) {
  if (!m_drag) {
    hover(event->position());
    return;
  }
  if (!m_drag->moved && distance(event->position(), m_drag->from) < kDragStart) return;
  m_drag->moved = true;
  if (m_drag->window)
    dragWindow(event->position());
  else
    dragMark(event->position(), event->modifiers().testFlag(Qt::ShiftModifier));
}

void RecordChart::dragMark(const QPointF& position, bool locked) {
  if (!m_selected) {  // undone meanwhile
    m_drag.reset();
    return;
  }
  QPointF way = position - m_drag->from;
  if (locked) (std::abs(way.x()) > std::abs(way.y()) ? way.ry() : way.rx()) = 0;
  const RecordLane from = m_drag->lane;
  const double hoursPerPixel = m_content.time.windowHours / m_layout.plot().width();
  const double hours = snapped(way.x() * hoursPerPixel, timeStep(m_content.time, hoursPerPixel));
  Observation target = m_drag->mark.shown;
  if (hours != 0) target.hour = within(double(target.hour) + hours, m_content.time);
  if (from.kind == RecordLane::Kind::Series) {
    const double perPixel = (from.high - from.low) / m_layout.rect(m_selected->lane).height();
    const double change = snapped(-way.y() * perPixel, from.step);
    if (change != 0) target.value = static_cast<float>(double(target.value) + change);
  }
  m_editor.move(m_drag->base, from, m_drag->mark, target, m_content.time);
  RecordMark moved = m_drag->mark;
  if (moved.added()) moved.recorded = target;
  reselect(from, moved);
  m_pointer = double(target.hour);
  m_context.selection.hover(-1, from.modelModality, m_content.binAt(*m_pointer));
  viewport()->update();
}

void RecordChart::dragWindow(const QPointF& position) {
  const double a = std::clamp(m_layout.hour(m_drag->from.x()), 0.0, m_content.time.windowHours);
  const double b = std::clamp(m_layout.hour(position.x()), 0.0, m_content.time.windowHours);
  m_window = MaskWindow{m_drag->scope, within(std::min(a, b), m_content.time), within(std::max(a, b), m_content.time)};
  m_pointer = b;
  viewport()->update();
}

void RecordChart::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_drag) return;
  const bool rescale = !m_drag->window && m_drag->moved;
  m_drag.reset();
  if (rescale) refresh();
  placeMaskButton();
  viewport()->update();
}

void RecordChart::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  m_drag.reset();
  const QPointF position = event->position();
  if (const auto fact = factAt(position)) {
    askFact(*fact);
  } else if (const auto hit = markAt(position)) {
    askValue(*hit);
  } else if (const auto index = laneAt(position); index && m_layout.plot().contains(position)) {
    addAt(*index, position);
  }
}

void RecordChart::addAt(std::size_t index, const QPointF& position) {
  if (lane(index).kind != RecordLane::Kind::Series) return;
  const RecordLane target = lane(index);
  const double hoursPerPixel = m_content.time.windowHours / m_layout.plot().width();
  const double hour = snapped(m_layout.hour(position.x()), timeStep(m_content.time, hoursPerPixel));
  const double value = snapped(m_layout.value(target, index, position.y()), target.step);
  const Observation observation{within(hour, m_content.time), static_cast<float>(value)};
  m_editor.add(target, observation);
  reselect(target, {-1, observation, observation, false, false});
}

void RecordChart::select(const std::optional<MarkRef>& ref) {
  m_selected = ref;
  setAccessibleDescription(ref ? plainText(m_content, *ref) : QString());
  if (ref) {
    const QRectF rect = m_layout.rect(ref->lane);
    const QRectF lanes = m_layout.lanes();
    const double above = lanes.top() - rect.top();
    const double below = rect.bottom() - lanes.bottom();
    if (above > 0)
      verticalScrollBar()->setValue(verticalScrollBar()->value() - static_cast<int>(std::ceil(above)));
    else if (below > 0)
      verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::ceil(below)));
  }
  viewport()->update();
}

/// After an edit: the same item, which may stand elsewhere in its lane now.
void RecordChart::reselect(const RecordLane& of, const RecordMark& item) {
  const auto found = std::ranges::find_if(
      m_content.lanes, [&](const RecordLane& each) { return each.same(of) && each.kind == of.kind; });
  if (found == m_content.lanes.end()) return;
  const auto same = std::ranges::find_if(found->marks, [&](const RecordMark& each) {
    return each.index == item.index && (!item.added() || each.recorded == item.recorded);
  });
  if (same == found->marks.end()) return;
  select(MarkRef{static_cast<std::size_t>(found - m_content.lanes.begin()),
                 static_cast<std::size_t>(same - found->marks.begin())});
}

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

void RecordChart::askValue(const MarkRef& ref) {
  if (!known(ref)) return;
  const RecordLane from = lane(ref.lane);
  const RecordMark item = mark(ref);
  if (from.kind != RecordLane::Kind::Series || item.deleted) return;
  const QPointF at = m_layout.mark(from, ref.lane, ref.mark);
  const int left =
      std::clamp(static_cast<int>(at.x()) - kFieldWidth / 2, 0, std::max(0, viewport()->width() - kFieldWidth));
  const QRect place(left, static_cast<int>(at.y()) - kFieldHeight / 2, kFieldWidth, kFieldHeight);
  const QString name = from.unit.isEmpty() ? from.title : tr("%1 in %2").arg(from.title, from.unit);
  m_field->ask(place, from.number(double(item.shown.value)), name, [this, from, item](double value) {
    m_context.document.beginGesture();
    const Observation target{item.shown.hour, static_cast<float>(value)};
    m_editor.move(m_context.document.edits(), from, item, target, m_content.time);
  });
}

void RecordChart::askFact(std::size_t index) {
  if (index >= m_content.facts.size()) return;
  const RecordFact fact = m_content.facts.at(index);
  QRect place = m_layout.fact(index).toRect();
  place.setWidth(std::max(place.width(), kFieldWidth));
  place.setHeight(kFieldHeight);
  const QString name = fact.unit.isEmpty() ? fact.title : tr("%1 in %2").arg(fact.title, fact.unit);
  m_field->ask(place, fact.mark ? fact.number(double(fact.mark->shown.value)) : QString(), name,
               [this, fact](double value) { m_editor.setFact(fact, value); });
}

void RecordChart::maskChosenWindow() {
  if (!m_window) return;
  const MaskWindow window = *m_window;
  m_window.reset();
  m_editor.maskWindow(window, m_content);
  placeMaskButton();
  setFocus();
}

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
