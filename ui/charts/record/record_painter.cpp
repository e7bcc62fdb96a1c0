#include "charts/record/record_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "charts/record/record_marks.h"
#include "state/format.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr double kStripe = 3;
constexpr double kMostHalo = 10;
constexpr double kFaded = 0.35;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::record)
};

class RecordPainter {
 public:
  RecordPainter(QPainter& painter, const RecordPicture& picture)
      : m_painter(painter), m_picture(picture), m_layout(picture.layout), m_theme(picture.theme) {}

  void draw() {
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setFont(themeFont(kCaptionPixels));
    for (std::size_t i = 0; i < m_picture.content.facts.size(); ++i) drawFact(i);
    drawTimeGrid();
    m_painter.save();
    m_painter.setClipRect(m_layout.lanes(), Qt::IntersectClip);
    for (std::size_t i = 0; i < m_picture.content.lanes.size(); ++i) {
      if (m_layout.rect(i).intersects(m_layout.lanes())) drawLane(i);
    }
    drawWindow();
    drawCursor();
    m_painter.restore();
    drawAxis();
    drawNote();
    m_painter.restore();
  }

 private:
  QColor colourOf(int modelModality) const {
    return modelModality < 0 ? m_theme.faint : m_theme.modality(modelModality);
  }
  double emphasis(int modelModality) const {
    return m_picture.modality < 0 || modelModality < 0 || m_picture.modality == modelModality ? 1.0 : kFaded;
  }
  QString elided(const QString& text, double width) const {
    return m_painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(width));
  }
  void setStruckOut(bool struck) {
    QFont font = themeFont(kCaptionPixels);
    font.setStrikeOut(struck);
    m_painter.setFont(font);
  }

  void drawFact(std::size_t index) {
    const RecordFact& fact = m_picture.content.facts[index];
    const QRectF place = m_layout.fact(index);
    const QColor colour = colourOf(fact.modelModality);
    m_painter.setOpacity(fact.masked ? 0.55 : emphasis(fact.modelModality));
    const QPointF centre(place.left() + 4, place.center().y());
    drawMark(m_painter, fact.modelModality, centre, colour,
             fact.masked || !fact.mark ? MarkLook::Hollow : MarkLook::Plain);
    const bool edited = fact.mark && fact.mark->edited();
    if (edited) drawEditedOutline(m_painter, centre, m_theme.text);
    double x = place.left() + 12;
    const auto piece = [&](const QString& text, const QColor& ink, bool struck) {
      setStruckOut(struck);
      m_painter.setPen(ink);
      const double width = m_painter.fontMetrics().horizontalAdvance(text);
      m_painter.drawText(QRectF(x, place.top(), place.right() - x, place.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         elided(text, place.right() - x + 1));
      x += width;
    };
    piece(fact.title + ' ', m_theme.secondary, fact.masked);
    if (!fact.mark) {
      piece(QStringLiteral("–"), m_theme.faint, false);
    } else {
      const bool hidden = fact.masked || fact.mark->deleted;
      piece(fact.text(double(fact.mark->shown.value)), hidden ? m_theme.secondary : m_theme.text, hidden);
      if (edited && !fact.mark->added()) {
        x += m_painter.fontMetrics().horizontalAdvance(' ');
        piece(fact.number(double(fact.mark->recorded.value)), m_theme.faint, true);
      }
    }
    setStruckOut(false);
    m_painter.setOpacity(1);
  }

  void drawTimeGrid() {
    m_painter.setPen(QPen(m_theme.grid, 1));
    const QRectF lanes = m_layout.lanes();
    for (const RecordTick& tick : m_layout.timeTicks(m_picture.content.time)) {
      const double x = std::floor(tick.place) + 0.5;
      m_painter.drawLine(QPointF(x, lanes.top()), QPointF(x, lanes.bottom()));
    }
  }

  void drawLane(std::size_t index) {
    const RecordLane& lane = m_picture.content.lanes[index];
    const QRectF place = m_layout.rect(index);
    const QColor colour = colourOf(lane.modelModality);
    m_painter.fillRect(QRectF(0, place.bottom() - 1, m_layout.note().width(), 1), m_theme.grid);
    m_painter.setOpacity(emphasis(lane.modelModality));
    if (lane.kind != RecordLane::Kind::Documents)
      m_painter.fillRect(QRectF(0, place.top() + 1, kStripe, place.height() - 3), colour);
    drawTitle(lane, index);
    if (lane.kind == RecordLane::Kind::Missing) {
      m_painter.setPen(m_theme.faint);
      m_painter.drawText(place.adjusted(4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, Text::tr("not recorded"));
      m_painter.setOpacity(1);
      return;
    }
    if (lane.kind == RecordLane::Kind::Series) drawScale(lane, index);
    if (lane.modalityMasked || lane.variableMasked)
      drawHatch(m_painter, place, lane.modalityMasked ? colour : m_theme.faint);
    drawMaskedWindows(lane, place);
    if (lane.modalityMasked) m_painter.setOpacity(m_painter.opacity() * 0.5);
    m_painter.save();
    m_painter.setClipRect(place.adjusted(-8, 0, 14, 0), Qt::IntersectClip);
    if (lane.kind == RecordLane::Kind::Series) drawLine(lane, index, colour);
    drawMarks(lane, index, colour);
    m_painter.restore();
    m_painter.setOpacity(1);
  }

  void drawTitle(const RecordLane& lane, std::size_t index) {
    const bool series = lane.kind == RecordLane::Kind::Series;
    const double gap = series ? RecordLayout::kTickRoom : RecordLayout::kTitleGap;
    const QRectF place = m_layout.title(index).adjusted(RecordLayout::kTitleLeft, 0, -gap, 0);
    QString second = lane.unit;
    if (lane.variableMasked || lane.modalityMasked)
      second = second.isEmpty() ? Text::tr("masked") : Text::tr("%1, masked").arg(second);
    else if (lane.modelModality < 0 && lane.kind != RecordLane::Kind::Documents)
      second = Text::tr("not in the model");
    const double line = 14;
    const double lines = second.isEmpty() || place.height() < 2 * line ? line : 2 * line;
    QRectF row(place.left(), place.center().y() - lines / 2 - 0.5, place.width(), line);
    setStruckOut(lane.variableMasked);
    m_painter.setPen(lane.modalityMasked || lane.variableMasked ? m_theme.secondary : m_theme.text);
    m_painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, elided(lane.title, row.width()));
    setStruckOut(false);
    if (lines == line) return;
    m_painter.setPen(m_theme.secondary);
    m_painter.drawText(row.Text::tr(0, line), Qt::AlignVCenter | Qt::AlignRight, elided(second, row.width()));
  }

  /// Reference range and value labels.
  void drawScale(const RecordLane& lane, std::size_t index) {
    const QRectF place = m_layout.rect(index);
    if (!std::isnan(lane.referenceLow) || !std::isnan(lane.referenceHigh)) {
      const double top = std::isnan(lane.referenceHigh) ? place.top() : m_layout.y(lane, index, lane.referenceHigh);
      const double bottom = std::isnan(lane.referenceLow) ? place.bottom() : m_layout.y(lane, index, lane.referenceLow);
      const QRectF band(QPointF(place.left(), std::max(top, place.top())),
                        QPointF(place.right(), std::min(bottom, place.bottom() - 1)));
      if (band.height() > 0) m_painter.fillRect(band, m_theme.grid);
    }
    m_painter.setPen(m_theme.faint);
    for (const RecordTick& tick : m_layout.valueTicks(lane, index)) {
      m_painter.drawText(
          QRectF(place.left() - RecordLayout::kTickRoom, tick.place - 8, RecordLayout::kTickRoom - 4, 16),
          Qt::AlignVCenter | Qt::AlignRight, tick.text);
    }
  }

  void drawMaskedWindows(const RecordLane& lane, const QRectF& place) {
    if (lane.kind == RecordLane::Kind::Documents) return;
    for (const MaskWindow& window : m_picture.content.windows) {
      if (!window.modality.empty() && window.modality != lane.modality) continue;
      const double from = m_layout.x(double(window.from));
      const double until = m_layout.x(double(window.until));
      drawHatch(m_painter, QRectF(from, place.top(), until - from, place.height() - 1), m_theme.faint);
    }
  }

  void drawLine(const RecordLane& lane, std::size_t index, const QColor& colour) {
    std::vector<QPointF> points;
    for (std::size_t i = 0; i < lane.marks.size(); ++i)
      if (lane.marks[i].visible()) points.push_back(m_layout.mark(lane, index, i));
    std::ranges::stable_sort(points, {}, &QPointF::x);
    m_painter.setPen(QPen(colour, 1));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPolyline(points.data(), static_cast<int>(points.size()));
  }

  void drawMarks(const RecordLane& lane, std::size_t index, const QColor& colour) {
    for (std::size_t i = 0; i < lane.weights.size(); ++i) drawHalo(lane, index, i, colour);
    for (std::size_t i = 0; i < lane.marks.size(); ++i) drawGhost(lane, index, i);
    for (std::size_t i = 0; i < lane.marks.size(); ++i) {
      const RecordMark& mark = lane.marks[i];
      const QPointF at = m_layout.mark(lane, index, i);
      if (lane.kind == RecordLane::Kind::Documents) {
        drawDocument(m_painter, at, m_theme.secondary, m_theme.surface);
      } else if (!mark.deleted) {
        drawMark(m_painter, lane.modelModality, at, mark.masked ? m_theme.faint : colour,
                 mark.masked ? MarkLook::Hollow : MarkLook::Plain);
        if (mark.edited()) drawEditedOutline(m_painter, at, m_theme.text);
      }
      if (lane.kind != RecordLane::Kind::Series) drawLabel(lane, index, i);
      const MarkRef here{index, i};
      if (m_picture.selected == here)
        drawRing(at, m_theme.accent, m_picture.focused ? 2 : 1.2);
      else if (m_picture.hovered == here)
        drawRing(at, m_theme.faint, 1.2);
    }
  }

  void drawHalo(const RecordLane& lane, std::size_t index, std::size_t mark, const QColor& colour) {
    const double weight = lane.weights[mark];
    if (std::isnan(weight) || lane.largestWeight <= 0) return;
    QColor fill = colour;
    fill.setAlphaF(0.3F);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(fill);
    const double radius = kMostHalo * std::sqrt(weight / lane.largestWeight);
    m_painter.drawEllipse(m_layout.mark(lane, index, mark), radius, radius);
  }

  /// Where it was: a hollow grey point, joined to where it is now; crossed out when deleted.
  void drawGhost(const RecordLane& lane, std::size_t index, std::size_t i) {
    const RecordMark& mark = lane.marks[i];
    if (!mark.edited() || mark.added()) return;
    const QPointF was = m_layout.recordedMark(lane, index, i);
    m_painter.setPen(QPen(m_theme.faint, 1));
    if (!mark.deleted) m_painter.drawLine(was, m_layout.mark(lane, index, i));
    m_painter.setBrush(m_theme.surface);
    m_painter.drawEllipse(was, 3.0, 3.0);
    if (!mark.deleted) return;
    m_painter.drawLine(was + QPointF(-4.5, -4.5), was + QPointF(4.5, 4.5));
    m_painter.drawLine(was + QPointF(-4.5, 4.5), was + QPointF(4.5, -4.5));
  }

  void drawLabel(const RecordLane& lane, std::size_t index, std::size_t i) {
    if (!m_layout.place(index, i).labelled) return;
    const RecordMark& mark = lane.marks[i];
    const QPointF at = m_layout.mark(lane, index, i);
    const QString& name = lane.names.at(i);
    const double width = m_painter.fontMetrics().horizontalAdvance(name) + 2;
    const double gap = RecordLayout::kMarkRadius + 5;
    const bool left = at.x() + gap + width > m_layout.note().width();
    setStruckOut(mark.deleted);
    m_painter.setPen(mark.visible() ? m_theme.text : m_theme.faint);
    m_painter.drawText(QRectF(left ? at.x() - gap - width : at.x() + gap, at.y() - 8, width, 16),
                       Qt::AlignVCenter | (left ? Qt::AlignRight : Qt::AlignLeft), name);
    setStruckOut(false);
  }

  void drawRing(const QPointF& at, const QColor& colour, double width) {
    m_painter.setPen(QPen(colour, width));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawEllipse(at, 7.5, 7.5);
  }

  /// The time window that is being chosen.
  void drawWindow() {
    if (!m_picture.window) return;
    const double from = m_layout.x(double(m_picture.window->from));
    const double until = m_layout.x(double(m_picture.window->until));
    QColor fill = m_theme.accent;
    fill.setAlphaF(0.14F);
    for (std::size_t i = 0; i < m_picture.content.lanes.size(); ++i) {
      const RecordLane& lane = m_picture.content.lanes[i];
      if (lane.kind == RecordLane::Kind::Documents || lane.kind == RecordLane::Kind::Missing) continue;
      if (!m_picture.window->modality.empty() && m_picture.window->modality != lane.modality) continue;
      const QRectF place = m_layout.rect(i);
      m_painter.fillRect(QRectF(from, place.top(), until - from, place.height() - 1), fill);
    }
  }

  /// A line at the hour pointed at, and what each lane's last value was then.
  void drawCursor() {
    if (!m_picture.cursor) return;
    const double x = std::floor(m_layout.x(*m_picture.cursor)) + 0.5;
    m_painter.setPen(QPen(m_theme.accent, 1, Qt::DashLine));
    m_painter.drawLine(QPointF(x, m_layout.lanes().top()), QPointF(x, m_layout.lanes().bottom()));
    for (std::size_t i = 0; i < m_picture.content.lanes.size(); ++i) {
      const RecordLane& lane = m_picture.content.lanes[i];
      const QRectF place = m_layout.rect(i);
      if (lane.kind != RecordLane::Kind::Series || lane.modalityMasked || !place.intersects(m_layout.lanes())) continue;
      if (const auto value = lane.valueAt(*m_picture.cursor))
        drawChip(QPointF(x, place.top() + 1), lane.text(double(value->value)), m_theme.text);
    }
  }

  /// A small text right of a point, or left of it where there is no room.
  void drawChip(const QPointF& at, const QString& text, const QColor& ink) {
    const double width = m_painter.fontMetrics().horizontalAdvance(text) + 6;
    const bool left = at.x() + 3 + width > m_layout.note().width();
    const QRectF chip(left ? at.x() - 3 - width : at.x() + 3, at.y(), width, 14);
    QColor paper = m_theme.surface;
    paper.setAlphaF(0.85F);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(paper);
    m_painter.drawRoundedRect(chip, 2, 2);
    m_painter.setPen(ink);
    m_painter.drawText(chip, Qt::AlignCenter, text);
  }

  void drawAxis() {
    const QRectF axis = m_layout.axis();
    m_painter.fillRect(QRectF(axis.left(), axis.top(), axis.width() + 1, 1), m_theme.border);
    m_painter.setPen(m_theme.secondary);
    for (const RecordTick& tick : m_layout.timeTicks(m_picture.content.time))
      m_painter.drawText(QRectF(tick.place - 30, axis.top() + 3, 60, 16), Qt::AlignHCenter | Qt::AlignVCenter,
                         tick.text);
    m_painter.drawText(QRectF(0, axis.top() + 3, axis.left() - 12, 16), Qt::AlignRight | Qt::AlignVCenter,
                       Text::tr("time, %1").arg(m_picture.content.time.unit));
    if (!m_picture.cursor) return;
    const QString text = m_picture.content.time.text(*m_picture.cursor);
    const double width = m_painter.fontMetrics().horizontalAdvance(text) + 10;
    const double x = std::clamp(m_layout.x(*m_picture.cursor) - width / 2, 0.0, m_layout.note().width() - width);
    const QRectF chip(x, axis.top() + 3, width, 16);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.selection);
    m_painter.drawRoundedRect(chip, 3, 3);
    m_painter.setPen(m_theme.accent);
    m_painter.drawText(chip, Qt::AlignCenter, text);
  }

  /// What the circles mean, or what can be done here.
  void drawNote() {
    const QRectF note = m_layout.note();
    QString text;
    double x = m_layout.axis().left();
    double largest = 0;
    int modality = -1;
    for (const RecordLane& lane : m_picture.content.lanes) {
      if (lane.largestWeight <= largest) continue;
      largest = lane.largestWeight;
      modality = lane.modelModality;
    }
    m_painter.setPen(m_theme.secondary);
    if (largest > 0) {
      text = Text::tr("circles: mTAND weight, bin %1 of %2, largest %3")
                 .arg(m_picture.bin + 1)
                 .arg(m_picture.content.bins)
                 .arg(number(largest, 2));
      QColor fill = colourOf(modality);
      fill.setAlphaF(0.3F);
      m_painter.setPen(Qt::NoPen);
      m_painter.setBrush(fill);
      x = std::max(14.0, std::min(x, note.width() - m_painter.fontMetrics().horizontalAdvance(text) - 2));
      m_painter.drawEllipse(QPointF(x - 8, note.center().y()), 5.5, 5.5);
    } else if (m_picture.hints) {
      text = Text::tr("Drag a point to edit it, double-click to add, drag the axis to mask");
      x = 2;
    }
    m_painter.setPen(largest > 0 ? m_theme.secondary : m_theme.faint);
    m_painter.drawText(QRectF(x, note.top(), note.width() - x, note.height()), Qt::AlignVCenter | Qt::AlignLeft,
                       elided(text, note.width() - x));
  }

  QPainter& m_painter;
  const RecordPicture& m_picture;
  const RecordLayout& m_layout;
  const Theme& m_theme;
};

}  // namespace

void drawRecord(QPainter& painter, const RecordPicture& picture) {
  RecordPainter(painter, picture).draw();
}

}  // namespace fusemoe::ui
