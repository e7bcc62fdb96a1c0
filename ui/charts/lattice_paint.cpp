// LatticeChart: its picture.
#include <QPainter>
#include <algorithm>
#include <bit>
#include <cmath>

#include "charts/colour_bar.h"
#include "charts/colour_map.h"
#include "charts/lattice_chart.h"
#include "charts/lattice_places.h"
#include "state/appearance.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kRowName = 64;
constexpr double kValue = 56;

/// "1 3": the keys of the modalities masked.
QString keys(ModalityMask mask) {
  QStringList all;
  for (int i = 0; i < kMaxModalities; ++i)
    if (mask >> i & 1U) all << QString::number(i + 1);
  return all.join(' ');
}

}  // namespace

void LatticeChart::paint(QPainter& painter, const QSize& size) const {
  if (!m_lattice || !context().document.model()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  const Layout parts = layout(size);
  paintDiagram(painter, parts);
  if (m_content == Content::Prediction)
    paintBars(painter, parts.upper);
  else
    paintExperts(painter, parts);
  paintInteractions(painter, parts.lower);
}

void LatticeChart::paintDiagram(QPainter& painter, const Layout& parts) const {
  drawHeading(painter, QRectF(4, 0, parts.diagram.width() - 4, kLatticeHeading),
              m_content == Content::Prediction ? tr("Probability under every mask")
                                               : tr("Kept weight of %1 under every mask, layer %2, mean over routers")
                                                     .arg(expertName(m_expert))
                                                     .arg(context().document.layer() + 1),
              theme());
  const std::vector<Node> all = nodes(parts.diagram);
  double low = 1, high = 0;
  for (const Node& node : all) {
    low = std::min(low, nodeValue(node.point));
    high = std::max(high, nodeValue(node.point));
  }
  const int decimals = high - low < 0.02 ? 4 : 2;
  m_bar->setScale({m_content == Content::Prediction ? tr("probability") : tr("gate weight, top-K"),
                   number(low, decimals), number(high, decimals), QString(), ColourMap::cividis()});
  m_bar->paint(painter, QRectF(2, parts.diagram.bottom(), parts.diagram.width(), kLatticeStrip).toRect());
  painter.setRenderHint(QPainter::Antialiasing);
  const bool cells = all.size() > 1 && all.front().rect.width() < 2 * 6.0 + 1 && all.size() > 64;
  if (!cells) paintEdges(painter, all);
  int row = -1;
  for (const Node& node : all) {
    if (node.row == row) continue;
    row = node.row;
    drawQuiet(painter, QRectF(4, node.rect.center().y() - 8, kRowName, 16), tr("%1 masked").arg(row), theme());
  }
  paintNodes(painter, all);
}

void LatticeChart::paintEdges(QPainter& painter, const std::vector<Node>& all) const {
  const int now = current();
  const int pointed = context().selection.modality();
  for (const bool bright : {false, true}) {
    for (const Node& from : all) {
      for (const Node& to : all) {
        const ModalityMask first = m_lattice->points[size_t(from.point)].mask;
        const ModalityMask second = m_lattice->points[size_t(to.point)].mask;
        if ((first & second) != first || std::popcount(first ^ second) != 1) continue;
        const int modality = std::countr_zero(first ^ second);
        const bool lit = from.point == now || to.point == now || modality == pointed;
        if (lit != bright) continue;
        painter.setPen(QPen(lit ? theme().modality(modality) : theme().border, lit ? 1.8 : 1));
        painter.drawLine(from.rect.center(), to.rect.center());
      }
    }
  }
}

void LatticeChart::paintNodes(QPainter& painter, const std::vector<Node>& all) const {
  double low = 1, high = 0;
  for (const Node& node : all) {
    low = std::min(low, nodeValue(node.point));
    high = std::max(high, nodeValue(node.point));
  }
  const int now = current();
  for (const Node& node : all) {
    const double value = nodeValue(node.point);
    const QColor fill(ColourMap::cividis().at(high > low ? (value - low) / (high - low) : 0.5));
    const bool round = node.rect.width() >= 12;
    const bool marked = node.point == now;
    painter.setBrush(fill);
    painter.setPen(QPen(theme().surface, round ? 2 : 0.01));
    if (round)
      painter.drawEllipse(node.rect);
    else
      painter.fillRect(node.rect, fill);
    if (marked || node.point == m_stepped) {
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(marked ? theme().accent : theme().text, marked ? 2.5 : 1.5));
      const double grow = marked ? 3 : 1;
      round ? painter.drawEllipse(node.rect.adjusted(-grow, -grow, grow, grow))
            : painter.drawRect(node.rect.adjusted(-grow, -grow, grow, grow));
    }
    if (node.rect.width() < 24) continue;
    painter.setFont(themeFont(10, QFont::DemiBold));
    painter.setPen(theme().textOn(fill));
    painter.drawText(node.rect, Qt::AlignCenter, nodeText(value));
    painter.setFont(themeFont(9));
    painter.setPen(marked ? theme().accent : theme().secondary);
    const QString below = keys(m_lattice->points[size_t(node.point)].mask);
    const QRectF place(node.rect.center().x() - 30, node.rect.bottom() + (marked ? 4 : 1), 60, 12);
    painter.fillRect(QRectF(place.center().x() - painter.fontMetrics().horizontalAdvance(below) / 2.0 - 1, place.top(),
                            painter.fontMetrics().horizontalAdvance(below) + 2.0, 11),
                     theme().surface);
    painter.drawText(place, Qt::AlignHCenter | Qt::AlignTop, below);
  }
}

