#include "panels/analysis/experts_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "analysis/mask_sweep.h"
#include "charts/interval_bars.h"
#include "panels/analysis/stay_slice.h"
#include "panels/segmented_switch.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

QString full(double value) {
  return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QComboBox* comboBox(const QString& name) {
  auto* box = new QComboBox;
  box->setAccessibleName(name);
  box->setToolTip(name);
  return box;
}

}  // namespace

ExpertsPanel::ExpertsPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(
          context,
          {QStringLiteral("experts"), tr("Expert effects"),
           tr("Ranks every expert by what the predictions of the stays lose without it: each is knocked out in "
              "turn. Up to 2,000 stays, some minutes."),
           false, true},
          parent) {
  setSubtitle(tr("knock out, pin or swap an expert, and see"));
}

QWidget* ExpertsPanel::makeContent(QHBoxLayout& controls) {
  makeSwitches(controls);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(3, 0, 3, 0);
  column->setSpacing(4);
  m_effect = new QLabel;
  m_effect->setTextFormat(Qt::PlainText);
  m_effect->setWordWrap(true);
  m_bars = new IntervalBars(context());
  m_scope = new SegmentedSwitch(tr("Ranking over"));
  m_scope->setSegments({tr("Slice"), tr("All")});
  m_scope->setTips({tr("The stays that pass the list's filter"), tr("All stays of the cohort")});
  m_scope->setCurrent(0);
  m_measure = new SegmentedSwitch(tr("Ranked by"));
  m_measure->setSegments({tr("Δ probability"), tr("AUROC lost")});
  m_measure->setTips({tr("Mean change of the probability, with the expert minus without"),
                      tr("AUROC with the expert minus without; needs both labels among the stays")});
  m_measure->setCurrent(0);
  auto* caption = new QLabel(tr("Effect of each expert"));
  caption->setObjectName(QStringLiteral("chartCaption"));
  auto* heading = new QHBoxLayout;
  heading->setSpacing(8);
  heading->addWidget(caption, 1);
  heading->addWidget(m_measure);
  heading->addWidget(m_scope);
  column->addWidget(m_effect);
  column->addLayout(heading);
  column->addWidget(m_bars, 1);
  connect(m_scope, &SegmentedSwitch::chosen, this, &ExpertsPanel::inputsChanged);
  connect(m_measure, &SegmentedSwitch::chosen, this, &ExpertsPanel::showRanking);
  connect(m_bars, &IntervalBars::clicked, this, [this](int row) {
    if (m_ranking && row >= 0 && row < int(m_ranking->effects.size())) knockOut(m_ranking->effects[size_t(row)]);
  });
  connect(&context().document, &Document::resultChanged, this, &ExpertsPanel::showEffect);
  showRanking();
  return content;
}

void ExpertsPanel::makeSwitches(QHBoxLayout& controls) {
  m_kind = new SegmentedSwitch(tr("Change"));
  m_kind->setSegments({tr("Knock out"), tr("Pin"), tr("Swap")});
  m_kind->setTips({tr("No router may choose it: the others share its tokens"),
                   tr("Every token that may choose it keeps it, in place of its last choice"),
                   tr("Two experts compute each other's tokens; routing stays")});
  m_kind->setCurrent(0);
  m_layer = comboBox(tr("Layer of the expert"));
  m_expert = comboBox(tr("Expert"));
  m_other = comboBox(tr("Expert to swap with"));
  m_topK = new QSpinBox;
  m_topK->setAccessibleName(tr("Experts a token keeps"));
  m_topK->setToolTip(tr("Experts a token keeps (K); as trained = the model's own"));
  m_topK->setSpecialValueText(tr("K as trained"));
  m_topK->setPrefix(QStringLiteral("K = "));
  m_apply = new QPushButton(tr("Apply"));
  m_remove = new QPushButton(tr("Remove all"));
  for (QWidget* control :
       {static_cast<QWidget*>(m_kind), static_cast<QWidget*>(m_layer), static_cast<QWidget*>(m_expert),
        static_cast<QWidget*>(m_other), static_cast<QWidget*>(m_apply), static_cast<QWidget*>(m_topK),
        static_cast<QWidget*>(m_remove)})
    controls.addWidget(control);
  m_other->setVisible(false);
  connect(m_kind, &SegmentedSwitch::chosen, this, [this](int index) { m_other->setVisible(index == 2); });
  connect(m_apply, &QPushButton::clicked, this, &ExpertsPanel::apply);
  connect(m_topK, &QSpinBox::valueChanged, this, [this](int value) {
    Intervention intervention = context().document.state().intervention;
    intervention.topK = value;
    context().document.setIntervention(std::move(intervention));
  });
  connect(m_remove, &QPushButton::clicked, this, [this] {
    Intervention intervention = context().document.state().intervention;
    intervention.experts.clear();
    intervention.topK = 0;
    context().document.setIntervention(std::move(intervention));
  });
}

