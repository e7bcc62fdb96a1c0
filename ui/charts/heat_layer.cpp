#include "charts/heat_layer.h"

#include <QFontMetrics>
#include <algorithm>
#include <cmath>

#include "charts/plot_style.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kBandGap = 6;
constexpr int kStripWidth = 6;
constexpr int kNamesWidth = 30;  // expert names, between title and cells
constexpr int kLineHeight = 13;

}  // namespace

HeatLayer::HeatLayer(QCPAxis* keyAxis, QCPAxis* valueAxis) : QCPAbstractPlottable(keyAxis, valueAxis) {
  setAntialiased(false);
  removeFromLegend();
}

void HeatLayer::setPointed(const Target& pointed, const Target& selected) {
  m_pointed = pointed;
  m_selected = selected;
}

double HeatLayer::selectTest(const QPointF& /*pos*/, bool /*onlySelectable*/, QVariant* /*details*/) const {
  return -1;
}

QCPRange HeatLayer::getKeyRange(bool& foundRange, QCP::SignDomain /*domain*/) const {
  foundRange = false;
  return {};
}

QCPRange HeatLayer::getValueRange(bool& foundRange, QCP::SignDomain /*domain*/, const QCPRange& /*keys*/) const {
  foundRange = false;
  return {};
}

QRect HeatLayer::clipRect() const {
  return mParentPlot->viewport();  // titles stand beside the axis rectangle
}

QRectF HeatLayer::bandRect(int band) const {
  const QRect all = mKeyAxis->axisRect()->rect();
  const auto count = static_cast<int>(m_bands.size());
  const double height = double(all.height() + kBandGap) / std::max(1, count);
  const int top = all.top() + static_cast<int>(std::lround(band * height));
  const int next = all.top() + static_cast<int>(std::lround((band + 1) * height));
  return {double(all.left()), double(top), double(all.width()), double(std::max(1, next - kBandGap - top))};
}

QRectF HeatLayer::cellRect(int band, int row, int column) const {
  const QRectF whole = bandRect(band);
  const QImage& cells = m_bands[size_t(band)].cells;
  const double height = whole.height() / cells.height();
  const double width = whole.width() / cells.width();
  return {whole.left() + column * width, whole.top() + row * height, width, height};
}

HeatLayer::Cell HeatLayer::cellAt(const QPointF& position) const {
  for (int band = 0; band < static_cast<int>(m_bands.size()); ++band) {
    const QRectF rect = bandRect(band);
    const QRectF wide = rect.adjusted(-m_titleWidth, 0, 0, 0);
    if (!wide.contains(position)) continue;
    const QImage& cells = m_bands[size_t(band)].cells;
    Cell cell{band, -1, -1};
    if (position.x() < rect.left() - kNamesWidth) return cell;
    const double row = (position.y() - rect.top()) / rect.height() * cells.height();
    cell.row = std::clamp(static_cast<int>(row), 0, cells.height() - 1);
    if (position.x() < rect.left()) return cell;
    const double column = (position.x() - rect.left()) / rect.width() * cells.width();
    cell.column = std::clamp(static_cast<int>(column), 0, cells.width() - 1);
    return cell;
  }
  return {};
}

void HeatLayer::draw(QCPPainter* painter) {
  painter->setAntialiasing(false);
  for (int band = 0; band < static_cast<int>(m_bands.size()); ++band) {
    drawCells(*painter, band);
    drawTitle(*painter, band);
    drawExpertNames(*painter, band);
  }
  if (m_selected != m_pointed) drawOutlines(*painter, m_selected);
  drawOutlines(*painter, m_pointed);
}

