#include "panels/analysis/donors_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "charts/distribution_chart.h"
#include "charts/matrix_chart.h"
#include "charts/routing_numbers.h"
#include "panels/analysis/cohort_choices.h"
#include "panels/analysis/fact_strip.h"
#include "panels/analysis/section.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kChartShare = 0.5;

QString donorsTitle() {
  return DonorsPanel::tr("Whose data stood in, nearest first");
}

QString predictionName(const DonorsPanel::Found& found) {
  const TaskConfig& task = found.config.task;
  const int output = found.options.output;
  const std::string& label = output < int(task.labels.size()) ? task.labels[size_t(output)] : task.name;
  return DonorsPanel::tr("predicted probability: %1").arg(QString::fromStdString(label));
}

DistributionContent predictionsOf(const DonorsPanel::Found& found) {
  const DonorReport& report = found.report;
  DistributionContent content;
  content.axis = predictionName(found);
  content.counted = DonorsPanel::tr("donors");
  content.empty = DonorsPanel::tr("No donor was found.");
  content.range = std::pair(0.0, 1.0);
  for (const Donor& donor : report.donors) content.values.push_back(donor.probability);
  content.marks = {{report.without, DonorsPanel::tr("without it"), DistributionMark::Kind::Subject},
                   {report.median, DonorsPanel::tr("donors' median"), DistributionMark::Kind::Quiet}};
  if (report.recorded)
    content.marks.push_back({*report.recorded, DonorsPanel::tr("with its own"), DistributionMark::Kind::Quiet});
  content.band = report.range;
  content.bandName = DonorsPanel::tr("10–90 %");
  return content;
}

MatrixContent tableOf(const DonorReport& report) {
  MatrixContent content;
  content.rowTitle = DonorsPanel::tr("donor");
  const auto most = [&](auto member) {
    double high = 0;
    for (const Donor& donor : report.donors) high = std::max(high, donor.*member);
    return high;
  };
  content.columns = {
      {DonorsPanel::tr("distance, SD"), DonorsPanel::tr("Root mean square over shared features, standard deviations"),
       0, most(&Donor::distance), 2, false},
      {DonorsPanel::tr("prediction"), DonorsPanel::tr("Of this patient with the donor's modality"), 0, 1, 3, false},
      {DonorsPanel::tr("routing drift, nats"),
       DonorsPanel::tr("Jensen–Shannon divergence of the dense routing from that without the modality"), 0,
       most(&Donor::drift), 4, false}};
  for (const Donor& donor : report.donors) {
    content.rows.push_back({DonorsPanel::tr("stay %1").arg(donor.stayId)});
    for (const double value : {donor.distance, donor.probability, donor.drift}) content.cells.push_back({value});
  }
  return content;
}

}  // namespace

DonorsPanel::DonorsPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("donors"), tr("Donors"),
                     tr("Puts the modality of like training stays in this patient's place and predicts again.\n"
                        "It tells what the model would have said, not what should be measured. Some seconds.")},
                    parent) {
  setSubtitle(tr("what the model would have said, had it been there"));
}

QWidget* DonorsPanel::makeContent(QHBoxLayout& controls) {
  m_modality = new QComboBox;
  m_modality->setAccessibleName(tr("Modality"));
  m_modality->setToolTip(tr("A modality that this patient lacks, or that is masked"));
  controls.addWidget(m_modality);
  m_facts = new FactStrip(context());
  m_chart = new DistributionChart(context());
  m_donors = new MatrixChart(context());
  m_donors->setAccessibleName(tr("Donors"));
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(3, 0, 3, 0);
  column->setSpacing(2);
  auto* right = new QVBoxLayout;
  right->setSpacing(2);
  right->addWidget(sectionTitle(donorsTitle()));
  right->addWidget(m_donors, 1);
  auto* both = new QHBoxLayout;
  both->setSpacing(16);
  both->addWidget(m_chart, 1);
  both->addLayout(right, 1);
  column->addWidget(m_facts);
  column->addLayout(both, 1);
  connect(m_modality, &QComboBox::activated, this, &DonorsPanel::inputsChanged);
  connect(m_donors, &MatrixChart::clicked, this,
          [this](int row, int) { context().document.compareWithStay(m_found.report.donors.at(size_t(row)).stayId); });
  return content;
}

int DonorsPanel::chosen() const {
  const ModelPtr& model = context().document.model();
  return model && m_modality ? model->config().modalityIndex(m_modality->currentData().toString().toStdString()) : -1;
}

