#include "charts/load_chart.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "charts/bar_layer.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "charts/routing_numbers.h"
#include "state/appearance.h"
#include "state/cohort_sweep.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"
#include "state/load_sums.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kBarWidth = 0.7;
constexpr int kBalanceMargin = 58;  // room for the balance line's name beside the bars

/// The experts' shares of a layer's load, in percent. [S]
std::vector<double> sharesOf(const LayerResult& layer, LoadMeasure measure) {
  const std::vector<float>& load = measure == LoadMeasure::Tokens ? layer.load : layer.importance;
  const double total = std::accumulate(load.begin(), load.end(), 0.0);
  std::vector<double> shares;
  for (const float part : load) shares.push_back(total > 0 ? 100 * double(part) / total : 0);
  return shares;
}

}  // namespace

LoadChart::LoadChart(const ViewContext& context, QWidget* parent)
    : Chart(context, parent),
      m_sums(new LoadSums(context.document, context.sweep, this)),
      m_bars(new BarLayer(plot().xAxis, plot().yAxis)),
      m_balanceLine(new QCPItemStraightLine(&plot())),
      m_balanceText(new QCPItemText(&plot())),
      m_pointedName(new QCPItemText(&plot())) {
  setAccessibleName(tr("Expert load"));
  setAccessibleDescription(tr("Stacked bars of how much of the work each expert does, by modality"));
  plot().xAxis->grid()->setVisible(false);
  plot().axisRect()->setMinimumMargins(QMargins(0, 8, kBalanceMargin, 0));
  plot().yAxis->ticker()->setTickCount(4);
  m_balanceText->setPositionAlignment(Qt::AlignVCenter | Qt::AlignLeft);
  m_balanceText->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
  m_balanceText->setTextAlignment(Qt::AlignLeft);
  m_balanceText->setClipToAxisRect(false);
  m_balanceText->setPadding(QMargins(6, 0, 0, 0));
  placePointedName(*m_pointedName);
  connect(m_sums, &LoadSums::changed, this, &LoadChart::follow);
}

double LoadChart::share(int expert) const {
  return m_bars->bar((m_routers - 1) * m_experts + expert).valueTo;
}

double LoadChart::segment(int router, int expert) const {
  const Bar& bar = m_bars->bar(router * m_experts + expert);
  return bar.valueTo - bar.valueFrom;
}

double LoadChart::balance() const {
  return m_balanceLine->point1->value();
}

double LoadChart::referenceShare(int expert) const {
  return m_bars->hasTicks() ? m_bars->tick(expert).value : std::numeric_limits<double>::quiet_NaN();
}

Table LoadChart::table() const {
  const Document& document = context().document;
  Table table;
  if (!document.result()) return table;
  const LayerResult& layer = *document.shownLayer();
  const LayerResult* ghost = oneStay() ? document.ghostLayer() : nullptr;
  const auto tokensOf = parts(LoadMeasure::Tokens);
  const auto weightOf = parts(LoadMeasure::Importance);
  table.columns = {tr("layer"), tr("expert"), tr("modality"), tr("tokens that kept it"), tr("gate weight")};
  if (ghost) table.columns << tr("tokens that kept it, reference") << tr("gate weight, reference");
  for (std::size_t r = 0; r < layer.routers.size(); ++r) {
    std::vector<double> tokensBefore, weightBefore;
    if (ghost) {
      tokensBefore = received(ghost->routers[r], LoadMeasure::Tokens);
      weightBefore = received(ghost->routers[r], LoadMeasure::Importance);
    }
    for (std::size_t e = 0; e < tokensOf[r].size(); ++e) {
      QStringList row{QString::number(document.layer() + 1), expertName(int(e)),
                      routerTitle(document.model()->config(), layer.routers[r].modality), exact(tokensOf[r][e]),
                      exact(weightOf[r][e])};
      if (ghost) row << exact(tokensBefore[e]) << exact(weightBefore[e]);
      table.rows.push_back(row);
    }
  }
  return table;
}

void LoadChart::refresh() {
  const Document& document = context().document;
  m_experts = document.model()->config().experts;
  m_routers = static_cast<int>(document.shownLayer()->routers.size());
  setExpertTicks(*plot().xAxis, m_experts, plot().axisRect()->width());
  fillBars();
  fillTicks();
  const bool tokens = document.state().loadMeasure == LoadMeasure::Tokens;
  plot().yAxis->setLabel(tokens ? tr("share of kept tokens, %") : tr("share of gate weight, %"));
  plot().xAxis->setLabel(scopeText());  // here, since the panel's title row has no room for it
  const double balanced = 100.0 / m_experts;
  m_balanceLine->point1->setCoords(0, balanced);
  m_balanceLine->point2->setCoords(1, balanced);
  m_balanceText->setText(tr("balanced\n%1 %").arg(number(balanced, 2)));
  m_balanceText->position->setCoords(1.0, balanced);
  m_bars->setBands(expertBands(context().selection));
  showExpertName(*m_pointedName, context().selection, theme());
}

bool LoadChart::oneStay() const {
  return context().document.state().loadScope == LoadScope::Stay;
}