void ExpertsPanel::fillChoices() {
  const ModelPtr& model = context().document.model();
  for (QComboBox* box : {m_layer, m_expert, m_other}) box->clear();
  if (!model) return;
  m_layer->addItem(tr("All layers"), -1);
  for (int layer = 0; layer < model->config().layers; ++layer) m_layer->addItem(tr("Layer %1").arg(layer + 1), layer);
  for (int expert = 0; expert < model->config().experts; ++expert)
    for (QComboBox* box : {m_expert, m_other}) box->addItem(expertName(expert), expert);
  m_other->setCurrentIndex(std::min(1, m_other->count() - 1));
  const QSignalBlocker quiet(m_topK);
  m_topK->setRange(0, model->config().expertsPerRouter());
}

void ExpertsPanel::apply() {
  ExpertChange change;
  change.kind = ExpertChange::Kind(m_kind->current());
  change.layer = m_layer->currentData().toInt();
  change.expert = m_expert->currentData().toInt();
  if (change.kind == ExpertChange::Kind::Swap) change.other = m_other->currentData().toInt();
  Intervention intervention = context().document.state().intervention;
  if (std::ranges::find(intervention.experts, change) != intervention.experts.end()) return;
  intervention.experts.push_back(change);
  context().document.setIntervention(std::move(intervention));
}

void ExpertsPanel::knockOut(const ExpertEffect& effect) {
  Intervention intervention = context().document.state().intervention;
  const ExpertChange change{ExpertChange::Kind::KnockOut, effect.layer, effect.expert, -1};
  // A second click brings it back.
  if (std::erase(intervention.experts, change) == 0) intervention.experts.push_back(change);
  context().document.setIntervention(std::move(intervention));
}

void ExpertsPanel::follow(Changes changes) {
  if (changes & Change::Model) {
    fillChoices();
    m_ranking = nullptr;
    showRanking();
  }
  if (changes & (Change::Model | Change::Intervention)) {
    const QSignalBlocker quiet(m_topK);
    m_topK->setValue(context().document.state().intervention.topK);
    showRanking();
  }
  showEffect();
}

void ExpertsPanel::showEffect() {
  const Document& document = context().document;
  const Intervention& intervention = document.state().intervention;
  m_remove->setEnabled(!intervention.experts.empty() || intervention.topK > 0);
  if (!document.result() || !document.reference() || !document.referenceKnown()) return m_effect->setText(QString());
  const double now = double(document.result()->probability.front());
  const double before = double(document.reference()->probability.front());
  if (intervention.empty()) {
    m_effect->setText(tr("This stay: probability %1. No expert is changed.").arg(number(now, 3)));
    return;
  }
  m_effect->setText(
      tr("This stay: probability %1, %2 against %3 (%4).")
          .arg(number(now, 3), signedNumber(now - before, 3), number(before, 3), referenceName(document)));
}

QString ExpertsPanel::effect() const {
  return m_effect ? m_effect->text() : QString();
}

QString ExpertsPanel::inputs() const {
  const Document& document = context().document;
  const bool all = m_scope->current() == 1;
  return QStringLiteral("%1 %2 %3")
      .arg(cohortInputs(), all ? QString() : QString::fromStdString(document.state().filter))
      .arg(document.mask());
}

