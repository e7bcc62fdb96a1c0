#include "charts/distribution_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "charts/paint_layer.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "charts/routing_numbers.h"
#include "state/appearance.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kLeastBins = 8, kMostBins = 40;
constexpr int kDotBins = 50;
constexpr int kLane = 15;    // height of a line of names
constexpr double kDot = 14;  // with the gap to the next

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * double(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - double(below)) * (sorted[above] - sorted[below]);
}

/// Freedman and Diaconis (1981): 2 · interquartile range / ∛n wide.
int binCount(const std::vector<double>& sorted, double range) {
  const double spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const double width = 2 * spread / std::cbrt(double(sorted.size()));
  if (!(width > 0)) return kLeastBins;
  return static_cast<int>(std::clamp(std::ceil(range / width), double(kLeastBins), double(kMostBins)));
}

}  // namespace

DistributionChart::DistributionChart(const ViewContext& context, QWidget* parent)
    : Chart(context, parent, Source::Other) {
  new PaintLayer(plot().xAxis, plot().yAxis, [this](QCPPainter& painter) {
    if (ready()) paint(painter);
  });
  setAccessibleName(tr("Distribution"));
  setAccessibleDescription(tr("A sample over its values, with marks; drag to select a range, Escape ends it"));
  plot().xAxis->grid()->setVisible(false);
  plot().yAxis->ticker()->setTickCount(3);
}

void DistributionChart::setContent(DistributionContent content) {
  m_content = std::move(content);
  m_values = m_content.values;
  std::erase_if(m_values, [](double value) { return !std::isfinite(value); });
  std::ranges::sort(m_values);
  m_brushed.reset();
  m_anchor.reset();
  if (!m_values.empty()) fillBins();
  follow();
}

void DistributionChart::fillBins() {
  if (m_content.range) {
    std::tie(m_least, m_most) = *m_content.range;
  } else {
    m_least = m_values.front(), m_most = m_values.back();
    for (const DistributionMark& mark : m_content.marks) {
      if (!std::isfinite(mark.value)) continue;
      m_least = std::min(m_least, mark.value);
      m_most = std::max(m_most, mark.value);
    }
    const double room = std::max(0.03 * (m_most - m_least), 1e-6);
    m_least = m_least >= 0 ? std::max(0.0, m_least - room) : m_least - room;
    m_most += room;
  }
  const int count = dots() ? kDotBins : binCount(m_values, m_most - m_least);
  m_bins.assign(size_t(count), 0);
  for (const double value : m_values) {
    const double share = (value - m_least) / (m_most - m_least);
    ++m_bins[size_t(std::clamp(static_cast<int>(share * count), 0, count - 1))];
  }
}

int DistributionChart::countWithin(const Interval& range) const {
  const auto low = std::ranges::lower_bound(m_values, range.low);
  return static_cast<int>(std::upper_bound(low, m_values.end(), range.high) - low);
}

double DistributionChart::pixel(double value) const {
  return plot().xAxis->coordToPixel(value);
}

QColor DistributionChart::colourOf(DistributionMark::Kind kind) const {
  using Kind = DistributionMark::Kind;
  return kind == Kind::Subject ? theme().accent : kind == Kind::Alarm ? theme().warningText : theme().secondary;
}

std::vector<DistributionChart::Name> DistributionChart::placeNames() const {
  std::vector<Name> names;
  for (const DistributionMark& mark : m_content.marks)
    if (std::isfinite(mark.value))
      names.push_back(
          {tr("%1 %2").arg(mark.name, number(mark.value, m_content.decimals)), mark.value, colourOf(mark.kind)});
  if (m_content.band && !m_content.bandName.isEmpty())
    names.push_back({m_content.bandName, (m_content.band->low + m_content.band->high) / 2, theme().secondary});
  const QFontMetrics metrics(themeFont(kCaptionPixels));
  std::vector<Name*> order;
  for (Name& name : names) {
    const double least = plot().axisRect()->rect().left();
    name.width = metrics.horizontalAdvance(name.text) + 10;
    name.left =
        std::clamp(pixel(name.at) - name.width / 2, least, std::max(least, plot().viewport().width() - name.width - 2));
    order.push_back(&name);
  }
  std::ranges::stable_sort(order, {}, &Name::left);
  std::vector<double> ends;  // right end of each lane
  for (Name* name : order) {
    size_t lane = 0;
    while (lane < ends.size() && ends[lane] > name->left) ++lane;
    if (lane == ends.size()) ends.push_back(0);
    ends[lane] = name->left + name->width;
    name->lane = static_cast<int>(lane);
  }
  return names;
}

