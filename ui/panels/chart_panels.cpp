#include "panels/chart_panels.h"

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
      m_measure(new SegmentedSwitch(tr("Load measure"))) {
  m_measure->setSegments({tr("Tokens"), tr("Weight")});
  m_measure->setTips(
      {tr("How many tokens kept the expert"), tr("Importance: the sum of the gate weights they gave it")});
  setSubtitle(tr("by modality"));
  addSwitch(m_measure);
  addContent(m_chart, 1);
  const auto refresh = [this] {
    m_measure->setCurrent(m_context.document.state().loadMeasure == LoadMeasure::Tokens ? 0 : 1);
  };
  connect(m_measure, &SegmentedSwitch::chosen, this, [this](int index) {
    m_context.document.setLoadMeasure(index == 0 ? LoadMeasure::Tokens : LoadMeasure::Importance);
  });
  connect(&context.document, &Document::changed, this, refresh);
  refresh();
}

EntropyPanel::EntropyPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("entropy"), tr("Entropy"), parent), m_chart(new EntropyChart(context)) {
  setSubtitle(tr("nats, dense distributions"));
  addContent(m_chart, 1);
}

}  // namespace fusemoe::ui