AnalysisPanel::Work ExpertsPanel::work() const {
  const Document& document = context().document;
  auto* self = const_cast<ExpertsPanel*>(this);
  RankingOptions options;
  options.mask = document.mask();
  return [self, model = document.model(), open = document.openers().cohort, path = document.state().cohortPath, options,
          slice = staySlice(context(), m_scope->current() == 1)](const ProgressSink& progress,
                                                                 const std::stop_token& stop) -> Result<Take> {
    const Result<CohortPtr> cohort = open(path);  // a connection of its own
    if (!cohort) return failure(cohort.error());
    const SliceSource source(**cohort, slice.stays);
    Result<ExpertRanking> ranking = rankExperts(*model, source, options, progress, stop);
    if (!ranking) return failure(ranking.error());
    return Take([self, slice = slice.name, mask = options.mask,
                 found = std::make_shared<const ExpertRanking>(std::move(*ranking))] {
      self->m_ranking = found;
      self->m_rankedMask = mask;
      self->m_rankedSlice = slice;
      self->showRanking();
    });
  };
}

void ExpertsPanel::showRanking() {
  IntervalContent content;
  const bool auroc = m_measure->current() == 1;
  content.axis = auroc ? tr("AUROC with the expert − without") : tr("mean Δ probability, with the expert − without");
  content.differences = true;
  content.decimals = 4;
  content.empty = tr("Not ranked yet.\nRun ranks every expert of every layer; a click on a bar then knocks it out.");
  const std::vector<ExpertChange>& changes = context().document.state().intervention.experts;
  if (m_ranking) {
    for (const ExpertEffect& effect : m_ranking->effects) {
      const ExpertChange out{ExpertChange::Kind::KnockOut, effect.layer, effect.expert, -1};
      const bool knocked = std::ranges::find(changes, out) != changes.end();
      IntervalRow row;
      row.label = tr("layer %1, %2").arg(effect.layer + 1).arg(expertName(effect.expert));
      if (knocked) row.label = tr("%1 (out)").arg(row.label);
      row.value = auroc ? effect.aurocLoss : std::optional(effect.mean);
      row.interval = auroc ? effect.aurocLossInterval : std::optional(effect.meanInterval);
      if (auroc && !effect.aurocLoss) row.reason = tr("one label only");
      row.note = tr("mean |Δ| %1, mean kept weight %2").arg(number(effect.meanAbsolute, 4), number(effect.use, 3));
      content.rows.push_back(std::move(row));
    }
  }
  m_bars->setContent(std::move(content));
}

QString ExpertsPanel::note() const {
  if (!m_ranking) return {};
  const QString auroc = m_ranking->auroc ? tr("AUROC with all %1").arg(number(*m_ranking->auroc, 3))
                                         : tr("no AUROC, as one label only is known");
  return tr("n = %1 of %2, model as trained, %3; 95 % bootstrap over stays; largest mean |Δ| first. An effect on the "
            "model's prediction, not a reason for it. Click = knock out.")
      .arg(counted(qint64(m_ranking->stays), tr("1 stay"), tr("%1 stays")), m_rankedSlice, auroc);
}

void ExpertsPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  painter.setFont(themeFont(12));
  painter.setPen(context().appearance.theme().text);
  painter.drawText(QRect(area.left() + 4, area.top(), area.width() - 8, 20), Qt::AlignLeft | Qt::AlignVCenter,
                   m_effect->text());
  m_bars->draw(painter, area.adjusted(0, 24, 0, 0));
}

Table ExpertsPanel::answerTable(bool /*identifiers*/) const {
  Table table{{QStringLiteral("layer"), QStringLiteral("expert"), QStringLiteral("mean kept weight"),
               QStringLiteral("mean absolute change"), QStringLiteral("mean change"), QStringLiteral("low"),
               QStringLiteral("high"), QStringLiteral("auroc loss")},
              {}};
  if (!m_ranking) return table;
  for (const ExpertEffect& effect : m_ranking->effects)
    table.rows.push_back({QString::number(effect.layer + 1), QString::number(effect.expert + 1), full(effect.use),
                          full(effect.meanAbsolute), full(effect.mean), full(effect.meanInterval.low),
                          full(effect.meanInterval.high), effect.aurocLoss ? full(*effect.aurocLoss) : QString()});
  return table;
}

}  // namespace fusemoe::ui
