#include "charts/interval_bars.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "charts/routing_numbers.h"
#include "state/appearance.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kLeastRow = 22, kMostRow = 34;
constexpr int kAxisHeight = 40;    // ticks and title below the rows
constexpr int kLegendHeight = 20;  // above them
constexpr int kGap = 10;
constexpr int kMark = 9;
constexpr int kNarrow = 460;  // plots below it say no interval in numbers

bool finite(const std::optional<double>& value) {
  return value && std::isfinite(*value);
}

bool finite(const std::optional<Interval>& interval) {
  return interval && std::isfinite(interval->low) && std::isfinite(interval->high);
}

}  // namespace

IntervalBars::IntervalBars(const ViewContext& context, QWidget* parent)
    : RowChart(context, kLeastRow, kMostRow, parent) {
  setAccessibleName(tr("Values with their intervals"));
  setAccessibleDescription(tr("A row a value, with its 95 % interval as a line; arrow keys step through the rows"));
  plot().axisRect()->setAutoMargins(QCP::msBottom);
}

void IntervalBars::setContent(IntervalContent content) {
  m_content = std::move(content);
  setRows(static_cast<int>(m_content.rows.size()));
}

int IntervalBars::comfortableHeight() const {
  const auto rows = static_cast<int>(m_content.rows.size());
  return static_cast<int>(rows * (kLeastRow + 6)) + kAxisHeight + (hasSecond() ? kLegendHeight : 4);
}

double IntervalBars::least() const {
  return plot().xAxis->range().lower;
}

double IntervalBars::most() const {
  return plot().xAxis->range().upper;
}

bool IntervalBars::hasSecond() const {
  return std::ranges::any_of(m_content.rows, [](const IntervalRow& row) { return finite(row.second); });
}

std::pair<double, double> IntervalBars::span() const {
  if (m_content.range) return *m_content.range;
  double low = 0, high = 0;
  const auto take = [&](double value) { low = std::min(low, value), high = std::max(high, value); };
  for (const IntervalRow& row : m_content.rows) {
    if (finite(row.value)) take(*row.value);
    if (finite(row.second)) take(*row.second);
    if (finite(row.interval)) take(row.interval->low), take(row.interval->high);
  }
  if (low == 0 && high == 0) return {0, 1};
  return {low < 0 ? -niceCeiling(-low) : 0, high > 0 ? niceCeiling(high) : 0};
}

QString IntervalBars::text(const IntervalRow& row) const {
  if (!finite(row.value)) return QStringLiteral("–");
  const auto say = [this](double value) {
    return m_content.differences ? signedNumber(value, m_content.decimals) : number(value, m_content.decimals);
  };
  if (!finite(row.interval) || plot().viewport().width() < kNarrow) return say(*row.value);
  return tr("%1 (%2 … %3)").arg(say(*row.value), say(row.interval->low), say(row.interval->high));
}

void IntervalBars::refresh() {
  const QFontMetrics metrics(themeFont(kCaptionPixels));
  int labels = 0, texts = 0;
  for (const IntervalRow& row : m_content.rows) {
    labels = std::max(labels, metrics.horizontalAdvance(row.label));
    texts = std::max(texts, metrics.horizontalAdvance(text(row)));
  }
  const int width = plot().viewport().width();
  const int left = std::min(labels + 2 * kGap + kMark + 4, width * 2 / 5);
  const int right = std::min(texts + 2 * kGap, width / 3);
  plot().axisRect()->setMargins(QMargins(left, hasSecond() ? kLegendHeight : 4, right, 0));
  const auto [low, high] = span();
  plot().xAxis->setRange(low, high);
  plot().xAxis->ticker()->setTickCount(width < kNarrow ? 3 : 5);
  plot().xAxis->setLabel(m_content.axis);
}

double IntervalBars::pixel(double value) const {
  return plot().xAxis->coordToPixel(value);
}

void IntervalBars::paint(QCPPainter& painter) {
  const QRect all = plot().axisRect()->rect();
  const auto [first, end] = shownRows();
  painter.setFont(themeFont(kCaptionPixels));
  if (currentRow() >= first && currentRow() < end) painter.fillRect(rowRect(currentRow()), theme().selection);
  const double zero = std::round(pixel(0));
  painter.setPen(QPen(theme().faint, 1));
  painter.drawLine(QPointF(zero, all.top()), QPointF(zero, all.bottom() + 1.0));
  for (int row = first; row < end; ++row) paintRow(painter, row);
  if (hasSecond()) paintLegend(painter);
  painter.setPen(theme().secondary);
  painter.drawText(QRectF(2, all.bottom() + 20, plot().viewport().width(), 16), Qt::AlignLeft | Qt::AlignVCenter,
                   cutNote());
}