void LatticeChart::paintBars(QPainter& painter, const QRectF& area) const {
  const ModelConfig& config = latticeConfig(context());
  const bool odds = m_lattice->space == ValueSpace::LogOdds;
  drawHeading(painter, QRectF(area.left(), 0, area.width(), kLatticeHeading),
              odds ? tr("What each modality brings (Shapley, log-odds)")
                   : tr("What each modality brings (Shapley, probability)"),
              theme());
  double limit = 1e-12;
  for (int i = 0; i < config.modalityCount(); ++i) limit = std::max(limit, std::abs(brought(i)));
  const double rowHeight = (area.height() - kLatticeHeading - kLatticeStrip) / config.modalityCount();
  const double left = area.left() + kLatticeName, width = area.width() - kLatticeName - kValue;
  const double zero = left + width / 2;
  for (int i = 0; i < config.modalityCount(); ++i) {
    const QRectF row(area.left(), kLatticeHeading + i * rowHeight, area.width(), rowHeight);
    const bool plays = std::ranges::find(m_lattice->players, i) != m_lattice->players.end();
    painter.setOpacity(emphasis(i));
    drawQuiet(painter, QRectF(row.left(), row.top(), kLatticeName - 6, row.height()),
              QStringLiteral("%1  %2").arg(i + 1).arg(modalityTitle(config, i)), theme());
    if (plays) {
      const double length = brought(i) / limit * width / 2;
      const QRectF bar =
          QRectF(QPointF(zero, row.top() + rowHeight * 0.2), QPointF(zero + length, row.bottom() - rowHeight * 0.2))
              .normalized();
      painter.fillRect(bar, theme().modality(i));
      if (const double error = m_lattice->standardError.at(size_t(i)); error > 0) {
        const double reach = 1.96 * error / limit * width / 2;
        painter.setPen(QPen(theme().text, 1.2));
        painter.drawLine(QPointF(zero + length - reach, row.center().y()),
                         QPointF(zero + length + reach, row.center().y()));
      }
      painter.setFont(themeFont(kCaptionPixels));
      painter.setPen(theme().text);
      painter.drawText(QRectF(row.right() - kValue, row.top(), kValue - 2, row.height()),
                       Qt::AlignRight | Qt::AlignVCenter, signedNumber(brought(i), 3));
    } else {
      drawQuiet(painter, QRectF(zero + 6, row.top(), width / 2, row.height()), tr("absent: not shared out"), theme());
    }
    painter.setOpacity(1);
  }
  painter.setPen(QPen(theme().faint, 1));
  painter.drawLine(QPointF(zero, kLatticeHeading), QPointF(zero, area.bottom() - kLatticeStrip));
  const QString sums = m_lattice->exact ? tr("sums exactly: Σ = %1 = full − empty (difference %2)")
                                        : tr("sampled: Σ = %1 = full − empty (difference %2)");
  drawQuiet(painter, QRectF(area.left(), area.bottom() - kLatticeStrip, area.width(), kLatticeStrip),
            sums.arg(signedNumber(m_lattice->full - m_lattice->empty, 3),
                     QString::number(std::abs(m_lattice->sumCheck), 'g', 1)),
            theme());
}