void HeatLayer::drawCells(QCPPainter& painter, int band) const {
  const HeatBand& data = m_bands[size_t(band)];
  const QRectF rect = bandRect(band);
  painter.setOpacity(data.opacity);
  if (!painter.modes().testFlag(QCPPainter::pmVectorized)) {
    painter.drawImage(rect, data.cells);
  } else {
    // A scaled picture is blurred by many a reader of such files: single rectangles are not.
    for (int column = 0; column < data.cells.width(); ++column)
      for (int row = 0; row < data.cells.height(); ++row)
        painter.fillRect(cellRect(band, row, column), QColor(data.cells.pixel(column, row)));
  }
  painter.setOpacity(1.0);
  painter.setPen(QPen(m_theme.border, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(rect.adjusted(-1, -1, 0, 0));
}

void HeatLayer::drawTitle(QCPPainter& painter, int band) const {
  const HeatBand& data = m_bands[size_t(band)];
  const QRectF rect = bandRect(band);
  const QRectF strip(rect.left() - m_titleWidth + 2, rect.top(), kStripWidth, rect.height());
  painter.setOpacity(data.opacity);
  if (!data.hatched) {
    painter.fillRect(strip, data.colour);
  } else if (painter.modes().testFlag(QCPPainter::pmVectorized)) {
    drawHatchLines(painter, strip, data.colour);
  } else {
    painter.fillRect(strip, hatchBrush(data.colour, mParentPlot->bufferDevicePixelRatio()));
  }
  painter.setOpacity(1.0);
  painter.setAntialiasing(true);
  const bool twoLines = !data.note.isEmpty() && rect.height() >= 2 * kLineHeight;
  const QRectF place(strip.right() + 6, rect.top() - 2, rect.left() - kNamesWidth - strip.right() - 8,
                     rect.height() + 4);
  const bool pointed = data.modality >= 0 && data.modality == m_pointed.modality;
  painter.setFont(themeFont(kCaptionPixels, pointed ? QFont::DemiBold : QFont::Normal));
  painter.setPen(pointed ? m_theme.accent : m_theme.text);
  const QString name =
      data.note.isEmpty() || twoLines ? data.title : QStringLiteral("%1, %2").arg(data.title, data.note);
  const QString title = painter.fontMetrics().elidedText(name, Qt::ElideRight, int(place.width()));
  const QRectF first =
      twoLines ? QRectF(place.left(), place.center().y() - kLineHeight, place.width(), kLineHeight) : place;
  painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter, title);
  if (twoLines) {
    painter.setFont(themeFont(kCaptionPixels));
    painter.setPen(m_theme.secondary);
    painter.drawText(first.translated(0, kLineHeight), Qt::AlignLeft | Qt::AlignVCenter, data.note);
  }
  painter.setAntialiasing(false);
}

void HeatLayer::drawExpertNames(QCPPainter& painter, int band) const {
  const QRectF rect = bandRect(band);
  const int rows = m_bands[size_t(band)].cells.height();
  const double rowHeight = rect.height() / rows;
  const int pointed = m_pointed.expert < rows ? m_pointed.expert : -1;
  double free = -1e9;  // below what is written already
  const auto write = [&](int row) {
    const double centre = std::clamp(rect.top() + (row + 0.5) * rowHeight, rect.top() + 5.0, rect.bottom() - 5.0);
    const QRectF place(rect.left() - kNamesWidth, centre - kLineHeight / 2.0, kNamesWidth - 5, kLineHeight);
    if (row != pointed && (place.top() < free || (pointed >= 0 && std::abs(row - pointed) * rowHeight < kLineHeight)))
      return;
    const bool selected = row == m_selected.expert;
    if (selected) painter.fillRect(place.adjusted(2, 0, 4, 0), m_theme.accent);
    painter.setFont(themeFont(kCaptionPixels, row == pointed ? QFont::DemiBold : QFont::Normal));
    painter.setPen(selected ? m_theme.textOn(m_theme.accent) : row == pointed ? m_theme.accent : m_theme.faint);
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, expertName(row));
    free = place.bottom();
  };
  painter.setAntialiasing(true);
  // All of them where they fit, else the first, the last and the one pointed at.
  const bool all = rowHeight >= kLineHeight - 1;
  for (int row = 0; row < rows; ++row)
    if (all || row == 0 || row == rows - 1 || row == pointed) write(row);
  painter.setAntialiasing(false);
}

void HeatLayer::drawOutlines(QCPPainter& painter, const Target& target) const {
  const auto outline = [&](const QRect& cells, int width) {
    // Around the cells, not on them, and white in a dark casing: seen on every colour of the map.
    const QRect rect = cells.adjusted(-1, -1, 0, 0);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(rect.adjusted(-width, -width, width, width));
    painter.setPen(QPen(Qt::white, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(rect);
  };
  for (int band = 0; band < static_cast<int>(m_bands.size()); ++band) {
    const QImage& cells = m_bands[size_t(band)].cells;
    const QRectF whole = bandRect(band);
    const bool own = target.modality < 0 || target.modality == m_bands[size_t(band)].modality;
    const bool row = target.expert >= 0 && target.expert < cells.height() && own;
    const bool column = target.bin >= 0 && target.bin < cells.width() && cells.width() > 1;
    const QRectF cell = row || column ? cellRect(band, std::max(0, target.expert), std::max(0, target.bin)) : QRectF();
    if (column) outline(QRectF(cell.left(), whole.top(), cell.width(), whole.height()).toRect(), 1);
    if (row) outline(QRectF(whole.left(), cell.top(), whole.width(), cell.height()).toRect(), 1);
    if (row && column) outline(cell.toRect(), 2);
  }
}

void HeatLayer::drawLegendIcon(QCPPainter* /*painter*/, const QRectF& /*rect*/) const {}

}  // namespace fusemoe::ui