std::vector<std::vector<double>> LoadChart::parts(LoadMeasure measure) const {
  const LayerResult& layer = *context().document.shownLayer();
  std::vector<std::vector<double>> parts;
  for (const RouterResult& router : layer.routers) {
    if (oneStay()) {
      parts.push_back(received(router, measure));
    } else if (const LoadSum* sum = m_sums->sum()) {
      parts.push_back(context().sweep.table().received(*sum, static_cast<int>(parts.size()), measure));
    } else {
      parts.emplace_back(router.meanTopK.size(), 0.0);
    }
  }
  return parts;
}

QString LoadChart::scopeText() const {
  if (oneStay() || !context().document.cohort()) return {};
  const LoadSum* sum = m_sums->sum();
  const int known = sum ? sum->stays : 0;
  const int all = m_sums->stays();
  const CohortSweep::State sweep = context().sweep.state();
  if (known == all) {
    const QString stays = counted(all, tr("1 stay"), tr("%1 stays"));
    return m_sums->byRisk() && sweep != CohortSweep::State::Done ? tr("%1 so far").arg(stays) : stays;
  }
  switch (sweep) {
    case CohortSweep::State::Running:
      return tr("%1 of %2 stays so far").arg(count(known), count(all));
    case CohortSweep::State::Off:
      return tr("%1 of %2 stays, background risk is off").arg(count(known), count(all));
    default:
      return tr("%1 of %2 stays").arg(count(known), count(all));
  }
}

void LoadChart::fillBars() {
  const Document& document = context().document;
  const LayerResult& layer = *document.shownLayer();
  const std::vector<std::vector<double>> parts = this->parts(document.state().loadMeasure);
  double total = 0;
  for (const std::vector<double>& router : parts) {
    for (const double part : router) total += part;
  }
  std::vector<Bar> bars;
  std::vector<double> tops(static_cast<std::size_t>(m_experts), 0.0);
  for (std::size_t r = 0; r < layer.routers.size(); ++r) {
    const int modality = layer.routers[r].modality;
    const bool missing =
        oneStay() && modality >= 0 && document.result()->states[size_t(modality)] != ModalityState::Present;
    for (int expert = 0; expert < m_experts; ++expert) {
      double& top = tops[size_t(expert)];
      const double from = top;
      top += total > 0 ? 100.0 * parts[r][size_t(expert)] / total : 0.0;
      bars.push_back({expert - kBarWidth / 2,
                      expert + kBarWidth / 2,
                      from,
                      top,
                      theme().modality(modality),
                      missing,
                      false,
                      emphasis(modality),
                      {}});
    }
  }
  m_bars->setBars(std::move(bars));
  plot().yAxis->setRange(0, niceCeiling(1.02 * std::max(100.0 / m_experts, *std::ranges::max_element(tops))));
}

void LoadChart::fillTicks() {
  const Document& document = context().document;
  std::vector<Tick> ticks;
  double highest = plot().yAxis->range().upper;
  if (oneStay() && hasGhost()) {
    const std::vector<double> before = sharesOf(*document.ghostLayer(), document.state().loadMeasure);
    for (int expert = 0; expert < m_experts; ++expert)
      ticks.push_back({expert - kBarWidth / 2, expert + kBarWidth / 2, before[size_t(expert)]});
    highest = std::max(highest, niceCeiling(*std::ranges::max_element(before)));
  }
  m_bars->setTicks(std::move(ticks));
  plot().yAxis->setRange(0, highest);
}

void LoadChart::restyle() {
  m_bars->setInk(theme(), themeFont(kCaptionPixels));
  m_balanceLine->setPen(QPen(theme().text, 1, Qt::DashLine));
  m_balanceText->setFont(themeFont(kCaptionPixels));
  m_balanceText->setColor(theme().text);
}

QString LoadChart::pointAt(const QPoint& position) {
  if (!plot().axisRect()->rect().adjusted(0, 0, 0, 24).contains(position)) return {};
  const int expert =
      std::clamp(static_cast<int>(std::lround(plot().xAxis->pixelToCoord(position.x()))), 0, m_experts - 1);
  const Document& document = context().document;
  const auto& routers = document.shownLayer()->routers;
  const double height = plot().yAxis->pixelToCoord(position.y());
  int pointed = -1;
  QStringList lines(QStringLiteral("<b>%1</b>: %2 %").arg(expertName(expert), number(share(expert), 1)));
  for (int router = m_routers - 1; router >= 0; --router) {
    const Bar& bar = m_bars->bar(router * m_experts + expert);
    if (height >= bar.valueFrom && height < bar.valueTo) pointed = routers[size_t(router)].modality;
    const QString title = routerTitle(document.model()->config(), routers[size_t(router)].modality).toHtmlEscaped();
    lines << tr("%1: %2 %").arg(title, number(bar.valueTo - bar.valueFrom, 1));
  }
  const bool tokens = document.state().loadMeasure == LoadMeasure::Tokens;
  lines << (tokens ? tr("tokens that kept the expert in their top-K, of all kept")
                   : tr("importance: sum of kept gate weights, of all weight"));
  if (const QString scope = scopeText(); !scope.isEmpty()) lines << scope;
  if (m_bars->hasTicks())
    lines << tr("grey tick, %1: %2 %").arg(ghostName(document).toHtmlEscaped(), number(referenceShare(expert), 1));
  context().selection.hover(expert, pointed);
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace fusemoe::ui
