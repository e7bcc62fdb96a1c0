#include "scene/scene_legend.h"

#include <QFontMetricsF>
#include <QPainter>
#include <utility>

#include "scene/scene_painter.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr double kLine = 18;
constexpr double kMarkWidth = 14;
constexpr double kGap = 14;

}  // namespace

QList<QRectF> SceneLegend::places(int width) const {
  const QFontMetricsF metrics(themeFont(kCaptionPixels));
  QList<QRectF> places;
  QPointF at;
  for (const Entry& entry : m_entries) {
    const double needed = kMarkWidth + metrics.horizontalAdvance(entry.text) + 1;
    if (at.x() > 0 && at.x() + needed > width) at = {0, at.y() + kLine};
    places << QRectF(at, QSizeF(needed, kLine));
    at.rx() += needed + kGap;
  }
  return places;
}

int SceneLegend::height(int width) const {
  return m_entries.isEmpty() ? 0 : int(places(width).last().bottom());
}

void SceneLegend::paint(QPainter& painter, int width, const Theme& theme) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(theme.secondary);
  const QList<QRectF> all = places(width);
  for (qsizetype i = 0; i < all.size(); ++i) {
    paintMark(painter, {all[i].left() + 5, all[i].center().y()}, m_entries[i].mark);
    painter.drawText(all[i].adjusted(kMarkWidth, 0, 8, 0), Qt::AlignLeft | Qt::AlignVCenter, m_entries[i].text);
  }
  painter.restore();
}

const SceneLegend::Entry* SceneLegend::entryAt(const QPointF& position, int width) const {
  const QList<QRectF> all = places(width);
  for (qsizetype i = 0; i < all.size(); ++i)
    if (all[i].contains(position)) return &m_entries[i];
  return nullptr;
}

}  // namespace fusemoe::ui
