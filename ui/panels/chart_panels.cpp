#include "panels/chart_panels.h"

#include <array>

#include "charts/entropy_chart.h"
#include "charts/load_chart.h"
#include "charts/router_chart.h"
#include "panels/segmented_switch.h"
#include "state/document.h"

namespace fusemoe::ui {

RouterPanel::RouterPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("router"), tr("Router probabilities"), parent),
      m_context(context),
      m_chart(new RouterChart(context)),
      m_layers(new SegmentedSwitch(tr("Layer"))),
      m_distribution(new SegmentedSwitch(tr("Distribution"))) {
  m_distribution->setSegments({tr("Dense"), tr("Top-K")});
  m_distribution->setTips(
      {tr("Softmax over all experts, before the choice"), tr("Weights of the chosen experts, which the model uses")});
  addSwitch(m_layers);
  addSwitch(m_distribution);
  addContent(m_chart, 1);
  connect(m_layers, &SegmentedSwitch::chosen, this, [this](int layer) { m_context.document.setLayer(layer); });
  connect(m_distribution, &SegmentedSwitch::chosen, this, [this](int index) {
    m_context.document.setDistribution(index == 0 ? Distribution::Dense : Distribution::TopK);
  });
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Model | Change::View)) refresh();
  });
  refresh();
}

void RouterPanel::refresh() {
  const Document& document = m_context.document;
  const ModelPtr& model = document.model();
  QStringList layers;
  QStringList tips;
  for (int layer = 0; model && layer < model->config().layers; ++layer) {
    layers << QString::number(layer + 1);
    tips << tr("Fusion layer %1").arg(layer + 1);
  }
  m_layers->setSegments(layers);
  m_layers->setTips(tips);
  m_layers->setCurrent(document.layer());
  m_layers->setVisible(layers.size() > 1);
  m_distribution->setCurrent(document.state().distribution == Distribution::Dense ? 0 : 1);
  if (!model) {
    setSubtitle(QString());
    return;
  }
  const bool joint = model->config().router == Router::Joint;
  const QString top = tr("top %1 outlined").arg(model->config().topK);
  setSubtitle(joint ? tr("joint router × expert, layer %1, %2").arg(document.layer() + 1).arg(top)
                    : tr("modality × expert, layer %1, %2").arg(document.layer() + 1).arg(top));
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

EntropyPanel::EntropyPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("entropy"), tr("Entropy"), parent), m_chart(new EntropyChart(context)) {
  setSubtitle(tr("nats, dense distributions"));
  addContent(m_chart, 1);
}

}  // namespace fusemoe::ui
