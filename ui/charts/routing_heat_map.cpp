#include "charts/routing_heat_map.h"

#include <QHBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "charts/colour_bar.h"
#include "charts/colour_map.h"
#include "charts/heat_layer.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr int kRightMargin = 10;
constexpr double kFaded = 0.45;
constexpr int kTickRoom = 56;  // pixels a time label takes

/// The step of a time axis that gives as many round labels as fit.
double timeStep(double span, const QString& unit, int width) {
  constexpr std::array<double, 14> kHours{0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1440};
  constexpr std::array<double, 12> kOthers{0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 90, 180};
  const double least = span * kTickRoom / std::max(kTickRoom, width);
  const auto fits = [&](double step) { return step >= least; };
  if (unit == QStringLiteral("h")) {
    const auto* found = std::ranges::find_if(kHours, fits);
    return found == kHours.end() ? span : *found;
  }
  const auto* found = std::ranges::find_if(kOthers, fits);
  return found == kOthers.end() ? span : *found;
}

}  // namespace

RoutingHeatMap::RoutingHeatMap(const ViewContext& context, QWidget* parent)
    : Chart(context, parent),
      m_layer(new HeatLayer(plot().xAxis, plot().yAxis)),
      m_bar(new ColourBar(context, this)),
      m_binName(new QCPItemText(&plot())),
      m_strip(new QHBoxLayout) {
  placePointedName(*m_binName);
  setAccessibleName(tr("Routing over time"));
  setAccessibleDescription(
      tr("A band of cells for each router: experts from top to bottom, time bins from left to right"));
  plot().xAxis->grid()->setVisible(false);
  plot().yAxis->setVisible(false);
  plot().axisRect()->setAutoMargins(QCP::msBottom);
  plot().axisRect()->setMargins(QMargins(HeatLayer::kTitleWidth, 6, kRightMargin, 0));
  m_strip->setContentsMargins(0, 0, 0, 0);
  m_strip->addWidget(m_bar, 1);
  column().addLayout(m_strip);
}

void RoutingHeatMap::setContent(HeatContent content) {
  if (content == m_content) return;
  m_content = content;
  if (!isVisible() || !context().document.result()) return;
  refresh();
  replot();
}

void RoutingHeatMap::addControl(QWidget* control) {
  m_strip->addWidget(control, 0, Qt::AlignVCenter);
}

double RoutingHeatMap::value(int router, int token, int expert) const {
  return m_cells.at(size_t(router)).at(size_t(token * m_experts + expert));
}

int RoutingHeatMap::bands() const {
  return static_cast<int>(m_layer->bands().size());
}

bool RoutingHeatMap::hatched(int band) const {
  return m_layer->bands().at(size_t(band)).hatched;
}

QRect RoutingHeatMap::cell(int router, int token, int expert) const {
  return m_layer->cellRect(router, expert, token).toAlignedRect();
}

Table RoutingHeatMap::table() const {
  return routingTable(context().document, RoutingRows::Tokens);
}

void RoutingHeatMap::refresh() {
  m_experts = context().document.model()->config().experts;
  m_times = tokenTimes(context().document);
  fillNumbers();
  fillScale();
  fillAxis();
  point();
}

void RoutingHeatMap::fillNumbers() {
  const Document& document = context().document;
  const Distribution distribution = document.state().distribution;
  const LayerResult* ghost = showsChange() ? document.ghostLayer() : nullptr;
  m_cells.clear();
  double highest = 0;
  for (std::size_t r = 0; r < document.shownLayer()->routers.size(); ++r) {
    std::vector<float> cells = cellsOf(document.shownLayer()->routers[r], distribution);
    if (ghost) {
      // An expert kept in one state and not in the other changed by its whole weight.
      const std::vector<float> before = cellsOf(ghost->routers[r], distribution);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (std::isnan(cells[i]) && std::isnan(before[i])) continue;
        cells[i] = (std::isnan(cells[i]) ? 0 : cells[i]) - (std::isnan(before[i]) ? 0 : before[i]);
      }
    }
    for (const float cell : cells)
      if (!std::isnan(cell)) highest = std::max(highest, std::abs(double(cell)));
    m_cells.push_back(std::move(cells));
  }
  m_limit = niceCeiling(highest);
}

void RoutingHeatMap::fillScale() {
  const Document& document = context().document;
  const bool dense = document.state().distribution == Distribution::Dense;
  const bool disjoint = document.model()->config().router == Router::Disjoint;
  const int decimals = m_limit < 0.1 ? 3 : m_limit < 1 ? 2 : 1;
  const QString empty = !dense ? tr("not kept") : disjoint ? tr("another router's expert") : QString();
  if (showsChange()) {
    const QString what = dense ? tr("change of probability, now − %1") : tr("change of gate weight, now − %1");
    m_bar->setScale({document.flipped() ? tr("change, shown − now") : what.arg(ghostName(document)),
                     signedNumber(-m_limit, decimals), signedNumber(m_limit, decimals), empty,
                     ColourMap::change(theme())});
  } else {
    m_bar->setScale({dense ? tr("probability, dense") : tr("gate weight, top-K"), QStringLiteral("0"),
                     number(m_limit, decimals), empty, ColourMap::cividis()});
  }
}

