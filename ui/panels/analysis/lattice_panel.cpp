#include "panels/analysis/lattice_panel.h"

#include <QComboBox>
#include <QHBoxLayout>

#include "charts/lattice_chart.h"
#include "panels/segmented_switch.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {

LatticePanel::LatticePanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(
          context,
          {QStringLiteral("lattice"), tr("Mask lattice"), tr("Every mask of the stay, and what each brings."), true},
          parent) {
  setSubtitle(tr("what the model says under every mask"));
}

QWidget* LatticePanel::makeContent(QHBoxLayout& controls) {
  m_chart = new LatticeChart(context());
  m_content = new SegmentedSwitch(tr("Shared out"));
  m_content->setSegments({tr("Prediction"), tr("Expert weights")});
  m_content->setTips(
      {tr("Shapley values of the prediction"), tr("Shapley values of the experts' kept weights, layer shown")});
  m_content->setCurrent(0);
  m_space = new SegmentedSwitch(tr("Space"));
  m_space->setSegments({tr("Probability"), tr("Log-odds")});
  m_space->setCurrent(0);
  m_output = new QComboBox;
  m_output->setAccessibleName(tr("Label"));
  controls.addWidget(m_content);
  controls.addWidget(m_space);
  controls.addWidget(m_output);
  connect(m_content, &SegmentedSwitch::chosen, this, [this](int index) {
    m_chart->setContent(index == 0 ? LatticeChart::Content::Prediction : LatticeChart::Content::Experts);
    m_space->setEnabled(index == 0);
    refreshNote();
  });
  connect(m_space, &SegmentedSwitch::chosen, this, &LatticePanel::inputsChanged);
  connect(m_output, &QComboBox::activated, this, &LatticePanel::inputsChanged);
  connect(m_chart, &LatticeChart::expertChosen, m_chart, &LatticeChart::setExpert);
  connect(m_chart, &LatticeChart::maskChosen, this, [this](ModalityMask mask) { context().document.setMask(mask); });
  connect(&context().document, &Document::resultChanged, m_chart, qOverload<>(&QWidget::update));
  return m_chart;
}

ValueSpace LatticePanel::space() const {
  return m_space->current() == 1 ? ValueSpace::LogOdds : ValueSpace::Probability;
}

int LatticePanel::output() const {
  return std::max(0, m_output->currentIndex());
}

QString LatticePanel::inputs() const {
  return QStringLiteral("%1 %2 %3").arg(stayInputs()).arg(int(space())).arg(output());
}

AnalysisPanel::Work LatticePanel::work() const {
  const Document& document = context().document;
  LatticeRequest request;
  request.sample = document.sample();
  request.output = output();
  request.space = space();
  request.intervention = document.intervention();
  return [model = document.model(), request, chart = m_chart](const ProgressSink&,
                                                              const std::stop_token& stop) -> Result<Take> {
    Result<MaskLattice> lattice = maskLattice(*model, request, stop);
    if (!lattice) return failure(lattice.error());
    return Take(
        [chart, found = std::make_shared<const MaskLattice>(std::move(*lattice))] { chart->setLattice(found); });
  };
}

void LatticePanel::follow(Changes changes) {
  if (changes & Change::View) m_chart->update();
  if (!(changes & (Change::Model | Change::Stay))) return;
  const ModelPtr& model = context().document.model();
  if (!(changes & Change::Model)) return;
  m_chart->setLattice(nullptr);
  m_chart->setExpert(0);
  m_output->clear();
  const bool several = model && model->config().task.kind != TaskKind::Binary;
  if (several)
    for (const std::string& label : model->config().task.labels) m_output->addItem(QString::fromStdString(label));
  m_output->setVisible(several);
}

QString LatticePanel::note() const {
  const MaskLattice* lattice = m_chart->lattice();
  if (!lattice) return {};
  const ModelConfig& config = context().document.model()->config();
  const QString what = m_content->current() == 1        ? tr("experts: kept weights (top-K), mean over routers")
                       : space() == ValueSpace::LogOdds ? tr("Shapley in log-odds, nodes in probability")
                                                        : tr("in probability");
  const QString how = lattice->exact ? tr("exact") : tr("sampled orders, bars ± 1.96 standard errors");
  return tr("1 stay with %1 of %2 modalities, %3 (%4), %5; computed in %6 ms. A contribution says what the model uses, "
            "not what is true of the patient.")
      .arg(lattice->players.size())
      .arg(config.modalityCount())
      .arg(counted(qint64(lattice->points.size()), tr("1 mask"), tr("%1 masks")), how, what,
           number(lattice->milliseconds, 0));
}

void LatticePanel::drawAnswer(QPainter& painter, const QRect& area) const {
  m_chart->draw(painter, area);
}

Table LatticePanel::answerTable(bool /*identifiers*/) const {
  return m_chart->table();
}

}  // namespace fusemoe::ui
