#include "charts/plot_style.h"

#include <QCoreApplication>
#include <QHash>
#include <QPainter>
#include <QPixmap>
#include <QTransform>
#include <algorithm>
#include <cmath>

#include "charts/qcp.h"
#include "state/format.h"
#include "state/selection.h"
#include "state/theme.h"

namespace fusemoe::ui {

QBrush hatchBrush(const QColor& colour, double devicePixelRatio) {
  static QHash<QPair<QRgb, int>, QBrush> brushes;  // a handful of colours; GUI thread
  const QPair<QRgb, int> key(colour.rgba(), qRound(devicePixelRatio * 100));
  if (const auto found = brushes.constFind(key); found != brushes.cend()) return *found;
  constexpr double kTile = 6.0;
  const int size = qMax(1, qRound(kTile * devicePixelRatio));
  QPixmap tile(size, size);
  QColor tint = colour;
  tint.setAlphaF(0.22F);
  tile.fill(Qt::transparent);
  QPainter painter(&tile);
  painter.fillRect(tile.rect(), tint);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colour, 1.5 * devicePixelRatio));
  for (const int shift : {-size, 0, size})
    painter.drawLine(QPointF(shift - 1, size + 1), QPointF(shift + size + 1, -1));
  painter.end();
  QBrush brush(tile);
  brush.setTransform(QTransform::fromScale(1 / devicePixelRatio, 1 / devicePixelRatio));
  return *brushes.insert(key, brush);
}

void drawHatchLines(QPainter& painter, const QRectF& rect, const QColor& colour) {
  constexpr double kStep = 6.0;
  QColor tint = colour;
  tint.setAlphaF(0.22F);
  painter.save();
  painter.fillRect(rect, tint);
  painter.setClipRect(rect, Qt::IntersectClip);
  painter.setPen(QPen(colour, 1.5));
  for (double x = rect.left() - rect.height(); x < rect.right(); x += kStep)
    painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
  painter.restore();
}

void stylePlot(QCustomPlot& plot, const Theme& theme) {
  plot.setBackground(QBrush(theme.surface));
  plot.setNoAntialiasingOnDrag(false);
  for (QCPAxisRect* rect : plot.axisRects()) {
    for (QCPAxis* axis : rect->axes()) styleAxis(*axis, theme);
  }
}

void styleAxis(QCPAxis& axis, const Theme& theme) {
  const bool horizontal = axis.orientation() == Qt::Horizontal;
  const QFont caption = themeFont(kCaptionPixels);
  axis.setTickLabelFont(caption);
  axis.setTickLabelColor(theme.secondary);
  axis.setLabelFont(caption);
  axis.setLabelColor(theme.secondary);
  axis.setTickPen(Qt::NoPen);
  axis.setSubTicks(false);
  axis.setTickLength(0, 0);
  axis.setTickLabelPadding(horizontal ? 5 : 7);
  axis.setLabelPadding(4);
  axis.setBasePen(horizontal ? QPen(theme.border, 1) : QPen(Qt::NoPen));
  axis.grid()->setPen(QPen(theme.grid, 1));
  axis.grid()->setZeroLinePen(Qt::NoPen);
}

void setExpertTicks(QCPAxis& axis, int experts, int width) {
  const int nameWidth = experts < 10 ? 20 : 27;  // with a gap to the next
  constexpr int kNumberWidth = 15;
  const bool names = nameWidth * experts <= width;
  const int step = names ? 1 : std::max(1, (kNumberWidth * experts + width - 1) / std::max(1, width));
  QMap<double, QString> ticks;
  for (int expert = 0; expert < experts; expert += step)
    ticks.insert(expert, names ? expertName(expert) : QString::number(expert + 1));
  const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  ticker->setTicks(ticks);
  axis.setTicker(ticker);
  axis.setRange(-0.5, experts - 0.5);
  axis.setLabel(names ? QString() : QCoreApplication::translate("fusemoe::ui::charts", "expert"));
}

void placePointedName(QCPItemText& item) {
  item.position->setTypeX(QCPItemPosition::ptPlotCoords);
  item.position->setTypeY(QCPItemPosition::ptAxisRectRatio);
  item.setPositionAlignment(Qt::AlignTop | Qt::AlignHCenter);
  item.setLayer(QStringLiteral("overlay"));  // above the axis' own labels
  item.setClipToAxisRect(false);
  item.setPadding(QMargins(4, 3, 4, 2));
  item.setVisible(false);
}

void showPointedName(QCPItemText& item, const QString& name, double place, bool selected, const Theme& theme) {
  item.setVisible(!name.isEmpty());
  if (name.isEmpty()) return;
  item.setText(name);
  item.setFont(themeFont(kCaptionPixels, QFont::DemiBold));
  item.setColor(selected ? theme.textOn(theme.accent) : theme.accent);
  item.setBrush(selected ? theme.accent : theme.surface);
  item.position->setCoords(place, 1.0);
}

void showExpertName(QCPItemText& item, const Selection& selection, const Theme& theme) {
  const int expert = selection.expert();
  showPointedName(item, expert < 0 ? QString() : expertName(expert), expert, expert == selection.selected().expert,
                  theme);
}

void setEpochTicks(QCPAxis& axis) {
  constexpr int kMost = 5;
  const double step = niceCeiling(axis.range().size() / kMost);
  const auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
  ticker->setTickStep(axis.range().size() < 1.5 ? 0.5 : std::max(1.0, std::ceil(step)));
  axis.setTicker(ticker);
}

double niceCeiling(double value) {
  if (!(value > 0)) return 1.0;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
    if (value <= step * power * (1 + 1e-9)) return step * power;
  }
  return 10.0 * power;
}

}  // namespace fusemoe::ui
