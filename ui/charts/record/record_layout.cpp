#include "charts/record/record_layout.h"

#include <QFontMetricsF>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "state/format.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr double kLeastGutter = 104;
constexpr double kMostGutterShare = 0.42;
constexpr double kRight = 14;  // half a time label past the axis' end
constexpr double kFactGap = 18;
constexpr double kFactMark = 12;
constexpr double kMostLane = 72;
constexpr int kMostRows = 4;
constexpr double kLabelGap = 10;
constexpr double kTimeTickWidth = 44;
constexpr double kValueTickHeight = 12;

QFontMetricsF metrics() {
  return QFontMetricsF(themeFont(kCaptionPixels));
}

/// The round number (1, 2, 5 times a power of ten) at or above `value`.
double niceStep(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= value * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

/// Hours are read in quarters of a day.
double timeStep(double least, const TimeScale& time) {
  if (time.hoursPerUnit == 1 && time.windowHours > 6) {
    for (const double step : {1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0, 336.0, 720.0})
      if (step >= least) return step;
  }
  return niceStep(least);
}

int decimalsFor(double step) {
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
}

/// Room left of the lanes: for the longest name, as far as that leaves enough for the lanes themselves.
double gutter(const RecordContent& content, double width) {
  const QFontMetricsF font = metrics();
  double longest = 0;
  for (const RecordLane& lane : content.lanes) {
    const double room = lane.kind == RecordLane::Kind::Series ? RecordLayout::kTickRoom : RecordLayout::kTitleGap;
    longest = std::max(longest, font.horizontalAdvance(lane.title) + room);
  }
  const double wanted = longest + RecordLayout::kTitleLeft + 2;
  return std::clamp(wanted, kLeastGutter, std::max(kLeastGutter, kMostGutterShare * width));
}

}  // namespace

QString factText(const RecordFact& fact) {
  if (!fact.mark) return QStringLiteral("%1 –").arg(fact.title);
  QString text = QStringLiteral("%1 %2").arg(fact.title, fact.text(double(fact.mark->shown.value)));
  if (fact.mark->edited() && !fact.mark->added()) text += ' ' + fact.number(double(fact.mark->recorded.value));
  return text;
}

RecordLayout::RecordLayout(const RecordContent& content, const QSizeF& area, double scroll)
    : m_area(area), m_windowHours(content.time.windowHours), m_scroll(scroll) {
  m_left = std::round(gutter(content, area.width()));
  m_right = std::max(m_left + 1, area.width() - kRight);
  placeFacts(content);
  const double top = m_facts.empty() ? 2 : m_facts.back().bottom() + 6;
  const double below = 2 * kRowHeight + 4;
  m_lanes = QRectF(0, top, area.width(), std::max(0.0, area.height() - below - top));
  placeLanes(content);
  m_scroll = std::clamp(m_scroll, 0.0, mostScroll());
}

void RecordLayout::placeFacts(const RecordContent& content) {
  const QFontMetricsF font = metrics();
  double x = 2;
  double y = 2;
  for (const RecordFact& fact : content.facts) {
    const double width = kFactMark + std::ceil(font.horizontalAdvance(factText(fact))) + 2;
    if (x > 2 && x + width > m_area.width()) {
      x = 2;
      y += kRowHeight + 2;
    }
    m_facts.emplace_back(x, y, std::min(width, m_area.width() - x), kRowHeight);
    x += width + kFactGap;
  }
}

void RecordLayout::placeLanes(const RecordContent& content) {
  double least = 0;
  int series = 0;
  for (const RecordLane& lane : content.lanes) {
    std::vector<Place> places;
    double height = kLeastLane;
    if (lane.kind == RecordLane::Kind::Events || lane.kind == RecordLane::Kind::Documents)
      height = placeEvents(lane, places);
    else if (lane.kind == RecordLane::Kind::Missing)
      height = kRowHeight + 4;
    else
      ++series;
    m_places.push_back(std::move(places));
    m_spans.emplace_back(least, height);
    least += height;
  }
  // Room left over goes to the series, alike.
  const double more = series > 0 ? std::clamp((m_lanes.height() - least) / series, 0.0, kMostLane - kLeastLane) : 0;
  double top = 0;
  for (std::size_t i = 0; i < m_spans.size(); ++i) {
    m_spans[i].first = top;
    if (content.lanes[i].kind == RecordLane::Kind::Series) m_spans[i].second = kLeastLane + std::floor(more);
    top += m_spans[i].second;
  }
  m_contentHeight = top;
}