void DistributionChart::refresh() {
  plot().xAxis->setRange(m_least, m_most);
  plot().xAxis->setLabel(m_content.axis);
  plot().xAxis->ticker()->setTickCount(plot().viewport().width() < 400 ? 4 : 6);
  const int highest = *std::ranges::max_element(m_bins);
  plot().yAxis->setVisible(!dots());
  plot().yAxis->setRange(0, std::max(1.0, 1.06 * highest));
  plot().yAxis->setLabel(m_content.counted);
  int lanes = 0;
  for (const Name& name : placeNames()) lanes = std::max(lanes, name.lane + 1);
  plot().axisRect()->setMinimumMargins(QMargins(dots() ? 14 : 0, kLane * lanes + 4, 14, 0));
}

void DistributionChart::paint(QCPPainter& painter) {
  const QRect all = plot().axisRect()->rect();
  painter.setFont(themeFont(kCaptionPixels));
  painter.setAntialiasing(false);
  const auto stripe = [&](const Interval& range, const QColor& colour) {
    const double left = std::max<double>(all.left(), std::round(pixel(range.low)));
    const double right = std::min<double>(all.right() + 1, std::round(pixel(range.high)));
    painter.fillRect(QRectF(QPointF(left, all.top()), QPointF(right, all.bottom() + 1)), colour);
  };
  if (m_content.band) stripe(*m_content.band, theme().grid);
  if (m_brushed) stripe(*m_brushed, theme().selection);
  if (dots()) {
    paintDots(painter);
  } else {
    paintBars(painter);
  }
  paintMarks(painter);
}

void DistributionChart::paintBars(QCPPainter& painter) const {
  const double floor = plot().yAxis->coordToPixel(0);
  QColor colour = theme().accent;
  colour.setAlphaF(0.55F);
  for (size_t bin = 0; bin < m_bins.size(); ++bin) {
    if (m_bins[bin] == 0) continue;
    const double from = std::round(pixel(m_least + double(bin) * binWidth()));
    const double to = std::round(pixel(m_least + double(bin + 1) * binWidth()));
    // A bin that holds a single value is still seen.
    const double top = std::min(floor - 1, std::round(plot().yAxis->coordToPixel(m_bins[bin])));
    painter.fillRect(QRectF(QPointF(from, top), QPointF(std::max(from + 1, to - 1), floor)), colour);
  }
}

void DistributionChart::paintDots(QCPPainter& painter) const {
  const QRect all = plot().axisRect()->rect();
  const int highest = *std::ranges::max_element(m_bins);
  const double pitch = std::clamp(all.height() / (highest + 1.0), 3.0, kDot);
  const double size = std::max(2.0, pitch - 2);
  painter.setAntialiasing(true);
  QColor fill = theme().accent;
  fill.setAlphaF(0.55F);
  painter.setPen(QPen(theme().accent, 1));
  painter.setBrush(fill);
  std::vector<int> heights(m_bins.size(), 0);
  for (const double value : m_values) {
    const double share = (value - m_least) / (m_most - m_least);
    const auto bin = size_t(std::clamp(static_cast<int>(share * double(m_bins.size())), 0, int(m_bins.size()) - 1));
    const double y = all.bottom() - size / 2 - pitch * heights[bin]++;
    painter.drawEllipse(QPointF(pixel(value), y), size / 2, size / 2);
  }
}