void IntervalBars::paintRow(QCPPainter& painter, int index) {
  const IntervalRow& row = m_content.rows[size_t(index)];
  const QRectF place = rowRect(index);
  const QRect all = plot().axisRect()->rect();
  const double middle = std::round(place.center().y());
  const double opacity = emphasis(row.modality);
  painter.setAntialiasing(true);
  painter.setOpacity(opacity);
  if (row.modality >= 0) paintMark(painter, {kMark / 2.0 + 3, middle}, row.modality, false);
  const QRectF name(kMark + kGap, place.top(), all.left() - kMark - 2 * kGap, place.height());
  painter.setPen(theme().text);
  painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(row.label, Qt::ElideRight, int(name.width())));
  const QRectF beside(all.right() + kGap, place.top(), plot().viewport().width() - all.right() - kGap, place.height());
  painter.setPen(theme().text);
  painter.drawText(beside, Qt::AlignLeft | Qt::AlignVCenter, text(row));
  if (!finite(row.value)) {
    const QRectF reason(all.left() + kGap, place.top(), all.width() - kGap, place.height());
    painter.setPen(theme().secondary);
    painter.drawText(reason, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.reason, Qt::ElideRight, int(reason.width())));
    painter.setOpacity(1);
    return;
  }
  const QColor colour = theme().modality(row.modality);
  painter.setAntialiasing(false);
  if (m_content.bars) {
    const double half = std::floor(std::min(place.height() * 0.27, 8.0));
    painter.setOpacity(opacity * 0.75);
    painter.fillRect(
        QRectF(QPointF(std::round(pixel(0)), middle - half), QPointF(std::round(pixel(*row.value)), middle + half))
            .normalized(),
        colour);
    painter.setOpacity(opacity);
  }
  if (finite(row.interval)) {
    const double low = std::round(pixel(row.interval->low)), high = std::round(pixel(row.interval->high));
    painter.setPen(QPen(m_content.bars ? theme().text : colour, m_content.bars ? 1 : 2, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(low, middle), QPointF(high, middle));
    for (const double end : {low, high}) painter.drawLine(QPointF(end, middle - 4), QPointF(end, middle + 4));
  }
  painter.setAntialiasing(true);
  if (finite(row.second)) paintMark(painter, {pixel(*row.second), middle}, row.modality, true);
  if (!m_content.bars) paintMark(painter, {pixel(*row.value), middle}, row.modality, false);
  painter.setOpacity(1);
}

void IntervalBars::paintMark(QCPPainter& painter, const QPointF& place, int modality, bool hollow) const {
  using Shape = QCPScatterStyle;
  constexpr std::array kShapes{Shape::ssDisc,     Shape::ssSquare,           Shape::ssDiamond,
                               Shape::ssTriangle, Shape::ssTriangleInverted, Shape::ssCircle};
  const QColor colour = theme().modality(modality);
  const auto shape = modality < 0 ? Shape::ssDisc : kShapes[size_t(modality) % kShapes.size()];
  const QCPScatterStyle style(hollow ? Shape::ssCircle : shape, hollow ? QPen(theme().text, 1.5) : QPen(colour, 1.5),
                              hollow ? QBrush(theme().surface) : QBrush(colour), kMark - 1);
  style.applyTo(&painter, hollow ? QPen(theme().text, 1.5) : QPen(colour, 1.5));
  style.drawShape(&painter, place);
}

void IntervalBars::paintLegend(QCPPainter& painter) const {
  const QFontMetrics metrics = painter.fontMetrics();
  const int all = metrics.horizontalAdvance(m_content.valueName) + metrics.horizontalAdvance(m_content.secondName) +
                  2 * (kMark + 10) + 2 * kGap;
  double x = std::max(2, std::min(plot().axisRect()->rect().left() + 2, plot().viewport().width() - all - 2));
  const double middle = kLegendHeight / 2.0 - 1;
  painter.setAntialiasing(true);
  for (const bool hollow : {false, true}) {
    paintMark(painter, {x + kMark / 2.0, middle}, -1, hollow);
    const QString& name = hollow ? m_content.secondName : m_content.valueName;
    painter.setPen(theme().secondary);
    const int width = painter.fontMetrics().horizontalAdvance(name) + 4;
    painter.drawText(QRectF(x + kMark + 6, 0, width, 2 * middle), Qt::AlignLeft | Qt::AlignVCenter, name);
    x += kMark + 6 + width + 2 * kGap;
  }
}

QString IntervalBars::pointAt(const QPoint& position) {
  const int index = rowAt(position);
  if (index < 0) return {};
  const IntervalRow& row = m_content.rows[size_t(index)];
  if (row.modality >= 0) {
    context().selection.hover(-1, row.modality);
  } else {
    context().selection.clear();
  }
  QStringList lines{QStringLiteral("<b>%1</b>").arg(row.label.toHtmlEscaped())};
  const int decimals = m_content.decimals + 1;
  if (finite(row.value)) {
    lines << QStringLiteral("%1: <b>%2</b>")
                 .arg((m_content.valueName.isEmpty() ? m_content.axis : m_content.valueName).toHtmlEscaped(),
                      number(*row.value, decimals));
  } else {
    lines << row.reason.toHtmlEscaped();
  }
  if (finite(row.interval))
    lines
        << tr("95 % interval: %1 … %2").arg(number(row.interval->low, decimals), number(row.interval->high, decimals));
  if (finite(row.second))
    lines << QStringLiteral("%1: %2").arg(m_content.secondName.toHtmlEscaped(), number(*row.second, decimals));
  if (!row.note.isEmpty()) lines << row.note.toHtmlEscaped();
  return lines.join(QStringLiteral("<br>"));
}

Table IntervalBars::table() const {
  Table table;
  if (!ready()) return table;
  const QString value = m_content.valueName.isEmpty() ? m_content.axis : m_content.valueName;
  table.columns = {tr("row"), value, tr("95 % low"), tr("95 % high")};
  const bool second = hasSecond();
  if (second) table.columns << m_content.secondName;
  table.columns << tr("remark");
  const auto cell = [](const std::optional<double>& number) { return finite(number) ? exact(*number) : QString(); };
  for (const IntervalRow& row : m_content.rows) {
    QStringList cells{row.label, cell(row.value)};
    cells << (finite(row.interval) ? exact(row.interval->low) : QString())
          << (finite(row.interval) ? exact(row.interval->high) : QString());
    if (second) cells << cell(row.second);
    cells << (finite(row.value) ? row.note : row.reason);
    table.rows.push_back(cells);
  }
  return table;
}

}  // namespace fusemoe::ui
