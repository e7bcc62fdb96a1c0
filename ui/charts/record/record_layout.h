#pragma once

#include <QRectF>
#include <QString>
#include <vector>

#include "charts/record/record_content.h"

namespace fusemoe::ui {

/// A tick of an axis: where and what.
struct RecordTick {
  double place = 0;  ///< pixels
  QString text;
};

/// Where everything of a record stands in an area: facts above, lanes that scroll, time axis and a note below. A value.
class RecordLayout {
 public:
  static constexpr int kLeastLane = 36;
  static constexpr int kRowHeight = 16;  ///< of facts, labels of events, axis and note
  static constexpr int kMarkRadius = 3;
  static constexpr double kTitleLeft = 7;  ///< of a lane's name
  static constexpr double kTitleGap = 8;   ///< between name and lane
  static constexpr double kTickRoom = 36;  ///< the same where value labels stand between

  /// Where one event or document stands in its lane.
  struct Place {
    int row = 0;
    bool labelled = false;
  };

  RecordLayout() = default;
  RecordLayout(const RecordContent& content, const QSizeF& area, double scroll);

  /// Height that shows all lanes without scrolling.
  double fullHeight() const { return m_lanes.top() + m_contentHeight + m_area.height() - m_lanes.bottom(); }
  double mostScroll() const { return std::max(0.0, m_contentHeight - m_lanes.height()); }

  /// The visible part of the lanes, names and all; its part right of the names; the axis below; the note below that.
  const QRectF& lanes() const { return m_lanes; }
  QRectF plot() const { return {m_left, m_lanes.top(), m_right - m_left, m_lanes.height()}; }
  QRectF axis() const { return {m_left, m_lanes.bottom(), m_right - m_left, double(kRowHeight + 4)}; }
  QRectF note() const { return {0, axis().bottom(), m_area.width(), double(kRowHeight)}; }
  QRectF title(std::size_t lane) const { return {0, rect(lane).top(), m_left, rect(lane).height()}; }
  /// Of one lane, right of its name, and of one fact.
  QRectF rect(std::size_t lane) const;
  const QRectF& fact(std::size_t index) const { return m_facts.at(index); }

  double x(double hour) const { return m_left + (m_right - m_left) * hour / m_windowHours; }
  double hour(double x) const { return m_windowHours * (x - m_left) / (m_right - m_left); }
  double y(const RecordLane& lane, std::size_t index, double value) const;
  double value(const RecordLane& lane, std::size_t index, double y) const;
  /// Where a mark stands.
  QPointF mark(const RecordLane& lane, std::size_t index, std::size_t mark) const;
  /// The same for a mark as recorded.
  QPointF recordedMark(const RecordLane& lane, std::size_t index, std::size_t mark) const;
  const Place& place(std::size_t lane, std::size_t mark) const { return m_places.at(lane).at(mark); }

  std::vector<RecordTick> timeTicks(const TimeScale& time) const;
  std::vector<RecordTick> valueTicks(const RecordLane& lane, std::size_t index) const;

 private:
  void placeFacts(const RecordContent& content);
  void placeLanes(const RecordContent& content);
  double placeEvents(const RecordLane& lane, std::vector<Place>& places) const;

  QSizeF m_area;
  QRectF m_lanes;
  double m_left = 0, m_right = 1;
  double m_windowHours = 1;
  double m_scroll = 0;
  double m_contentHeight = 0;
  std::vector<QRectF> m_facts;
  std::vector<std::pair<double, double>> m_spans;  ///< of the lanes: top and height, unscrolled
  std::vector<std::vector<Place>> m_places;        ///< of events and documents
};

/// "Age 61 y": the text of a fact that its place is made for.
QString factText(const RecordFact& fact);

}  // namespace fusemoe::ui