double RecordLayout::placeEvents(const RecordLane& lane, std::vector<Place>& places) const {
  const QFontMetricsF font = metrics();
  places.assign(lane.marks.size(), {});
  std::vector<std::size_t> order(lane.marks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return lane.marks[i].shown.hour; });
  std::array<double, kMostRows> ends;
  ends.fill(-1e9);
  int rows = 1;
  for (const std::size_t i : order) {
    const double from = x(double(lane.marks[i].shown.hour)) - kMarkRadius;
    const double width = font.horizontalAdvance(lane.names.at(i));
    const double until = from + 3 * kMarkRadius + 3 + width;
    const bool fits = until <= m_area.width();
    // The first row whose last label ends before this mark; the last row takes marks alone when all are full.
    const auto free = std::ranges::find_if(ends, [&](double end) { return end <= from; });
    const auto row = free == ends.end() ? std::ranges::min_element(ends) : free;
    places[i].row = static_cast<int>(row - ends.begin());
    places[i].labelled = free != ends.end() && width > 0;
    // At the right edge a label stands left of its mark, where there is room.
    if (places[i].labelled && !fits) places[i].labelled = *row <= from - width - kLabelGap;
    *row = std::max(*row, (places[i].labelled && fits ? until : from + 3 * kMarkRadius) + kLabelGap);
    rows = std::max(rows, places[i].row + 1);
  }
  return std::max<double>(kLeastLane, rows * (kRowHeight - 2) + 6);
}

QRectF RecordLayout::rect(std::size_t lane) const {
  const auto& [top, height] = m_spans.at(lane);
  return {m_left, m_lanes.top() + top - m_scroll, m_right - m_left, height};
}

double RecordLayout::y(const RecordLane& lane, std::size_t index, double value) const {
  const QRectF place = rect(index);
  return place.bottom() - place.height() * (value - lane.low) / (lane.high - lane.low);
}

double RecordLayout::value(const RecordLane& lane, std::size_t index, double y) const {
  const QRectF place = rect(index);
  return lane.low + (lane.high - lane.low) * (place.bottom() - y) / place.height();
}

QPointF RecordLayout::mark(const RecordLane& lane, std::size_t index, std::size_t mark) const {
  const Observation& shown = lane.marks.at(mark).shown;
  if (lane.kind == RecordLane::Kind::Series) return {x(double(shown.hour)), y(lane, index, double(shown.value))};
  const auto& places = m_places.at(index);
  const auto rows = std::ranges::max_element(places, {}, &Place::row)->row + 1;
  const double pitch = kRowHeight - 2;
  return {x(double(shown.hour)), rect(index).center().y() + (places.at(mark).row - (rows - 1) / 2.0) * pitch};
}

QPointF RecordLayout::recordedMark(const RecordLane& lane, std::size_t index, std::size_t mark) const {
  const Observation& recorded = lane.marks.at(mark).recorded;
  const double height = lane.kind == RecordLane::Kind::Series ? y(lane, index, double(recorded.value))
                                                              : this->mark(lane, index, mark).y();
  return {x(double(recorded.hour)), height};
}

std::vector<RecordTick> RecordLayout::timeTicks(const TimeScale& time) const {
  const double end = time.windowHours / time.hoursPerUnit;
  const double step = timeStep(end * kTimeTickWidth / std::max(kTimeTickWidth, m_right - m_left), time);
  std::vector<RecordTick> ticks;
  for (int i = 0; i * step <= end * (1 + 1e-9); ++i)
    ticks.push_back({x(i * step * time.hoursPerUnit), number(i * step, decimalsFor(step))});
  return ticks;
}

std::vector<RecordTick> RecordLayout::valueTicks(const RecordLane& lane, std::size_t index) const {
  const double range = lane.high - lane.low;
  const double step = niceStep(range * kValueTickHeight / rect(index).height());
  std::vector<RecordTick> ticks;
  for (double value = std::ceil(lane.low / step) * step; value <= lane.high; value += step) {
    const double at = y(lane, index, value);
    // A label is whole within its lane.
    if (at < rect(index).top() + 5 || at > rect(index).bottom() - 5) continue;
    ticks.push_back({at, number(value, decimalsFor(step))});
  }
  return ticks;
}

}  // namespace fusemoe::ui
