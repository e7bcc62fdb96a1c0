#include "panels/chart_panels.h"

#include <array>
#include <QStackedWidget>

#include "charts/entropy_chart.h"
#include "charts/flow_chart.h"
#include "charts/load_chart.h"
#include "charts/router_chart.h"
#include "charts/routing_heat_map.h"
#include "panels/segmented_switch.h"
#include "state/document.h"

namespace fusemoe::ui {

RouterPanel::RouterPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("router"), tr("Routing"), parent),
      m_context(context),
      m_bars(new RouterChart(context)),
      m_heatMap(new RoutingHeatMap(context)),
      m_flow(new FlowChart(context)),
      m_stack(new QStackedWidget),
      m_layers(new SegmentedSwitch(tr("Layer"))),
      m_distribution(new SegmentedSwitch(tr("Distribution"))),
      m_view(new SegmentedSwitch(tr("Routing view"))),
      m_content(new SegmentedSwitch(tr("Heat map content"))) {
  m_distribution->setSegments({tr("Dense"), tr("Top-K")});
  m_distribution->setTips(
      {tr("Softmax over all experts, before the choice"), tr("Weights of the chosen experts, which the model uses")});
  m_view->setSegments({tr("Bars"), tr("Heat map"), tr("Flow")});
  m_view->setTips({tr("Mean over the tokens, modality by modality"), tr("Every expert in every time bin"),
                   tr("From the modalities over the experts to the prediction")});
  m_content->setSegments({tr("Value"), tr("Change")});
  m_content->setTips({tr("The numbers of the state"), tr("Their difference from the state compared with")});
  m_content->setCurrent(0);
  for (SegmentedSwitch* control : {m_layers, m_distribution, m_view}) addSwitch(control);
  for (Chart* chart : {static_cast<Chart*>(m_bars), static_cast<Chart*>(m_heatMap), static_cast<Chart*>(m_flow)})
    m_stack->addWidget(chart);
  m_heatMap->addControl(m_content);
  addContent(m_stack, 1);
  Document& document = context.document;
  connect(m_layers, &SegmentedSwitch::chosen, this, [&document](int layer) { document.setLayer(layer); });
  connect(m_distribution, &SegmentedSwitch::chosen, this,
          [&document](int index) { document.setDistribution(index == 0 ? Distribution::Dense : Distribution::TopK); });
  connect(m_view, &SegmentedSwitch::chosen, this,
          [&document](int index) { document.setRoutingView(static_cast<RoutingView>(index)); });
  connect(m_content, &SegmentedSwitch::chosen, this,
          [this](int index) { m_heatMap->setContent(index == 0 ? HeatContent::Value : HeatContent::Change); });
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Model | Change::View)) refresh();
  });
  connect(&document, &Document::resultChanged, this, [this] { m_content->setVisible(m_heatMap->hasChanges()); });
  m_content->setVisible(false);
  refresh();
}

Chart& RouterPanel::shown() const {
  return *static_cast<Chart*>(m_stack->currentWidget());
}

void RouterPanel::draw(QPainter& painter, const QRect& area) const {
  shown().draw(painter, area);
}

Table RouterPanel::table(bool /*identifiers*/) const {
  return shown().table();
}

void RouterPanel::refresh() {
  const Document& document = m_context.document;
  refreshLayers();
  m_distribution->setCurrent(document.state().distribution == Distribution::Dense ? 0 : 1);
  const auto view = static_cast<int>(document.state().routingView);
  m_view->setCurrent(view);
  m_stack->setCurrentIndex(view);
  refreshTitle();
}

void RouterPanel::refreshLayers() {
  const ModelPtr& model = m_context.document.model();
  QStringList layers;
  QStringList tips;
  for (int layer = 0; model && layer < model->config().layers; ++layer) {
    layers << QString::number(layer + 1);
    tips << tr("Fusion layer %1").arg(layer + 1);
  }
  m_layers->setSegments(layers);
  m_layers->setTips(tips);
  m_layers->setCurrent(m_context.document.layer());
  m_layers->setVisible(layers.size() > 1);
}

void RouterPanel::refreshTitle() {
  const Document& document = m_context.document;
  if (!document.model()) {
    setSubtitle(QString());
    return;
  }
  const ModelConfig& config = document.model()->config();
  const bool joint = config.router == Router::Joint;
  switch (document.state().routingView) {
    case RoutingView::Bars:
      setSubtitle((joint ? tr("joint router × expert, layer %1, top %2 outlined")
                         : tr("modality × expert, layer %1, top %2 outlined"))
                      .arg(document.layer() + 1)
                      .arg(config.topK));
      break;
    case RoutingView::HeatMap:
      setSubtitle(tr("expert × time bin, layer %1").arg(document.layer() + 1));
      break;
    case RoutingView::Flow:
      setSubtitle(tr("modality → expert → prediction, layer %1").arg(document.layer() + 1));
      break;
  }
}

LoadPanel::LoadPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("load"), tr("Expert load"), parent),
      m_context(context),
      m_chart(new LoadChart(context)),
      m_measure(new SegmentedSwitch(tr("Load measure"))),
      m_scope(new SegmentedSwitch(tr("Load of"))) {
  m_measure->setSegments({tr("Tokens"), tr("Weight")});
  m_measure->setTips(
      {tr("How many tokens kept the expert"), tr("Importance: the sum of the gate weights they gave it")});
  m_scope->setSegments({tr("Stay"), tr("Slice"), tr("All")});
  m_scope->setTips({tr("The stay shown, in the state shown"), tr("The stays that pass the list's filter, as recorded"),
                    tr("All stays of the cohort, as recorded")});
  addSwitch(m_measure);
  addSwitch(m_scope);
  addContent(m_chart, 1);
  connect(m_measure, &SegmentedSwitch::chosen, this, [this](int index) {
    m_context.document.setLoadMeasure(index == 0 ? LoadMeasure::Tokens : LoadMeasure::Importance);
  });
  connect(m_scope, &SegmentedSwitch::chosen, this, [this](int index) {
    constexpr std::array kScopes{LoadScope::Stay, LoadScope::Slice, LoadScope::Cohort};
    m_context.document.setLoadScope(kScopes.at(static_cast<std::size_t>(index)));
  });
  connect(&context.document, &Document::changed, this, &LoadPanel::refresh);
  refresh();
}

void LoadPanel::refresh() {
  const SessionState& state = m_context.document.state();
  m_measure->setCurrent(state.loadMeasure == LoadMeasure::Tokens ? 0 : 1);
  m_scope->setCurrent(state.loadScope == LoadScope::Stay ? 0 : state.loadScope == LoadScope::Slice ? 1 : 2);
}

void LoadPanel::draw(QPainter& painter, const QRect& area) const {
  m_chart->draw(painter, area);
}

Table LoadPanel::table(bool /*identifiers*/) const {
  return m_chart->table();
}

EntropyPanel::EntropyPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("entropy"), tr("Entropy"), parent), m_chart(new EntropyChart(context)) {
  setSubtitle(tr("nats, dense distributions"));
  addContent(m_chart, 1);
}

void EntropyPanel::draw(QPainter& painter, const QRect& area) const {
  m_chart->draw(painter, area);
}

Table EntropyPanel::table(bool /*identifiers*/) const {
  return m_chart->table();
}

}  // namespace fusemoe::ui
