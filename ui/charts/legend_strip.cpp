#include "charts/legend_strip.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <numeric>

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
constexpr int kShortest = 40;

}  // namespace

LegendStrip::LegendStrip(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setAccessibleName(tr("Legend"));
  connect(&context.selection, &Selection::changed, this, QOverload<>::of(&QWidget::update));
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

QList<QRect> LegendStrip::places(int room) const {
  const QFontMetrics metrics(themeFont(kCaptionPixels, QFont::DemiBold));  // a selected name takes no more room
  QList<int> widths;
  for (const Entry& entry : m_entries) widths << kSwatch + kSwatchGap + metrics.horizontalAdvance(entry.text) + 1;
  const auto gaps = static_cast<int>(std::max<qsizetype>(1, m_entries.size() - 1));
  const auto total = [&](int most) {
    return std::accumulate(widths.begin(), widths.end(), 0,
                           [&](int sum, int width) { return sum + std::min(width, most); });
  };
  // Where not all fit, the longest give way.
  int most = widths.isEmpty() ? 0 : *std::ranges::max_element(widths);
  while (most > kShortest && total(most) + gaps * kNarrowGap > room - m_indent) --most;
  const int gap = std::clamp((room - m_indent - total(most)) / gaps, kNarrowGap, kWideGap);
  QList<QRect> places;
  int x = m_indent;
  for (const int width : widths) {
    places << QRect(x, 0, std::min(width, most), kHeight);
    x += std::min(width, most) + gap;
  }
  return places;
}

void LegendStrip::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  paint(painter, rect());
}

void LegendStrip::paint(QPainter& painter, const QRect& area) const {
  const Theme& theme = m_context.appearance.theme();
  const QList<QRect> all = places(area.width());
  painter.save();
  painter.translate(area.topLeft());
  for (qsizetype i = 0; i < m_entries.size(); ++i) {
    const Entry& entry = m_entries[i];
    const bool selected = entry.modality >= 0 && entry.modality == m_context.selection.selected().modality;
    drawMark(painter, all[i], entry);
    painter.setFont(themeFont(kCaptionPixels, selected ? QFont::DemiBold : QFont::Normal));
    painter.setPen(selected ? theme.accent : theme.secondary);
    const QRect place = all[i].adjusted(kSwatch + kSwatchGap, 0, 2, 0);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(entry.text, Qt::ElideRight, place.width()));
  }
  painter.restore();
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
  if (entry.mark == Mark::Hatched) {
    drawHatchLines(painter, swatch, colour);
  } else {
    painter.setBrush(colour);
    painter.drawRoundedRect(swatch, 2, 2);
  }
  painter.restore();
}

int LegendStrip::modalityAt(const QPoint& position) const {
  const QList<QRect> all = places(width());
  for (qsizetype i = 0; i < all.size(); ++i)
    if (all[i].contains(position)) return m_entries[i].modality;
  return -1;
}

void LegendStrip::mouseMoveEvent(QMouseEvent* event) {
  m_context.selection.hover(-1, modalityAt(event->pos()));
}

void LegendStrip::mousePressEvent(QMouseEvent* event) {
  const int modality = modalityAt(event->pos());
  if (event->button() == Qt::LeftButton && modality >= 0) m_context.selection.select({-1, modality, -1});
}

void LegendStrip::leaveEvent(QEvent* /*event*/) {
  m_context.selection.clear();
}

}  // namespace fusemoe::ui