void RoutingHeatMap::fillAxis() {
  const double half = m_times.step() / 2;
  QCPAxis& axis = *plot().xAxis;
  axis.setRange(-half, m_times.timed ? m_times.span + half : half);
  axis.setLabel(m_times.timed ? m_times.axisTitle : tr("one token: the whole sequence"));
  const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  QMap<double, QString> ticks;
  if (m_times.timed) {
    const double step = timeStep(m_times.span, m_times.unit, plot().axisRect()->width());
    for (double at = 0; at <= m_times.span * (1 + 1e-9); at += step) ticks.insert(at, QString::number(at, 'g', 6));
  }
  ticker->setTicks(ticks);
  axis.setTicker(ticker);
}

void RoutingHeatMap::fillBands() {
  const Document& document = context().document;
  const ModelConfig& config = document.model()->config();
  const ColourMap& map = m_bar->scale().map;
  const bool change = showsChange();
  std::vector<HeatBand> bands;
  for (std::size_t r = 0; r < m_cells.size(); ++r) {
    const int modality = document.shownLayer()->routers[r].modality;
    const ModalityState state = modality < 0 ? ModalityState::Present : document.result()->states[size_t(modality)];
    HeatBand band;
    band.title = routerTitle(config, modality);
    band.hatched = state != ModalityState::Present;
    if (band.hatched) band.note = stateName(state);
    band.colour = theme().modality(modality);
    band.opacity = emphasis(modality) < 1 ? kFaded : 1.0;
    band.modality = modality;
    const auto tokens = static_cast<int>(m_cells[r].size()) / m_experts;
    band.cells = QImage(tokens, m_experts, QImage::Format_RGB32);
    for (int expert = 0; expert < m_experts; ++expert) {
      auto* line = reinterpret_cast<QRgb*>(band.cells.scanLine(expert));
      for (int token = 0; token < tokens; ++token) {
        const auto cell = double(m_cells[r][size_t(token * m_experts + expert)]);
        const double place = change ? 0.5 + 0.5 * cell / m_limit : cell / m_limit;
        line[token] = std::isnan(cell) ? theme().grid.rgb() : map.at(place);
      }
    }
    bands.push_back(std::move(band));
  }
  m_layer->setBands(std::move(bands));
}

void RoutingHeatMap::highlight() {
  point();
  replot();
}

void RoutingHeatMap::point() {
  const Selection& selection = context().selection;
  fillBands();
  const int bin = selection.bin();
  const bool named = m_times.timed && bin >= 0 && bin < m_times.tokens;
  m_layer->setPointed(selection.target(), selection.selected());
  showPointedName(*m_binName, named ? m_times.label(bin) : QString(), named ? m_times.at(bin) : 0,
                  bin == selection.selected().bin, theme());
}

void RoutingHeatMap::restyle() {
  m_layer->setTheme(theme());
  m_bar->update();
}

QString RoutingHeatMap::pointAt(const QPoint& position) {
  const HeatLayer::Cell cell = m_layer->cellAt(position);
  if (cell.band < 0) return {};
  const int modality = context().document.shownLayer()->routers[size_t(cell.band)].modality;
  context().selection.hover(cell.row, modality, m_times.timed ? cell.column : -1);
  return cell.row >= 0 && cell.column >= 0 ? tip(cell.band, cell.column, cell.row) : bandTip(cell.band);
}

QString RoutingHeatMap::bandTip(int router) const {
  const Document& document = context().document;
  const RouterResult& shown = document.shownLayer()->routers[size_t(router)];
  return tr("<b>%1</b><br>%2, %3 experts")
      .arg(routerTitle(document.model()->config(), shown.modality).toHtmlEscaped(),
           counted(shown.tokens, tr("1 token"), tr("%1 tokens")))
      .arg(m_experts);
}

QString RoutingHeatMap::tip(int router, int token, int expert) const {
  const Document& document = context().document;
  const ModelConfig& config = document.model()->config();
  const RouterResult& shown = document.shownLayer()->routers[size_t(router)];
  const auto place = static_cast<std::size_t>(token * m_experts + expert);
  const auto written = [](float value, const QString& none) {
    return std::isnan(value) ? none : number(double(value), 3);
  };
  const auto dense = [&](const RouterResult& of) { return cellsOf(of, Distribution::Dense)[place]; };
  const auto kept = [&](const RouterResult& of) { return cellsOf(of, Distribution::TopK)[place]; };
  QStringList lines;
  const QString where = m_times.timed
                            ? tr("bin %1 of %2, %3").arg(token + 1).arg(m_times.tokens).arg(m_times.label(token))
                            : m_times.label(token);
  lines << QStringLiteral("<b>%1 · %2</b>, %3")
               .arg(expertName(expert), routerTitle(config, shown.modality).toHtmlEscaped(), where);
  lines << tr("dense: softmax(%1) = <b>%2</b>")
               .arg(logitFormula(config.gate), written(dense(shown), tr("cannot be chosen")));
  lines << tr("top-%1: gate weight <b>%2</b>").arg(config.topK).arg(written(kept(shown), tr("not kept")));
  if (hasGhost()) {
    const RouterResult& before = document.ghostLayer()->routers[size_t(router)];
    const double change = double(dense(shown)) - double(dense(before));
    lines << tr("%1: dense %2, gate weight %3")
                 .arg(ghostName(document).toHtmlEscaped(), written(dense(before), tr("none")),
                      written(kept(before), tr("not kept")));
    if (!std::isnan(change)) lines << tr("change of the dense probability: %1").arg(signedNumber(change, 3));
  }
  return lines.join(QStringLiteral("<br>"));
}

void RoutingHeatMap::drawStrip(QPainter& painter, const QRect& area) const {
  m_bar->paint(painter, area);
}

int RoutingHeatMap::stripHeight() const {
  return m_bar->sizeHint().height();
}

}  // namespace fusemoe::ui
