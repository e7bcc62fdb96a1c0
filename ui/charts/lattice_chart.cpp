#include "charts/lattice_chart.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "charts/colour_bar.h"
#include "charts/colour_map.h"
#include "charts/plot_style.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kHeading = 20;
constexpr double kStrip = 26;
constexpr double kGap = 16;
constexpr double kRowName = 64;
constexpr double kName = 104;
constexpr double kValue = 56;
constexpr double kLeastPitch = 30;  // of nodes with lines between them
constexpr double kMostRadius = 15;

const ModelConfig& configOf(const ViewContext& context) {
  return context.document.model()->config();
}

/// "1 3": the keys of the modalities masked.
QString keys(ModalityMask mask) {
  QStringList all;
  for (int i = 0; i < kMaxModalities; ++i)
    if (mask >> i & 1U) all << QString::number(i + 1);
  return all.join(' ');
}

QString full(double value) {
  return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

}  // namespace

struct LatticeChart::Layout {
  QRectF diagram, upper, lower;
};

LatticeChart::LatticeChart(const ViewContext& context, QWidget* parent)
    : PaintedChart(context, tr("Mask lattice"), parent), m_bar(new ColourBar(context, this)) {
  m_bar->hide();
  setAccessibleDescription(tr("Every set of masked modalities and its prediction; arrow keys move, Enter masks"));
}

void LatticeChart::setLattice(std::shared_ptr<const MaskLattice> lattice) {
  m_lattice = std::move(lattice);
  m_stepped = -1;
  update();
}

void LatticeChart::setContent(Content content) {
  m_content = content;
  update();
}

void LatticeChart::setExpert(int expert) {
  m_expert = expert;
  update();
}

LatticeChart::Layout LatticeChart::layout(const QSize& size) const {
  Layout layout;
  const double left = std::floor(size.width() * 0.54);
  layout.diagram = QRectF(0, 0, left, size.height() - kStrip);
  const QRectF right(left + kGap, 0, size.width() - left - kGap - 4, size.height());
  const double rows = configOf(context()).modalityCount() + (m_content == Content::Experts ? 1 : 0);
  const double upper = std::min(kHeading + 24 * rows + kStrip, right.height() * 0.55);
  layout.upper = QRectF(right.left(), 0, right.width(), upper);
  layout.lower = QRectF(right.left(), upper + 8, right.width(), right.height() - upper - 8);
  return layout;
}

double LatticeChart::nodeValue(int point) const {
  const MaskedRouting& routing = m_lattice->points.at(size_t(point));
  if (m_content == Content::Prediction) return double(routing.probability.at(size_t(m_lattice->output)));
  double sum = 0;
  const RoutingShape& shape = m_lattice->shape;
  for (int router = 0; router < shape.routers; ++router)
    sum += double(shape.of(routing.meanTopK, context().document.layer(), router)[size_t(m_expert)]);
  return sum / shape.routers;
}

QString LatticeChart::nodeText(double value) const {
  return number(value, 2).mid(value < 0.995 ? 1 : 0);
}

QString LatticeChart::maskNames(ModalityMask mask) const {
  QStringList names;
  for (const int player : m_lattice->players)
    if (mask >> player & 1U) names << modalityTitle(configOf(context()), player);
  return names.isEmpty() ? tr("nothing masked") : names.join(QStringLiteral(", "));
}

int LatticeChart::pointOf(ModalityMask mask) const {
  ModalityMask players = 0;
  for (const int player : m_lattice->players) players |= ModalityMask{1} << player;
  const auto found = std::ranges::find_if(
      m_lattice->points, [&](const MaskedRouting& point) { return (point.mask & players) == (mask & players); });
  return found == m_lattice->points.end() ? -1 : int(found - m_lattice->points.begin());
}

int LatticeChart::current() const {
  return pointOf(context().document.mask());
}

