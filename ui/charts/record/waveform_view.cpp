#include "charts/record/waveform_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "state/appearance.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kNames = 56;
constexpr double kAxis = 22;
constexpr double kRight = 12;
constexpr double kLeastSquare = 7;   // pixels of a strong square
constexpr double kLeastMinor = 3.5;  // pixels between weak lines that are still lines
constexpr int kMostSquares = 12;     // a lane's, one way
constexpr double kEcgSquare = 0.5;   // mV
constexpr double kEcgTime = 0.2;     // s
constexpr int kWeakLines = 5;        // in a strong square

double niceStep(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= value * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

}  // namespace

WaveformView::WaveformView(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setAccessibleName(tr("Waveform"));
  connect(&context.appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void WaveformView::setWaveform(std::shared_ptr<const Waveform> waveform) {
  m_waveform = std::move(waveform);
  if (!m_waveform) return;
  double low = 0;
  double high = 0;
  for (const Waveform::Lead& lead : m_waveform->leads) {
    for (const float value : lead.values) {
      if (std::isnan(value)) continue;
      low = std::min(low, double(value));
      high = std::max(high, double(value));
    }
  }
  const double span = std::max(high - low, 1e-6);
  m_square = m_waveform->unit == "mV" && span / kEcgSquare <= kMostSquares ? kEcgSquare : niceStep(span / 4);
  m_below = std::max(1, static_cast<int>(std::ceil(-low / m_square - 1e-9)));
  m_above = std::max(1, static_cast<int>(std::ceil(high / m_square - 1e-9)));
  const auto lanes = static_cast<int>(m_waveform->leads.size());
  setMinimumHeight(static_cast<int>(lanes * (m_below + m_above) * kLeastSquare + kAxis));
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(m_square) - 1e-9)));
  m_scale = tr("strong squares: %1 s × %2 %3")
                .arg(number(kEcgTime, 1), number(m_square, decimals), QString::fromStdString(m_waveform->unit));
  setAccessibleDescription(tr("%1 leads, %2 seconds").arg(lanes).arg(number(seconds(), 1)));
  update();
}

double WaveformView::seconds() const {
  return m_waveform ? double(m_waveform->leads.front().values.size()) / m_waveform->rate : 0;
}

QRectF WaveformView::plot() const {
  return {kNames, 0, std::max(1.0, width() - kNames - kRight), std::max(1.0, height() - kAxis)};
}

double WaveformView::laneHeight() const {
  return plot().height() / double(m_waveform->leads.size());
}

double WaveformView::pixelsPerSecond() const {
  return plot().width() / std::max(seconds(), 1e-9);
}

double WaveformView::pixelsPerUnit() const {
  return laneHeight() / ((m_below + m_above) * m_square);
}

double WaveformView::zero(std::size_t lead) const {
  return plot().top() + double(lead) * laneHeight() + m_above * m_square * pixelsPerUnit();
}

void WaveformView::paintEvent(QPaintEvent* /*event*/) {
  if (!m_waveform) return;
  QPainter painter(this);
  painter.fillRect(rect(), m_context.appearance.theme().surface);
  painter.setFont(themeFont(kCaptionPixels));
  drawGrid(painter);
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t i = 0; i < m_waveform->leads.size(); ++i) drawLead(painter, i);
  drawScales(painter);
}

void WaveformView::drawGrid(QPainter& painter) const {
  const Theme& theme = m_context.appearance.theme();
  const QRectF area = plot();
  const auto lines = [&](double pitch, const QColor& ink, bool upright) {
    const double length = upright ? area.width() : area.height();
    painter.setPen(QPen(ink, 1));
    for (int i = 0; i * pitch <= length + 0.5; ++i) {
      const double at = std::floor((upright ? area.left() : area.top()) + i * pitch) + 0.5;
      if (upright)
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()));
      else
        painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at));
    }
  };
  const double wide = kEcgTime * pixelsPerSecond();
  const double high = m_square * pixelsPerUnit();
  if (wide / kWeakLines >= kLeastMinor) lines(wide / kWeakLines, theme.grid, true);
  if (high / kWeakLines >= kLeastMinor) lines(high / kWeakLines, theme.grid, false);
  if (wide >= kLeastMinor) lines(wide, theme.border, true);
  lines(high, theme.border, false);
}

void WaveformView::drawLead(QPainter& painter, std::size_t index) const {
  const Theme& theme = m_context.appearance.theme();
  const Waveform::Lead& lead = m_waveform->leads[index];
  const QRectF area = plot();
  const double base = zero(index);
  const double perUnit = pixelsPerUnit();
  painter.setPen(theme.text);
  painter.drawText(
      QRectF(0, base - 8, kNames - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
      painter.fontMetrics().elidedText(QString::fromStdString(lead.name), Qt::ElideRight, int(kNames) - 8));
  // A column of pixels holds many values: its lowest and highest are all that can be seen of them.
  const auto count = lead.values.size();
  const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>(area.width()));
  const std::size_t pitch = std::max<std::size_t>(1, count / (2 * columns));
  QPolygonF line;
  const auto flush = [&] {
    painter.setPen(QPen(theme.accent, 1));
    painter.drawPolyline(line);
    line.clear();
  };
  for (std::size_t begin = 0; begin < count; begin += pitch) {
    const auto first = lead.values.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = lead.values.begin() + static_cast<std::ptrdiff_t>(std::min(begin + pitch, count));
    const double x = area.left() + area.width() * double(begin) / double(count);
    if (std::any_of(first, last, [](float value) { return std::isnan(value); })) {
      flush();
      continue;
    }
    const auto [low, high] = std::minmax_element(first, last);
    line << QPointF(x, base - double(*low) * perUnit);
    if (high != low) line << QPointF(x, base - double(*high) * perUnit);
  }
  flush();
}

void WaveformView::drawScales(QPainter& painter) const {
  const Theme& theme = m_context.appearance.theme();
  const QRectF area = plot();
  painter.setPen(theme.secondary);
  const double step = niceStep(seconds() * 60 / area.width());
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  for (int i = 0; i * step <= seconds() * (1 + 1e-9); ++i) {
    const double x = area.left() + i * step * pixelsPerSecond();
    painter.drawText(QRectF(x - 30, area.bottom() + 4, 60, 16), Qt::AlignCenter, number(i * step, decimals));
  }
  painter.drawText(QRectF(0, area.bottom() + 4, kNames - 16, 16), Qt::AlignRight | Qt::AlignVCenter, tr("s"));
}

}  // namespace fusemoe::ui