void DistributionChart::paintMarks(QCPPainter& painter) const {
  const QRect all = plot().axisRect()->rect();
  const std::vector<Name> names = placeNames();
  size_t place = 0;  // marks come first
  painter.setAntialiasing(false);
  for (const DistributionMark& mark : m_content.marks) {
    if (!std::isfinite(mark.value)) continue;
    const bool subject = mark.kind == DistributionMark::Kind::Subject;
    const double x = std::round(pixel(mark.value));
    painter.setPen(QPen(colourOf(mark.kind), subject ? 2 : 1, subject ? Qt::SolidLine : Qt::DashLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, all.top() - kLane * names[place++].lane - 3), QPointF(x, all.bottom() + 1));
  }
  // Over all lines, on the ground: a name of a lower lane stays readable where a line passes.
  for (const Name& name : names) {
    const QRectF rect(name.left, all.top() - kLane * (name.lane + 1) - 3, name.width, kLane);
    painter.setAntialiasing(false);
    painter.fillRect(rect, theme().surface);
    painter.setAntialiasing(true);
    painter.setPen(name.colour);
    painter.drawText(rect, Qt::AlignCenter, name.text);
  }
}

QString DistributionChart::pointAt(const QPoint& position) {
  if (!plot().axisRect()->rect().contains(position)) return {};
  const double value = plot().xAxis->pixelToCoord(position.x());
  const auto said = [this](double number) { return fusemoe::ui::number(number, m_content.decimals); };
  const QString what = m_content.counted.toHtmlEscaped();
  if (m_brushed) {
    return tr("%1 … %2<br><b>%3</b> of %4 %5")
        .arg(said(m_brushed->low), said(m_brushed->high), count(countWithin(*m_brushed)),
             count(qint64(m_values.size())), what);
  }
  const auto below = std::ranges::upper_bound(m_values, value) - m_values.begin();
  QString tip =
      tr("%1: %2<br>%3 of %4 %5 lie below")
          .arg(m_content.axis.toHtmlEscaped(), said(value), count(below), count(qint64(m_values.size())), what);
  if (!dots()) {
    const auto bin = size_t(std::clamp(int((value - m_least) / binWidth()), 0, int(m_bins.size()) - 1));
    const double from = m_least + double(bin) * binWidth();
    tip += tr("<br>%1 … %2: <b>%3</b>").arg(said(from), said(from + binWidth()), count(m_bins[bin]));
  }
  return tip;
}

void DistributionChart::setBrush(const std::optional<Interval>& range) {
  if (range == m_brushed) return;
  m_brushed = range;
  replot();
  Q_EMIT brushChanged();
}

bool DistributionChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &plot() && ready()) {
    const auto* mouse = static_cast<QMouseEvent*>(event);  // read only for events of the mouse
    const auto value = [&] { return std::clamp(plot().xAxis->pixelToCoord(mouse->position().x()), m_least, m_most); };
    if (event->type() == QEvent::MouseButtonPress && mouse->button() == Qt::LeftButton) {
      m_anchor = value();
      setBrush({});
    } else if (event->type() == QEvent::MouseMove && m_anchor) {
      const double here = value();
      // A click that trembles is no range.
      if (m_brushed || std::abs(pixel(here) - pixel(*m_anchor)) > 4)
        setBrush(Interval{std::min(here, *m_anchor), std::max(here, *m_anchor)});
    } else if (event->type() == QEvent::MouseButtonRelease) {
      m_anchor.reset();
    }
  }
  return Chart::eventFilter(watched, event);
}

void DistributionChart::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    m_anchor.reset();
    setBrush({});
  }
  Chart::keyPressEvent(event);
}

Table DistributionChart::table() const {
  Table table;
  if (!ready()) return table;
  table.columns = {tr("what"), m_content.axis};
  for (const DistributionMark& mark : m_content.marks)
    if (std::isfinite(mark.value)) table.rows.push_back({mark.name, exact(mark.value)});
  if (m_content.band) {
    table.rows.push_back({tr("%1, low").arg(m_content.bandName), exact(m_content.band->low)});
    table.rows.push_back({tr("%1, high").arg(m_content.bandName), exact(m_content.band->high)});
  }
  for (const double value : m_values) table.rows.push_back({m_content.counted, exact(value)});
  return table;
}

}  // namespace fusemoe::ui
