#include "charts/legend_strip.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "charts/plot_style.h"
#include "state/appearance.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr int kHeight = 26;
constexpr int kSwatch = 10;
constexpr int kSwatchGap = 6;
constexpr int kWideGap = 24;
constexpr int kNarrowGap = 10;

}  // namespace

LegendStrip::LegendStrip(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setAccessibleName(tr("Legend"));
}

void LegendStrip::setEntries(const QList<Entry>& entries) {
  if (entries == m_entries) return;
  m_entries = entries;
  update();
}

void LegendStrip::setIndent(int indent) {
  if (indent == m_indent) return;
  m_indent = indent;
  update();
}

QSize LegendStrip::sizeHint() const {
  return {200, kHeight};
}

QList<QRect> LegendStrip::places() const {
  const QFontMetrics metrics(themeFont(kCaptionPixels));
  QList<int> widths;
  int total = 0;
  for (const Entry& entry : m_entries) {
    widths << kSwatch + kSwatchGap + metrics.horizontalAdvance(entry.text) + 1;
    total += widths.last();
  }
  const auto gaps = static_cast<int>(std::max<qsizetype>(1, m_entries.size() - 1));
  const int gap = std::clamp((width() - m_indent - total) / gaps, kNarrowGap, kWideGap);
  QList<QRect> places;
  int x = m_indent;
  for (const int width : widths) {
    places << QRect(x, 0, width, kHeight);
    x += width + gap;
  }
  return places;
}

void LegendStrip::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Theme& theme = m_context.appearance.theme();
  painter.setFont(themeFont(kCaptionPixels));
  const QList<QRect> all = places();
  for (qsizetype i = 0; i < m_entries.size(); ++i) {
    drawMark(painter, all[i], m_entries[i]);
    painter.setPen(theme.secondary);
    painter.drawText(all[i].adjusted(kSwatch + kSwatchGap, 0, 8, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     m_entries[i].text);
  }
}

void LegendStrip::drawMark(QPainter& painter, const QRect& place, const Entry& entry) const {
  const Theme& theme = m_context.appearance.theme();
  const QRect swatch(place.left(), (kHeight - kSwatch) / 2, kSwatch, kSwatch);
  if (entry.mark == Mark::Tick) {
    painter.fillRect(QRect(swatch.left(), swatch.center().y(), kSwatch, 2), theme.faint);
    return;
  }
  const QColor colour = theme.modality(entry.modality);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(entry.mark == Mark::Hatched ? hatchBrush(colour, devicePixelRatioF()) : QBrush(colour));
  painter.drawRoundedRect(swatch, 2, 2);
  painter.restore();
}

void LegendStrip::mouseMoveEvent(QMouseEvent* event) {
  const QList<QRect> all = places();
  for (qsizetype i = 0; i < all.size(); ++i) {
    if (all[i].contains(event->pos())) {
      m_context.selection.hover(-1, m_entries[i].modality);
      return;
    }
  }
  m_context.selection.clear();
}

void LegendStrip::leaveEvent(QEvent* /*event*/) {
  m_context.selection.clear();
}

}  // namespace fusemoe::ui