std::vector<LatticeChart::Node> LatticeChart::nodes(const QRectF& diagram) const {
  const QRectF area = diagram.adjusted(kRowName, kHeading + 8, -8, -6);
  std::map<int, std::vector<int>> rows;
  for (int i = 0; i < int(m_lattice->points.size()); ++i)
    rows[std::popcount(m_lattice->points[size_t(i)].mask)].push_back(i);
  std::size_t widest = 1;
  for (const auto& [masked, points] : rows) widest = std::max(widest, points.size());
  std::vector<Node> all;
  const double pitch = area.width() / double(widest);
  const double rowPitch = area.height() / double(rows.size());
  double top = area.top();
  if (pitch >= kLeastPitch) {
    const double radius = std::clamp(std::min(pitch * 0.42, rowPitch * 0.28), 6.0, kMostRadius);
    for (const auto& [masked, points] : rows) {
      const double spread = std::min(pitch * 1.6, area.width() / double(points.size()));
      const double left = area.center().x() - spread * double(points.size() - 1) / 2;
      for (std::size_t i = 0; i < points.size(); ++i)
        all.push_back(
            {points[i], masked,
             QRectF(left + spread * double(i) - radius, top + rowPitch / 2 - radius - 5, 2 * radius, 2 * radius)});
      top += rowPitch;
    }
    return all;
  }
  // Too many for lines: cells side by side, wrapped, as large as fit.
  const auto lines = [&](double cell) {
    double sum = 0;
    const double columns = std::max(1.0, std::floor(area.width() / cell));
    for (const auto& [masked, points] : rows) sum += std::ceil(double(points.size()) / columns);
    return sum;
  };
  double cell = 22;
  while (cell > 3 && lines(cell) * cell + 4 * double(rows.size()) > area.height()) cell -= 1;
  const int columns = std::max(1, int(area.width() / cell));
  for (const auto& [masked, points] : rows) {
    const int wide = std::min(columns, int(points.size()));
    const double left = area.center().x() - wide * cell / 2;
    for (int i = 0; i < int(points.size()); ++i)
      all.push_back({points[size_t(i)], masked,
                     QRectF(left + (i % columns) * cell, top + (i / columns) * cell, cell - 1, cell - 1)});
    top += std::ceil(double(points.size()) / columns) * cell + 4;
  }
  return all;
}

QRectF LatticeChart::node(ModalityMask mask) const {
  if (!m_lattice) return {};
  const int point = pointOf(mask);
  for (const Node& node : nodes(layout(size()).diagram))
    if (node.point == point) return node.rect;
  return {};
}

double LatticeChart::brought(int modality) const {
  return m_lattice->shapley.at(size_t(modality));
}

double LatticeChart::expertBrought(int modality, int expert) const {
  const RoutingShape& shape = m_lattice->shape;
  return m_lattice->expertShapley.at(
      size_t((modality * shape.layers + context().document.layer()) * shape.experts + expert));
}

