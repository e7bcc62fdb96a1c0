#include "charts/flow_chart.h"

#include <algorithm>

#include "charts/flow_layer.h"
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

/// Means over tokens times tokens: what each router gave each expert.
FlowWeights weightsOf(const LayerResult& layer, Distribution distribution) {
  FlowWeights weights;
  for (const RouterResult& router : layer.routers) {
    std::vector<double> given;
    for (const float mean : meansOf(router, distribution)) given.push_back(double(mean) * router.tokens);
    weights.push_back(std::move(given));
  }
  return weights;
}

QString percent(double part, double whole) {
  return QStringLiteral("%1 %").arg(number(whole > 0 ? 100 * part / whole : 0, 1));
}

}  // namespace

FlowChart::FlowChart(const ViewContext& context, QWidget* parent)
    : Chart(context, parent), m_layer(new FlowLayer(&plot())) {
  setAccessibleName(tr("Flow from modalities over experts to the prediction"));
  setAccessibleDescription(tr("Ribbons as wide as the gate weight that each modality's router gives each expert"));
  plot().axisRect()->setVisible(false);
  for (QCPAxis* axis : plot().axisRect()->axes()) axis->setVisible(false);
}

const FlowLayout& FlowChart::layout() const {
  return m_layer->layout();
}

bool FlowChart::hatched(int router) const {
  return m_layer->content().sources.at(size_t(router)).hatched;
}

bool FlowChart::hasOutlines() const {
  return !m_layer->content().ghost.empty();
}

QPoint FlowChart::ribbonPlace(int router, int expert) const {
  return m_layer->ribbonPlace(router, expert);
}

QPoint FlowChart::routerPlace(int router) const {
  return m_layer->routerPlace(router);
}

Table FlowChart::table() const {
  return routingTable(context().document, RoutingRows::Means);
}

void FlowChart::refresh() {
  const Document& document = context().document;
  const ModelConfig& config = document.model()->config();
  const LayerResult& layer = *document.shownLayer();
  const bool dense = document.state().distribution == Distribution::Dense;
  FlowLayer::Content content;
  content.weights = weightsOf(layer, document.state().distribution);
  if (hasGhost()) content.ghost = weightsOf(*document.ghostLayer(), document.state().distribution);
  for (const RouterResult& router : layer.routers) {
    const ModalityState state =
        router.modality < 0 ? ModalityState::Present : document.result()->states[size_t(router.modality)];
    const bool missing = state != ModalityState::Present;
    const QString tokens = counted(router.tokens, tr("1 token"), tr("%1 tokens"));
    content.sources.push_back({routerTitle(config, router.modality),
                               missing ? QStringLiteral("%1, %2").arg(stateName(state), tokens) : tokens,
                               theme().modality(router.modality), missing, router.modality});
  }
  const auto& values = document.result()->probability;
  const auto top = std::ranges::max_element(values);
  content.outputFigure = number(double(*top), 2);
  content.outputTitle = values.size() > 1 ? QString::fromStdString(config.task.labels.at(size_t(top - values.begin())))
                                          : taskTitle(document);
  content.headings = {tr("modality, tokens"), dense ? tr("expert, probability mass") : tr("expert, gate weight"),
                      tr("prediction")};
  content.caption = dense ? tr("Width: dense probability over all tokens: who could be asked, not why.")
                          : tr("Width: kept gate weight over all tokens: who was asked, not why.");
  if (hasGhost()) content.caption += tr(" Outlined: %1.").arg(ghostName(document));
  m_layer->setContent(std::move(content));
  m_layer->setPointed(context().selection.target(), context().selection.selected());
}

void FlowChart::highlight() {
  m_layer->setPointed(context().selection.target(), context().selection.selected());
  replot();
}

void FlowChart::restyle() {
  m_layer->setTheme(theme());
}

double FlowChart::weight(int router, int expert) const {
  return m_layer->content().weights[size_t(router)][size_t(expert)];
}

double FlowChart::total() const {
  return m_layer->layout().output.weight;
}

QString FlowChart::pointAt(const QPoint& position) {
  const std::optional<FlowHit> hit = m_layer->hitAt(position);
  if (!hit) return {};
  Selection& selection = context().selection;
  const int modality = hit->router < 0 ? -1 : m_layer->content().sources[size_t(hit->router)].modality;
  selection.hover(hit->expert, modality);
  switch (hit->kind) {
    case FlowHit::Kind::Router:
      return routerTip(hit->router);
    case FlowHit::Kind::Ribbon:
      return ribbonTip(hit->router, hit->expert);
    case FlowHit::Kind::Expert:
    case FlowHit::Kind::Output:
      return expertTip(hit->expert);
    case FlowHit::Kind::Head:
      return tr("<b>%1</b>: %2<br>The experts' outputs, weighted by the gate, go through the next layers and the head.")
          .arg(m_layer->content().outputTitle.toHtmlEscaped(), m_layer->content().outputFigure);
  }
  return {};
}

QString FlowChart::routerTip(int router) const {
  const FlowSource& source = m_layer->content().sources[size_t(router)];
  const FlowNode& node = m_layer->layout().routers[size_t(router)];
  return tr("<b>%1</b><br>%2, %3 of all").arg(source.title.toHtmlEscaped(), source.note, percent(node.weight, total()));
}

QString FlowChart::expertTip(int expert) const {
  const bool dense = context().document.state().distribution == Distribution::Dense;
  const double now = m_layer->layout().experts[size_t(expert)].weight;
  QStringList lines(QStringLiteral("<b>%1</b>").arg(expertName(expert)));
  lines << (dense ? tr("dense probability, summed: <b>%1</b> tokens, %2 of all")
                  : tr("importance, Σ of kept gate weight: <b>%1</b> tokens, %2 of all"))
               .arg(number(now, 2), percent(now, total()));
  if (hasOutlines()) {
    double before = 0;
    for (const auto& given : m_layer->content().ghost) before += given[size_t(expert)];
    lines << tr("%1 %2, change %3")
                 .arg(ghostName(context().document).toHtmlEscaped(), number(before, 2), signedNumber(now - before, 2));
  }
  lines << tr("a share of gate weight, not of the prediction");
  return lines.join(QStringLiteral("<br>"));
}

QString FlowChart::ribbonTip(int router, int expert) const {
  const double now = weight(router, expert);
  const FlowSource& source = m_layer->content().sources[size_t(router)];
  QStringList lines(QStringLiteral("<b>%1 → %2</b>").arg(source.title.toHtmlEscaped(), expertName(expert)));
  lines << tr("<b>%1</b> tokens: %2 of what the modality gives, %3 of what the expert gets")
               .arg(number(now, 2), percent(now, m_layer->layout().routers[size_t(router)].weight),
                    percent(now, m_layer->layout().experts[size_t(expert)].weight));
  if (hasOutlines()) {
    const double before = m_layer->content().ghost[size_t(router)][size_t(expert)];
    lines << tr("%1 %2, change %3")
                 .arg(ghostName(context().document).toHtmlEscaped(), number(before, 2), signedNumber(now - before, 2));
  }
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace fusemoe::ui
