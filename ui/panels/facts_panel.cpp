#include "panels/facts_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {

FactsPanel::FactsPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("model"), tr("Model"), parent), m_context(context), m_table(new QWidget) {
  m_table->setObjectName(QStringLiteral("quietTable"));
  m_grid = new QGridLayout(m_table);
  m_grid->setContentsMargins(3, 2, 3, 0);
  m_grid->setVerticalSpacing(4);
  m_grid->setColumnStretch(1, 1);
  m_grid->setAlignment(Qt::AlignTop);
  auto* scroll = new QScrollArea;  // a low window scrolls the facts instead of growing
  scroll->setObjectName(QStringLiteral("quietScroll"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(m_table);
  addContent(scroll, 1);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes.testFlag(Change::Model)) refresh();
  });
  refresh();
}

void FactsPanel::add(const QString& name, const QString& value, const QString& tip) {
  const int row = m_grid->count() / 2;
  auto* left = new QLabel(name);
  auto* right = new QLabel(value);
  left->setObjectName(QStringLiteral("secondary"));
  right->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  for (QLabel* label : {left, right}) label->setToolTip(tip);
  right->setAccessibleName(name);
  m_grid->addWidget(left, row, 0);
  m_grid->addWidget(right, row, 1);
}

void FactsPanel::refresh() {
  qDeleteAll(m_table->findChildren<QLabel*>(Qt::FindDirectChildrenOnly));
  const ModelPtr& model = m_context.document.model();
  if (!model) {
    setSubtitle(QString());
    add(tr("No model is open."), {}, {});
    return;
  }
  const ModelConfig& config = model->config();
  setSubtitle(QString::fromStdString(config.name));
  const QString gate = config.gate == Gate::Softmax   ? tr("softmax")
                       : config.gate == Gate::Laplace ? tr("Laplace")
                                                      : tr("Gaussian");
  add(tr("Gate"), gate, tr("Logit of an expert: softmax xᵀW, Laplace −‖x−W‖₂, Gaussian −‖x−W‖₂²"));
  const QString router = config.router == Router::Joint         ? tr("joint")
                         : config.router == Router::PerModality ? tr("per modality, shared pool")
                                                                : tr("per modality, own experts");
  add(tr("Router"), router, tr("Who chooses experts, and from which pool"));
  add(tr("Experts"), tr("%1, top %2").arg(config.experts).arg(config.topK), tr("Only the chosen experts are computed"));
  add(tr("Layers"), QString::number(config.layers), tr("Fusion layers, each with its own routers"));
  const bool bins = config.token == TokenGranularity::Bin;
  add(tr("Tokens"), bins ? tr("%1 time bins each").arg(config.bins) : tr("1 sequence each"),
      tr("What a router routes, for every modality"));
  const bool linear = config.expertOutput == ExpertOutput::Linear;
  add(tr("Combined"), linear ? tr("linear") : tr("log-softmax space"),
      tr("How the outputs of the chosen experts are added"));
  const bool learned = config.missing == MissingMechanism::Learned;
  add(tr("Missing"), learned ? tr("learned embedding") : tr("zeros"), tr("What a masked or absent modality becomes"));
  add(tr("Weights"), count(model->info().parameters), tr("Number of parameters"));
}

}  // namespace fusemoe::ui