double LatticeChart::interaction(int first, int second) const {
  const auto count = size_t(configOf(context()).modalityCount());
  const std::size_t pair = size_t(first) * count + size_t(second);
  if (m_content == Content::Prediction) return m_lattice->interaction.at(pair);
  const RoutingShape& shape = m_lattice->shape;
  const std::size_t at = (pair * size_t(shape.layers) + size_t(context().document.layer())) * size_t(shape.experts);
  return m_lattice->expertInteraction.empty() ? 0 : m_lattice->expertInteraction.at(at + size_t(m_expert));
}

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
  drawHeading(painter, QRectF(4, 0, parts.diagram.width() - 4, kHeading),
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
  m_bar->paint(painter, QRectF(2, parts.diagram.bottom(), parts.diagram.width(), kStrip).toRect());
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
  const ModelConfig& config = configOf(context());
  const bool odds = m_lattice->space == ValueSpace::LogOdds;
  drawHeading(painter, QRectF(area.left(), 0, area.width(), kHeading),
              odds ? tr("What each modality brings (Shapley, log-odds)")
                   : tr("What each modality brings (Shapley, probability)"),
              theme());
  double limit = 1e-12;
  for (int i = 0; i < config.modalityCount(); ++i) limit = std::max(limit, std::abs(brought(i)));
  const double rowHeight = (area.height() - kHeading - kStrip) / config.modalityCount();
  const double left = area.left() + kName, width = area.width() - kName - kValue;
  const double zero = left + width / 2;
  for (int i = 0; i < config.modalityCount(); ++i) {
    const QRectF row(area.left(), kHeading + i * rowHeight, area.width(), rowHeight);
    const bool plays = std::ranges::find(m_lattice->players, i) != m_lattice->players.end();
    painter.setOpacity(emphasis(i));
    drawQuiet(painter, QRectF(row.left(), row.top(), kName - 6, row.height()),
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
  painter.drawLine(QPointF(zero, kHeading), QPointF(zero, area.bottom() - kStrip));
  const QString sums = m_lattice->exact ? tr("sums exactly: Σ = %1 = full − empty (difference %2)")
                                        : tr("sampled: Σ = %1 = full − empty (difference %2)");
  drawQuiet(painter, QRectF(area.left(), area.bottom() - kStrip, area.width(), kStrip),
            sums.arg(signedNumber(m_lattice->full - m_lattice->empty, 3),
                     QString::number(std::abs(m_lattice->sumCheck), 'g', 1)),
            theme());
}

void LatticeChart::paintExperts(QPainter& painter, const Layout& parts) const {
  const QRectF& area = parts.upper;
  const ModelConfig& config = configOf(context());
  drawHeading(painter, QRectF(area.left(), 0, area.width(), kHeading),
              tr("What each modality brings to an expert's weight"), theme());
  double limit = 1e-12;
  for (int m = 0; m < config.modalityCount(); ++m)
    for (int e = 0; e < config.experts; ++e) limit = std::max(limit, std::abs(expertBrought(m, e)));
  const double rowHeight = (area.height() - kHeading - kStrip) / (config.modalityCount() + 1);
  const double left = area.left() + kName, cell = (area.width() - kName) / config.experts;
  const ColourMap map = ColourMap::change(theme());
  for (int e = 0; e < config.experts; ++e) {
    const QRectF top(left + e * cell, kHeading, cell, rowHeight);
    painter.setFont(themeFont(10, e == m_expert ? QFont::DemiBold : QFont::Normal));
    painter.setPen(e == m_expert ? theme().accent : theme().secondary);
    if (cell >= 15 || e % 2 == 0) painter.drawText(top, Qt::AlignCenter, QString::number(e + 1));
    for (int m = 0; m < config.modalityCount(); ++m) {
      const QRectF at(left + e * cell, kHeading + (m + 1) * rowHeight, cell - 1, rowHeight - 1);
      painter.setOpacity(emphasis(m));
      painter.fillRect(at, QColor(map.at(0.5 + 0.5 * expertBrought(m, e) / limit)));
      painter.setOpacity(1);
    }
  }
  for (int m = 0; m < config.modalityCount(); ++m)
    drawQuiet(painter, QRectF(area.left(), kHeading + (m + 1) * rowHeight, kName - 6, rowHeight),
              QStringLiteral("%1  %2").arg(m + 1).arg(modalityTitle(config, m)), theme());
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme().accent, 1.5));
  painter.drawRect(QRectF(left + m_expert * cell, kHeading + rowHeight, cell - 1, config.modalityCount() * rowHeight));
  drawQuiet(painter, QRectF(area.left(), area.bottom() - kStrip, area.width(), kStrip),
            tr("colour: −%1 … +%1; sums to full − empty within %2")
                .arg(number(limit, 3), QString::number(m_lattice->expertSumCheck, 'g', 1)),
            theme());
}

