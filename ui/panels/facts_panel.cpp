#include "panels/facts_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>

#include "panels/quiet_text.h"
#include "panels/segmented_switch.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kFileWidth = 150;
constexpr int kDigestShown = 12;  // characters, as many as tell models apart at a glance

}  // namespace

FactsPanel::FactsPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("model"), tr("Model"), parent),
      m_context(context),
      m_pages(new SegmentedSwitch(tr("Model"))),
      m_stack(new QStackedWidget),
      m_table(new QWidget),
      m_grid(new QGridLayout(m_table)),
      m_card(new QuietText) {
  m_pages->setSegments({tr("Facts"), tr("About")});
  m_pages->setTips({tr("How the model is built"), tr("What its makers say of it: data, use and limits")});
  m_pages->setCurrent(0);
  m_table->setObjectName(QStringLiteral("quietTable"));
  m_grid->setContentsMargins(3, 2, 6, 0);
  m_grid->setVerticalSpacing(4);
  m_grid->setColumnStretch(1, 1);
  m_grid->setAlignment(Qt::AlignTop);
  auto* scroll = new QScrollArea;  // a low window scrolls the facts instead of growing
  scroll->setObjectName(QStringLiteral("quietScroll"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(m_table);
  m_card->setAccessibleName(tr("About this model"));
  m_stack->addWidget(scroll);
  m_stack->addWidget(m_card);
  addSwitch(m_pages);
  addContent(m_stack, 1);
  connect(m_pages, &SegmentedSwitch::chosen, m_stack, &QStackedWidget::setCurrentIndex);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes.testFlag(Change::Model)) refresh();
  });
  refresh();
}

void FactsPanel::add(const Fact& fact) {
  const int row = m_grid->count() / 2;
  auto* left = new QLabel(fact.name);
  auto* right = new QLabel(fact.value);
  left->setObjectName(QStringLiteral("secondary"));
  right->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  for (QLabel* label : {left, right}) label->setToolTip(fact.tip);
  right->setAccessibleName(fact.name);
  m_grid->addWidget(left, row, 0);
  m_grid->addWidget(right, row, 1);
}

std::vector<FactsPanel::Fact> FactsPanel::facts() const {
  const ModelConfig& config = m_context.document.model()->config();
  const ModelInfo& info = m_context.document.model()->info();
  const QString gate = config.gate == Gate::Softmax   ? tr("softmax")
                       : config.gate == Gate::Laplace ? tr("Laplace")
                                                      : tr("Gaussian");
  const QString router = config.router == Router::Joint         ? tr("joint")
                         : config.router == Router::PerModality ? tr("per modality, shared pool")
                                                                : tr("per modality, own experts");
  const bool bins = config.token == TokenGranularity::Bin;
  const bool linear = config.expertOutput == ExpertOutput::Linear;
  const bool learned = config.missing == MissingMechanism::Learned;
  const QString digest = QString::fromStdString(info.digest);
  return {
      {tr("Gate"), gate, tr("Logit of an expert: softmax xᵀW, Laplace −‖x−W‖₂, Gaussian −‖x−W‖₂²")},
      {tr("Router"), router, tr("Who chooses experts, and from which pool")},
      {tr("Experts"), tr("%1, top %2").arg(config.experts).arg(config.topK),
       tr("Only the chosen experts are computed")},
      {tr("Layers"), QString::number(config.layers), tr("Fusion layers, each with its own routers")},
      {tr("Tokens"), bins ? tr("%1 time bins each").arg(config.bins) : tr("1 sequence each"),
       tr("What a router routes, for every modality")},
      {tr("Combined"), linear ? tr("linear") : tr("log-softmax space"),
       tr("How the outputs of the chosen experts are added")},
      {tr("Missing"), learned ? tr("learned embedding") : tr("zeros"), tr("What a masked or absent modality becomes")},
      {tr("Weights"), count(info.parameters), tr("Number of parameters")},
      {tr("File"), m_table->fontMetrics().elidedText(fileName(info.path), Qt::ElideMiddle, kFileWidth),
       QString::fromStdString(info.path)},
      {tr("SHA-256"), digest.left(kDigestShown),
       (info.digestOf == "file" ? tr("Digest of the file: %1")
                                : tr("Digest of all but expert weights, which are not read to open a large file: %1"))
           .arg(digest)},
  };
}

QString FactsPanel::cardText() const {
  const ModelPtr& model = m_context.document.model();
  if (!model) return tr("No model is open.");
  QStringList parts;
  for (const std::string& note : model->info().notes) parts << QStringLiteral("> %1").arg(QString::fromStdString(note));
  const QString card = QString::fromStdString(model->info().card);
  parts << (card.isEmpty() ? tr("The file has no model card.") : card);
  return parts.join(QStringLiteral("\n\n"));
}

void FactsPanel::refresh() {
  qDeleteAll(m_table->findChildren<QLabel*>(Qt::FindDirectChildrenOnly));
  m_card->showMarkdown(cardText());
  const ModelPtr& model = m_context.document.model();
  m_pages->setEnabled(model != nullptr);
  if (!model) {
    setSubtitle(QString());
    add({tr("No model is open."), {}, {}});
    return;
  }
  setSubtitle(QString::fromStdString(model->config().name));
  for (const Fact& fact : facts()) add(fact);
}

Table FactsPanel::table(bool /*identifiers*/) const {
  Table table{{tr("fact"), tr("value")}, {}};
  if (!m_context.document.model()) return table;
  for (const Fact& fact : facts()) table.rows.push_back({fact.name, fact.value});
  const ModelInfo& info = m_context.document.model()->info();
  table.rows.back().back() = QString::fromStdString(info.digest);
  table.rows[table.rows.size() - 2].back() = fileName(info.path);
  return table;
}

}  // namespace fusemoe::ui