QString DonorsPanel::missing() const {
  const QString nothing = AnalysisPanel::missing();
  if (!nothing.isEmpty()) return nothing;
  return chosen() < 0 ? tr("This patient has every modality.\nMask one, or choose a stay that lacks one.") : QString();
}

void DonorsPanel::follow(Changes /*changes*/) {
  // Only what is not shown to the model can be lent.
  const Document& document = context().document;
  const QString before = m_modality->currentData().toString();
  m_modality->clear();
  if (!document.model() || !document.sample()) return;
  const ModelConfig& config = document.model()->config();
  for (int m = 0; m < config.modalityCount(); ++m) {
    const ModalityState state = document.modalityState(m);
    if (state == ModalityState::Present) continue;
    m_modality->addItem(tr("%1, %2").arg(modalityTitle(config, m), stateName(state)),
                        QString::fromStdString(config.modalities[size_t(m)].name));
  }
  m_modality->setCurrentIndex(m_modality->count() == 0 ? -1 : std::max(0, m_modality->findData(before)));
}

QString DonorsPanel::inputs() const {
  return QStringLiteral("%1 %2 %3 %4").arg(cohortInputs(), stayInputs()).arg(context().document.mask()).arg(chosen());
}

AnalysisPanel::Work DonorsPanel::work() const {
  const Document& document = context().document;
  DonorOptions options;
  options.modality = chosen();
  options.mask = document.mask();
  return [model = document.model(), cohort = document.cohort(), sample = document.sample(), options, take = m_take](
             const ProgressSink& progress, const std::stop_token& stop) -> Result<Take> {
    Result<DonorReport> report = donorPredictions(*model, *cohort, sample, options, progress, stop);
    if (!report) return failure(report.error());
    return Take([take, found = Found{model->config(), options, std::move(*report)}] { take(found); });
  };
}

void DonorsPanel::setFound(const Found& found) {
  fill();
  m_found = found;
  const DonorReport& report = m_found.report;
  QList<Fact> facts{{number(report.without, 3), tr("prediction without it"), false},
                    {tr("%1 … %2").arg(number(report.range.low, 3), number(report.range.high, 3)),
                     tr("10–90 % of the donors' predictions"), false},
                    {tr("%1 %").arg(number(100 * report.crossing, 0)), tr("on the other side of 0.5"), false}};
  if (report.recorded) facts << Fact{number(*report.recorded, 3), tr("with its own recording"), false};
  m_facts->setFacts(facts);
  m_chart->setContent(predictionsOf(m_found));
  m_donors->setContent(tableOf(report));
  adopt();
}

QString DonorsPanel::note() const {
  const DonorReport& report = m_found.report;
  return tr("%1 of %2 candidates of split %3 lent their %4, near in %5 shared features. It says what the model would "
            "have said with such data, not what is true of this patient, nor what to measure.")
      .arg(report.donors.size())
      .arg(count(qint64(report.candidates)), QString::fromStdString(m_found.options.split),
           modalityTitle(m_found.config, report.modality), count(qint64(report.features)));
}

void DonorsPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  m_facts->paint(painter, area);
  const auto [left, right] = splitColumns(area.adjusted(0, m_facts->sizeHint().height(), 0, 0), kChartShare);
  m_chart->draw(painter, left);
  m_donors->draw(painter, drawSectionTitle(painter, context().appearance.theme(), right, donorsTitle()));
}

Table DonorsPanel::answerTable(bool identifiers) const {
  const DonorReport& report = m_found.report;
  Table table;
  table.columns = {tr("what"), tr("prediction"), tr("distance, SD"), tr("routing drift, nats")};
  if (identifiers) table.columns << tr("stay");
  const auto row = [&](const QString& what, double prediction) {
    table.rows.push_back({what, exact(prediction), {}, {}});
    if (identifiers) table.rows.back() << QString();
  };
  row(tr("without it"), report.without);
  if (report.recorded) row(tr("with its own"), *report.recorded);
  row(tr("10 % of donors"), report.range.low);
  row(tr("median of donors"), report.median);
  row(tr("90 % of donors"), report.range.high);
  int rank = 0;
  for (const Donor& donor : report.donors) {
    table.rows.push_back(
        {tr("donor %1").arg(++rank), exact(donor.probability), exact(donor.distance), exact(donor.drift)});
    if (identifiers) table.rows.back() << QString::number(donor.stayId);
  }
  return table;
}

}  // namespace fusemoe::ui
