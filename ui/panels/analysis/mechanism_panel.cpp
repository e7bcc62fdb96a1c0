#include "panels/analysis/mechanism_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <array>
#include <limits>

#include "analysis/routing_drift.h"
#include "charts/interval_bars.h"
#include "panels/analysis/answer_table.h"
#include "panels/segmented_switch.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr std::array kWays{MissingSubstitute::AsTrained, MissingSubstitute::Learned, MissingSubstitute::Zeros,
                           MissingSubstitute::TrainingMean};

/// The way the checkpoint was trained with.
MissingSubstitute trainedWith(const ModelConfig& config) {
  return config.missing == MissingMechanism::Learned ? MissingSubstitute::Learned : MissingSubstitute::Zeros;
}

}  // namespace

MechanismPanel::MechanismPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("mechanism"), tr("Missing mechanism"),
                     tr("What stands for the missing modalities, side by side."), true},
                    parent) {
  setSubtitle(tr("what stands for a missing modality"));
}

QWidget* MechanismPanel::makeContent(QHBoxLayout& controls) {
  m_choice = new SegmentedSwitch(tr("In place of what is missing"));
  QStringList names;
  for (const MissingSubstitute way : kWays) {
    const QString name = substituteName(way);
    names << name.left(1).toUpper() + name.mid(1);
  }
  m_choice->setSegments(names);
  m_choice->setTips({tr("As the model file says"), tr("The checkpoint's learned embedding"),
                     tr("Zeros, as in the authors' code"),
                     tr("The mean encoding over the training stays that have the modality")});
  auto* label = new QLabel(tr("In place of what is missing:"));
  label->setObjectName(QStringLiteral("secondary"));
  controls.addWidget(label);
  controls.addWidget(m_choice);
  m_bars = new IntervalBars(context());
  m_table = new AnswerTable(context(), tr("Mechanisms"));
  m_table->setColumns({{tr("In place of it"), {}, false, false, 0},
                       {tr("probability"), tr("What the model says"), true, false, 84},
                       {tr("Δ"), tr("Difference of the probability from as trained"), true, false, 70},
                       {tr("drift, nats"), tr("Jensen–Shannon, dense, mean over layers and routers, from as trained"),
                        true, false, 84}});
  auto* split = new QSplitter;
  split->setChildrenCollapsible(false);
  split->addWidget(m_bars);
  split->addWidget(m_table);
  split->setSizes({360, 400});
  connect(m_choice, &SegmentedSwitch::chosen, this, [this](int index) { choose(kWays.at(size_t(index))); });
  connect(m_table, &AnswerTable::taken, this, [this](qint64 id) { choose(MissingSubstitute(id)); });
  connect(m_bars, &IntervalBars::clicked, this, [this](int row) { choose(m_ways.at(size_t(row)).substitute); });
  return split;
}

void MechanismPanel::choose(MissingSubstitute substitute) {
  Document& document = context().document;
  Intervention intervention = document.state().intervention;
  intervention.missing = substitute;
  document.setIntervention(std::move(intervention));
  follow(Change::Intervention);  // also where the model cannot do it
}

void MechanismPanel::follow(Changes changes) {
  if (!(changes & (Change::Intervention | Change::Model))) return;
  m_choice->setCurrent(int(context().document.state().intervention.missing));
  if (changes & Change::Model) m_ways.clear();
  show(m_ways);
}

QString MechanismPanel::missing() const {
  const QString nothing = AnalysisPanel::missing();
  if (!nothing.isEmpty()) return nothing;
  const Document& document = context().document;
  for (int i = 0; i < document.model()->config().modalityCount(); ++i)
    if (document.modalityState(i) != ModalityState::Present) return {};
  return tr(
      "Nothing is missing: the stay has every modality.\nMask one with its key, or choose a stay that lacks one.");
}

QString MechanismPanel::inputs() const {
  return QStringLiteral("%1 %2").arg(stayInputs()).arg(context().document.mask());
}

