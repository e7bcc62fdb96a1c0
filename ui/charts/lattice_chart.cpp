#include "charts/lattice_chart.h"

#include <QLocale>
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "charts/colour_bar.h"
#include "charts/lattice_places.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kGap = 16;
constexpr double kRowName = 64;
constexpr double kLeastPitch = 30;  // of nodes with lines between them
constexpr double kMostRadius = 15;

QString full(double value) {
  return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

}  // namespace

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
  layout.diagram = QRectF(0, 0, left, size.height() - kLatticeStrip);
  const QRectF right(left + kGap, 0, size.width() - left - kGap - 4, size.height());
  const double rows = latticeConfig(context()).modalityCount() + (m_content == Content::Experts ? 1 : 0);
  const double upper = std::min(kLatticeHeading + 24 * rows + kLatticeStrip, right.height() * 0.55);
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
    if (mask >> player & 1U) names << modalityTitle(latticeConfig(context()), player);
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
  const QRectF area = diagram.adjusted(kRowName, kLatticeHeading + 8, -8, -6);
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
  const auto count = size_t(latticeConfig(context()).modalityCount());
  const std::size_t pair = size_t(first) * count + size_t(second);
  if (m_content == Content::Prediction) return m_lattice->interaction.at(pair);
  const RoutingShape& shape = m_lattice->shape;
  const std::size_t at = (pair * size_t(shape.layers) + size_t(context().document.layer())) * size_t(shape.experts);
  return m_lattice->expertInteraction.empty() ? 0 : m_lattice->expertInteraction.at(at + size_t(m_expert));
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
  const ModelConfig& config = latticeConfig(context());
  const QRectF cells = area.adjusted(kLatticeName, kLatticeHeading, 0, -kLatticeStrip);
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
  const ModelConfig& config = latticeConfig(context());
  const Layout parts = layout(size());
  if (const int expert = expertAt(at); expert >= 0) {
    const double rowHeight = (parts.upper.height() - kLatticeHeading - kLatticeStrip) / (config.modalityCount() + 1);
    const int row = int((at.y() - kLatticeHeading) / rowHeight) - 1;
    if (row < 0) return {tr("Expert %1: click to see its masks").arg(expert + 1), -1, expert};
    return {tr("%1 brings %2 to the kept weight of %3 in layer %4 (Shapley, top-K, mean over routers)")
                .arg(modalityTitle(config, row), signedNumber(expertBrought(row, expert), 4), expertName(expert))
                .arg(context().document.layer() + 1),
            row, expert};
  }
  if (m_content == Content::Prediction && parts.upper.adjusted(0, kLatticeHeading, 0, -kLatticeStrip).contains(at)) {
    const double rowHeight = (parts.upper.height() - kLatticeHeading - kLatticeStrip) / config.modalityCount();
    const int row = std::clamp(int((at.y() - kLatticeHeading) / rowHeight), 0, config.modalityCount() - 1);
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
  const ModelConfig& config = latticeConfig(context());
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