void LatticeChart::paintExperts(QPainter& painter, const Layout& parts) const {
  const QRectF& area = parts.upper;
  const ModelConfig& config = latticeConfig(context());
  drawHeading(painter, QRectF(area.left(), 0, area.width(), kLatticeHeading),
              tr("What each modality brings to an expert's weight"), theme());
  double limit = 1e-12;
  for (int m = 0; m < config.modalityCount(); ++m)
    for (int e = 0; e < config.experts; ++e) limit = std::max(limit, std::abs(expertBrought(m, e)));
  const double rowHeight = (area.height() - kLatticeHeading - kLatticeStrip) / (config.modalityCount() + 1);
  const double left = area.left() + kLatticeName, cell = (area.width() - kLatticeName) / config.experts;
  const ColourMap map = ColourMap::change(theme());
  for (int e = 0; e < config.experts; ++e) {
    const QRectF top(left + e * cell, kLatticeHeading, cell, rowHeight);
    painter.setFont(themeFont(10, e == m_expert ? QFont::DemiBold : QFont::Normal));
    painter.setPen(e == m_expert ? theme().accent : theme().secondary);
    if (cell >= 15 || e % 2 == 0) painter.drawText(top, Qt::AlignCenter, QString::number(e + 1));
    for (int m = 0; m < config.modalityCount(); ++m) {
      const QRectF at(left + e * cell, kLatticeHeading + (m + 1) * rowHeight, cell - 1, rowHeight - 1);
      painter.setOpacity(emphasis(m));
      painter.fillRect(at, QColor(map.at(0.5 + 0.5 * expertBrought(m, e) / limit)));
      painter.setOpacity(1);
    }
  }
  for (int m = 0; m < config.modalityCount(); ++m)
    drawQuiet(painter, QRectF(area.left(), kLatticeHeading + (m + 1) * rowHeight, kLatticeName - 6, rowHeight),
              QStringLiteral("%1  %2").arg(m + 1).arg(modalityTitle(config, m)), theme());
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme().accent, 1.5));
  painter.drawRect(
      QRectF(left + m_expert * cell, kLatticeHeading + rowHeight, cell - 1, config.modalityCount() * rowHeight));
  drawQuiet(painter, QRectF(area.left(), area.bottom() - kLatticeStrip, area.width(), kLatticeStrip),
            tr("colour: −%1 … +%1; sums to full − empty within %2")
                .arg(number(limit, 3), QString::number(m_lattice->expertSumCheck, 'g', 1)),
            theme());
}

void LatticeChart::paintInteractions(QPainter& painter, const QRectF& area) const {
  const ModelConfig& config = latticeConfig(context());
  const int count = config.modalityCount();
  drawHeading(painter, QRectF(area.left(), area.top(), area.width(), kLatticeHeading),
              tr("Interactions: more together than apart"), theme());
  if (m_content == Content::Experts && m_lattice->expertInteraction.empty()) {
    drawQuiet(painter, area.adjusted(0, kLatticeHeading, 0, 0), tr("Not available where masks are sampled."), theme(),
              Qt::AlignTop | Qt::AlignLeft);
    return;
  }
  double limit = 1e-12;
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < count; ++j) limit = std::max(limit, std::abs(interaction(i, j)));
  const double rowHeight = std::min(26.0, (area.height() - kLatticeHeading) / (count + 1));
  const double cell = std::min((area.width() - kLatticeName) / count, 64.0);
  const ColourMap map = ColourMap::change(theme());
  for (int i = 0; i < count; ++i) {
    const double top = area.top() + kLatticeHeading + (i + 1) * rowHeight;
    drawQuiet(painter, QRectF(area.left(), top, kLatticeName - 6, rowHeight),
              QStringLiteral("%1  %2").arg(i + 1).arg(modalityTitle(config, i)), theme());
    drawQuiet(painter, QRectF(area.left() + kLatticeName + i * cell, top - (i + 1) * rowHeight, cell, rowHeight),
              QString::number(i + 1), theme(), Qt::AlignCenter);
    for (int j = 0; j < count; ++j) {
      const QRectF at(area.left() + kLatticeName + j * cell, top, cell - 1, rowHeight - 1);
      if (i == j) {
        painter.fillRect(at, theme().grid);
        continue;
      }
      const QColor fill(map.at(0.5 + 0.5 * interaction(i, j) / limit));
      painter.fillRect(at, fill);
      if (cell < 38 || rowHeight < 14) continue;
      painter.setFont(themeFont(10));
      painter.setPen(theme().textOn(fill));
      painter.drawText(at, Qt::AlignCenter, signedNumber(interaction(i, j), 3));
    }
  }
}

}  // namespace fusemoe::ui
