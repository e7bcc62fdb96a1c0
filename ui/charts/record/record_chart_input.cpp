// What the mouse does to the record view.
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "charts/record/record_chart.h"
#include "charts/record/record_snap.h"
#include "charts/record/record_tips.h"
#include "charts/record/value_field.h"
#include "state/document.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kReach = 7;      // pixels from a mark that still mean it
constexpr double kDragStart = 3;  // pixels before a press is a drag
constexpr int kFieldWidth = 76;
constexpr int kFieldHeight = 22;

double distance(const QPointF& a, const QPointF& b) {
  return std::hypot(a.x() - b.x(), a.y() - b.y());
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

}  // namespace fusemoe::ui