void LatticeChart::paintInteractions(QPainter& painter, const QRectF& area) const {
  const ModelConfig& config = configOf(context());
  const int count = config.modalityCount();
  drawHeading(painter, QRectF(area.left(), area.top(), area.width(), kHeading),
              tr("Interactions: more together than apart"), theme());
  if (m_content == Content::Experts && m_lattice->expertInteraction.empty()) {
    drawQuiet(painter, area.adjusted(0, kHeading, 0, 0), tr("Not available where masks are sampled."), theme(),
              Qt::AlignTop | Qt::AlignLeft);
    return;
  }
  double limit = 1e-12;
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < count; ++j) limit = std::max(limit, std::abs(interaction(i, j)));
  const double rowHeight = std::min(26.0, (area.height() - kHeading) / (count + 1));
  const double cell = std::min((area.width() - kName) / count, 64.0);
  const ColourMap map = ColourMap::change(theme());
  for (int i = 0; i < count; ++i) {
    const double top = area.top() + kHeading + (i + 1) * rowHeight;
    drawQuiet(painter, QRectF(area.left(), top, kName - 6, rowHeight),
              QStringLiteral("%1  %2").arg(i + 1).arg(modalityTitle(config, i)), theme());
    drawQuiet(painter, QRectF(area.left() + kName + i * cell, top - (i + 1) * rowHeight, cell, rowHeight),
              QString::number(i + 1), theme(), Qt::AlignCenter);
    for (int j = 0; j < count; ++j) {
      const QRectF at(area.left() + kName + j * cell, top, cell - 1, rowHeight - 1);
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

int LatticeChart::pointAt(const QPoint& at) const {
  if (!m_lattice || !context().document.model()) return -1;
  for (const Node& node : nodes(layout(size()).diagram))
    if (node.rect.adjusted(-2, -2, 2, 2).contains(at)) return node.point;
  return -1;
}

int LatticeChart::expertAt(const QPoint& at) const {
  if (!m_lattice || m_content != Content::Experts || !context().document.model()) return -1;
  const QRectF area = layout(size()).upper;
  const ModelConfig& config = configOf(context());
  const QRectF cells = area.adjusted(kName, kHeading, 0, -kStrip);
  if (!cells.contains(at)) return -1;
  return std::clamp(int((at.x() - cells.left()) / cells.width() * config.experts), 0, config.experts - 1);
}

QString LatticeChart::tipOfNode(int point) const {
  const MaskedRouting& routing = m_lattice->points.at(size_t(point));
  QStringList lines{QStringLiteral("<b>%1</b>").arg(tr("Masked: %1").arg(maskNames(routing.mask)).toHtmlEscaped())};
  const double probability = double(routing.probability.at(size_t(m_lattice->output)));
  const double recorded = double(m_lattice->points.front().probability.at(size_t(m_lattice->output)));
  lines << tr("probability <b>%1</b>, %2 against nothing masked")
               .arg(number(probability, 3), signedNumber(probability - recorded, 3));
  if (m_content == Content::Experts)
    lines << tr("kept weight of %1: %2").arg(expertName(m_expert), number(nodeValue(point), 3));
  lines << tr("Click to mask these.");
  return lines.join(QStringLiteral("<br>"));
}

PaintedChart::Spot LatticeChart::spotAt(const QPoint& at) const {
  if (const int point = pointAt(at); point >= 0) return {tipOfNode(point)};
  if (!m_lattice || !context().document.model()) return {};
  const ModelConfig& config = configOf(context());
  const Layout parts = layout(size());
  if (const int expert = expertAt(at); expert >= 0) {
    const double rowHeight = (parts.upper.height() - kHeading - kStrip) / (config.modalityCount() + 1);
    const int row = int((at.y() - kHeading) / rowHeight) - 1;
    if (row < 0) return {tr("Expert %1: click to see its masks").arg(expert + 1), -1, expert};
    return {tr("%1 brings %2 to the kept weight of %3 in layer %4 (Shapley, top-K, mean over routers)")
                .arg(modalityTitle(config, row), signedNumber(expertBrought(row, expert), 4), expertName(expert))
                .arg(context().document.layer() + 1),
            row, expert};
  }
  if (m_content == Content::Prediction && parts.upper.adjusted(0, kHeading, 0, -kStrip).contains(at)) {
    const double rowHeight = (parts.upper.height() - kHeading - kStrip) / config.modalityCount();
    const int row = std::clamp(int((at.y() - kHeading) / rowHeight), 0, config.modalityCount() - 1);
    return {tr("%1: its contribution to the prediction, averaged over all orders of showing the modalities: %2")
                .arg(modalityTitle(config, row), signedNumber(brought(row), 4)),
            row};
  }
  return {};
}

void LatticeChart::take(const QPoint& at) {
  if (const int point = pointAt(at); point >= 0)
    Q_EMIT maskChosen(m_lattice->points[size_t(point)].mask);
  else if (const int expert = expertAt(at); expert >= 0)
    Q_EMIT expertChosen(expert);
}

bool LatticeChart::step(int right, int down) {
  if (!m_lattice || !context().document.model()) return false;
  const std::vector<Node> all = nodes(layout(size()).diagram);
  const int from = m_stepped >= 0 ? m_stepped : current();
  const auto here = std::ranges::find(all, from, &Node::point);
  if (here == all.end()) return false;
  const Node* best = nullptr;
  double least = 0;
  for (const Node& node : all) {
    const bool aside = right != 0 && node.row == here->row && (node.rect.left() - here->rect.left()) * right > 1;
    const bool below = down != 0 && node.row == here->row + down;
    if (!aside && !below) continue;
    const double distance = std::abs(node.rect.left() - here->rect.left());
    if (best && distance >= least) continue;
    best = &node;
    least = distance;
  }
  if (best) m_stepped = best->point;
  return true;
}

void LatticeChart::takeStepped() {
  if (m_lattice && m_stepped >= 0) Q_EMIT maskChosen(m_lattice->points[size_t(m_stepped)].mask);
}

Table LatticeChart::table() const {
  Table table{
      {QStringLiteral("quantity"), QStringLiteral("modality"), QStringLiteral("other"), QStringLiteral("value")}, {}};
  if (!m_lattice || !context().document.model()) return table;
  const ModelConfig& config = configOf(context());
  const auto name = [&](int modality) { return QString::fromStdString(config.modalities.at(size_t(modality)).name); };
  for (const MaskedRouting& point : m_lattice->points) {
    QStringList masked;
    for (const int player : m_lattice->players)
      if (point.mask >> player & 1U) masked << name(player);
    table.rows.push_back({QStringLiteral("probability, masked"), masked.join('+'), QString(),
                          full(double(point.probability.at(size_t(m_lattice->output))))});
  }
  const QString space =
      m_lattice->space == ValueSpace::LogOdds ? QStringLiteral("log-odds") : QStringLiteral("probability");
  for (const int i : m_lattice->players)
    table.rows.push_back({QStringLiteral("shapley, ") + space, name(i), QString(), full(brought(i))});
  for (const int i : m_lattice->players)
    for (const int j : m_lattice->players)
      if (i < j)
        table.rows.push_back({QStringLiteral("interaction, ") + space, name(i), name(j),
                              full(m_lattice->interaction.at(size_t(i * config.modalityCount() + j)))});
  for (const int i : m_lattice->players)
    for (int e = 0; e < config.experts; ++e)
      table.rows.push_back({QStringLiteral("shapley, kept weight, layer %1").arg(context().document.layer() + 1),
                            name(i), expertName(e), full(expertBrought(i, e))});
  table.rows.push_back({QStringLiteral("sum check"), QString(), QString(), full(m_lattice->sumCheck)});
  return table;
}

}  // namespace fusemoe::ui
