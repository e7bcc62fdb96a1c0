#include "charts/router_chart.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "charts/bar_layer.h"
#include "charts/legend_strip.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "charts/routing_numbers.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kGroupWidth = 0.78;
constexpr double kFaded = 0.42;

/// Which K experts got the most kept weight.
std::vector<bool> strongest(const RouterResult& router, int count) {
  std::vector<int> order(router.meanTopK.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater(), [&](int expert) { return router.meanTopK[size_t(expert)]; });
  std::vector<bool> chosen(order.size(), false);
  for (int i = 0; i < std::min(count, int(order.size())); ++i) {
    chosen[size_t(order[size_t(i)])] = router.meanTopK[size_t(order[size_t(i)])] > 0;
  }
  return chosen;
}

}  // namespace

RouterChart::RouterChart(const ViewContext& context, QWidget* parent)
    : Chart(context, parent),
      m_bars(new BarLayer(plot().xAxis, plot().yAxis)),
      m_pointedName(new QCPItemText(&plot())),
      m_legend(new LegendStrip(context, this)) {
  setAccessibleName(tr("Router probabilities"));
  setAccessibleDescription(tr("Bars of how each modality's router spreads over the experts"));
  column().addWidget(m_legend);
  plot().xAxis->grid()->setVisible(false);
  plot().axisRect()->setMinimumMargins(QMargins(0, 8, 4, 0));
  placePointedName(*m_pointedName);
  connect(&plot(), &QCustomPlot::afterReplot, this, [this] { m_legend->setIndent(plot().axisRect()->left()); });
}

double RouterChart::value(int router, int expert) const {
  return m_bars->bar(router * m_experts + expert).valueTo;
}

double RouterChart::referenceValue(int router, int expert) const {
  if (!m_bars->hasTicks()) return value(router, expert);
  return m_bars->tick(router * m_experts + expert).value;
}

bool RouterChart::outlined(int router, int expert) const {
  return m_bars->bar(router * m_experts + expert).outlined;
}

bool RouterChart::hatched(int router) const {
  return m_bars->bar(router * m_experts).hatched;
}

Table RouterChart::table() const {
  return routingTable(context().document, RoutingRows::Means);
}

void RouterChart::drawStrip(QPainter& painter, const QRect& area) const {
  m_legend->paint(painter, area);
}

int RouterChart::stripHeight() const {
  return m_legend->sizeHint().height();
}

void RouterChart::refresh() {
  const Document& document = context().document;
  m_experts = document.model()->config().experts;
  setExpertTicks(*plot().xAxis, m_experts, plot().axisRect()->width());
  fillBars();
  fillLegend();
  const bool dense = document.state().distribution == Distribution::Dense;
  plot().yAxis->setLabel(dense ? tr("probability, dense") : tr("gate weight, top-K"));
  m_bars->setBands(expertBands(context().selection));
  showExpertName(*m_pointedName, context().selection, theme());
}

void RouterChart::fillBars() {
  const Document& document = context().document;
  const LayerResult& layer = *document.shownLayer();
  const LayerResult* ghost = document.ghostLayer();
  const Distribution distribution = document.state().distribution;
  const double width = kGroupWidth / double(layer.routers.size());
  std::vector<Bar> bars;
  std::vector<Tick> ticks;
  double highest = 0;
  for (std::size_t r = 0; r < layer.routers.size(); ++r) {
    const RouterResult& router = layer.routers[r];
    const std::vector<bool> chosen = strongest(router, document.model()->config().topK);
    const bool missing =
        router.modality >= 0 && document.result()->states[size_t(router.modality)] != ModalityState::Present;
    for (int expert = 0; expert < m_experts; ++expert) {
      const double left = expert - kGroupWidth / 2 + double(r) * width;
      const double right = left + width * 0.88;
      const double value = meansOf(router, distribution)[size_t(expert)];
      const double before = ghost ? meansOf(ghost->routers[r], distribution)[size_t(expert)] : value;
      const double opacity = (chosen[size_t(expert)] ? 1.0 : kFaded) * emphasis(router.modality);
      bars.push_back(
          {left, right, 0, value, theme().modality(router.modality), missing, chosen[size_t(expert)], opacity, {}});
      if (hasGhost()) ticks.push_back({left, right, before});
      highest = std::max({highest, value, before});
    }
  }
  m_bars->setBars(std::move(bars));
  m_bars->setTicks(std::move(ticks));
  plot().yAxis->setRange(0, niceCeiling(highest));
}

void RouterChart::fillLegend() {
  const Document& document = context().document;
  QList<LegendStrip::Entry> entries;
  for (const RouterResult& router : document.shownLayer()->routers) {
    const bool joint = router.modality < 0;
    const ModalityState state = joint ? ModalityState::Present : document.result()->states[size_t(router.modality)];
    const QString title = routerTitle(document.model()->config(), router.modality);
    const bool missing = state != ModalityState::Present;
    entries.append({missing ? tr("%1 (%2)").arg(title, stateName(state)) : title, router.modality,
                    missing ? LegendStrip::Mark::Hatched : LegendStrip::Mark::Filled});
  }
  if (hasGhost()) entries.append({ghostName(document), -1, LegendStrip::Mark::Tick});
  m_legend->setEntries(entries);
}

void RouterChart::restyle() {
  m_bars->setInk(theme(), themeFont(kCaptionPixels));
}

QString RouterChart::pointAt(const QPoint& position) {
  if (!plot().axisRect()->rect().adjusted(0, 0, 0, 24).contains(position)) return {};
  const double key = plot().xAxis->pixelToCoord(position.x());
  const int expert = std::clamp(static_cast<int>(std::lround(key)), 0, m_experts - 1);
  const int routers = static_cast<int>(context().document.shownLayer()->routers.size());
  const double place = (key - expert + kGroupWidth / 2) / kGroupWidth * routers;
  const int router = std::clamp(static_cast<int>(std::floor(place)), 0, routers - 1);
  context().selection.hover(expert, context().document.shownLayer()->routers[size_t(router)].modality);
  return tip(router, expert);
}

QString RouterChart::tip(int router, int expert) const {
  const Document& document = context().document;
  const RouterResult& shownRouter = document.shownLayer()->routers[size_t(router)];
  const LayerResult* ghost = document.ghostLayer();
  const ModelConfig& config = document.model()->config();
  const double dense = shownRouter.meanDense[size_t(expert)];
  const auto kept = std::ranges::count(shownRouter.topKExpert, expert);
  QStringList lines;
  lines << QStringLiteral("<b>%1 · %2</b>")
               .arg(expertName(expert), routerTitle(config, shownRouter.modality).toHtmlEscaped());
  lines << tr("dense: mean over %1 of softmax(%2) = <b>%3</b>")
               .arg(counted(shownRouter.tokens, tr("1 token"), tr("%1 tokens")), logitFormula(config.gate),
                    number(dense, 3));
  if (ghost) {
    const double before = ghost->routers[size_t(router)].meanDense[size_t(expert)];
    lines << tr("%1 %2, change %3")
                 .arg(ghostName(document).toHtmlEscaped(), number(before, 3), signedNumber(dense - before, 3));
  }
  lines << tr("top-%1: kept by %2 of %3, mean gate weight %4")
               .arg(config.topK)
               .arg(kept)
               .arg(shownRouter.tokens)
               .arg(number(shownRouter.meanTopK[size_t(expert)], 3));
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace fusemoe::ui