AnalysisPanel::Work MechanismPanel::work() const {
  const Document& document = context().document;
  auto* self = const_cast<MechanismPanel*>(this);
  return [self, model = document.model(), sample = document.sample(), mask = document.mask(),
          now = document.intervention(),
          means = document.trainingMeans()](const ProgressSink&, const std::stop_token& stop) -> Result<Take> {
    std::vector<Way> ways;
    std::optional<MaskedRouting> trained;
    const RoutingShape shape(model->config());
    for (const MissingSubstitute substitute : kWays) {
      Way& way = ways.emplace_back(Way{substitute, {}, 0, {}});
      Intervention intervention = now;
      intervention.missing = substitute;
      intervention.means = means;
      if (const Result<void> valid = validate(intervention, model->config()); !valid) {
        way.reason = QString::fromStdString(valid.error().what);
        continue;
      }
      if (substitute == MissingSubstitute::TrainingMean && !means) {
        way.reason = tr("not computed yet: choose it");
        continue;
      }
      if (substitute != MissingSubstitute::TrainingMean) intervention.means = nullptr;
      const auto answer = model->predictMasks({&sample, 1}, {&mask, 1}, intervention, stop);
      if (!answer) return failure(answer.error());
      const MaskedRouting& routing = answer->front().front();
      if (!trained) trained = routing;
      way.probability = double(routing.probability.front());
      way.drift = driftOf(shape, *trained, routing).mean().jensenShannon;
    }
    return Take([self, ways = std::move(ways)] { self->show(ways); });
  };
}

void MechanismPanel::show(std::vector<Way> ways) {
  m_ways = std::move(ways);
  const ModelPtr& model = context().document.model();
  IntervalContent content;
  std::vector<AnswerRow> rows;
  const MissingSubstitute used = context().document.state().intervention.missing;
  for (const Way& way : m_ways) {
    if (!model) break;
    const bool trained = way.substitute == trainedWith(model->config());
    QString name = substituteName(way.substitute);
    name = name.left(1).toUpper() + name.mid(1);
    if (way.substitute == MissingSubstitute::AsTrained)
      name = tr("%1: %2").arg(name, substituteName(trainedWith(model->config())));
    else if (trained)
      name = tr("%1 (trained with)").arg(name);
    content.rows.push_back({name, -1, way.probability, {}, {}, way.reason, {}});
    const double p = way.probability.value_or(std::numeric_limits<double>::quiet_NaN());
    const double first = m_ways.front().probability.value_or(p);
    rows.push_back({{textCell(name), numberCell(p, 3), numberCell(p - first, 3, true),
                     numberCell(way.probability ? way.drift : p, 4)},
                    qint64(way.substitute),
                    way.substitute == used,
                    way.reason});
  }
  content.axis = tr("probability");
  content.range = std::pair(0.0, 1.0);
  m_bars->setContent(std::move(content));
  m_table->setRows(std::move(rows));
}

QString MechanismPanel::note() const {
  const Document& document = context().document;
  if (!document.model()) return {};
  QStringList missing;
  for (int i = 0; i < document.model()->config().modalityCount(); ++i)
    if (document.modalityState(i) != ModalityState::Present) missing << modalityTitle(document.model()->config(), i);
  return tr("1 stay without %1. Probability of %2; drift of the dense routing, mean over layers and routers. Only what "
            "the "
            "model was trained with is the trained model.")
      .arg(missing.join(QStringLiteral(", ")), taskTitle(document));
}

void MechanismPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  const int left = area.width() * 46 / 100;
  m_bars->draw(painter, QRect(area.left(), area.top(), left, area.height()));
  m_table->draw(painter, area.adjusted(left + 12, 0, 0, 0), false);
}

Table MechanismPanel::answerTable(bool identifiers) const {
  return m_table->table(identifiers);
}

}  // namespace fusemoe::ui
