#include "panels/analysis/patterns_panel.h"

#include <QHBoxLayout>
#include <algorithm>
#include <cmath>

#include "analysis/score.h"
#include "charts/matrix_chart.h"
#include "charts/routing_numbers.h"
#include "panels/analysis/cohort_choices.h"
#include "panels/analysis/pattern_text.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

struct Metric {
  std::optional<double> GroupMetrics::*value;
  std::optional<Interval> GroupMetrics::*interval;
  bool higherIsBetter;
};
constexpr Metric kMetrics[] = {{&GroupMetrics::auroc, &GroupMetrics::aurocInterval, true},
                               {&GroupMetrics::auprc, &GroupMetrics::auprcInterval, true},
                               {&GroupMetrics::brier, &GroupMetrics::brierInterval, false},
                               {&GroupMetrics::ece, &GroupMetrics::eceInterval, false}};
constexpr int kResamples = 500;

/// All stays first, then each pattern.
std::vector<const GroupMetrics*> groupsOf(const EvaluationReport& report) {
  std::vector<const GroupMetrics*> groups{&report.overall};
  for (const PatternMetrics& pattern : report.patterns) groups.push_back(&pattern.metrics);
  return groups;
}

MatrixCell cellOf(const GroupMetrics& group, const Metric& metric) {
  MatrixCell cell;
  cell.value = group.*metric.value;
  if (const auto& interval = group.*metric.interval)
    cell.detail = QStringLiteral("%1–%2").arg(number(interval->low, 2), number(interval->high, 2));
  cell.tip = cell.detail.isEmpty() ? QString() : PatternsPanel::tr("below: 95 % interval, bootstrap over stays");
  if (cell.value) return cell;
  cell.reason = group.undefined.empty() ? PatternsPanel::tr("Not defined: no stay of this pattern has a known label.")
                                        : QString::fromStdString(group.undefined);
  return cell;
}

/// From the worst to the best group that has one.
MatrixColumn columnOf(const QString& name, const QString& tip, const std::vector<const GroupMetrics*>& groups,
                      const Metric& metric) {
  MatrixColumn column{name, tip, 0, 0, 3};
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const GroupMetrics* group : groups) {
    if (const auto& value = group->*metric.value) low = std::min(low, *value), high = std::max(high, *value);
  }
  if (low > high) return column;
  column.least = metric.higherIsBetter ? low : high;
  column.most = metric.higherIsBetter ? high : low;
  return column;
}

}  // namespace

PatternsPanel::PatternsPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("patterns"), tr("Missing patterns"),
                     tr("Predicts every labelled stay and measures how well that goes for each set of modalities the "
                        "stays have.\nSome seconds a thousand stays.")},
                    parent) {
  setSubtitle(tr("how well it predicts for each set of modalities"));
}

QWidget* PatternsPanel::makeContent(QHBoxLayout& controls) {
  m_splits = new SplitChoice;
  controls.addWidget(m_splits);
  m_chart = new MatrixChart(context());
  m_chart->setAccessibleName(tr("Metrics of each missing pattern"));
  connect(m_splits, &SplitChoice::chosen, this, &PatternsPanel::inputsChanged);
  connect(m_chart, &MatrixChart::clicked, this, [this](int row, int) { filter(row); });
  return m_chart;
}

void PatternsPanel::follow(Changes changes) {
  if (changes & Change::Cohort) m_splits->follow(context().document);
}

QString PatternsPanel::inputs() const {
  return cohortInputs() + QLatin1Char(' ') + QString::fromStdString(m_splits->split());
}

AnalysisPanel::Work PatternsPanel::work() const {
  const Document& document = context().document;
  return [model = document.model(), cohort = document.cohort(), split = m_splits->split(), take = m_take](
             const ProgressSink& progress, const std::stop_token& stop) -> Result<Take> {
    const Result<Scores> scores = scoreSplit(*model, *cohort, split, {}, progress, stop);
    if (!scores) return failure(scores.error());
    std::vector<std::string> names;
    for (const ModalityConfig& modality : model->config().modalities) names.push_back(modality.name);
    EvaluationOptions options;
    options.bootstrap.resamples = kResamples;
    Result<EvaluationReport> report = evaluate(*scores, names, model->config().task.labels, options);
    if (!report) return failure(report.error());
    const auto found =
        std::make_shared<const Found>(Found{model->config(), split, std::move(*report), options.bootstrap.resamples});
    return Take([take, found] { take(*found); });
  };
}

void PatternsPanel::setFound(const Found& found) {
  fill();
  m_found = found;
  const auto groups = groupsOf(m_found.report);
  MatrixContent content;
  content.rowTitle = tr("modalities the stays have");
  content.measure = tr("within its column");
  content.least = tr("worst");
  content.most = tr("best");
  content.modalities = m_found.config.modalityCount();
  content.columns = {
      {tr("stays"), tr("Stays of the split that have exactly these modalities"), 0, 1, 0, false},
      {tr("positive"), tr("Share of positives among known labels"), 0, 1, 1, false},
      columnOf(tr("AUROC"), tr("Chance that a positive stay scores above a negative one; higher is better"), groups,
               kMetrics[0]),
      columnOf(tr("AUPRC"), tr("Average precision; higher is better, but chance is the share of positives of each row"),
               groups, kMetrics[1]),
      columnOf(tr("Brier"), tr("Mean squared error of the probability; lower is better"), groups, kMetrics[2]),
      columnOf(tr("ECE"), tr("Calibration error, ten bins of equal width; lower is better, small groups come out high"),
               groups, kMetrics[3])};
  const std::uint32_t all = std::uint32_t((1ULL << content.modalities) - 1);
  for (size_t i = 0; i < groups.size(); ++i) {
    const GroupMetrics& group = *groups[i];
    const std::uint32_t present = i == 0 ? all : m_found.report.patterns[i - 1].present;
    content.rows.push_back(i == 0 ? MatrixRow{tr("all stays")}
                                  : MatrixRow{patternName(m_found.config, present), present});
    content.cells.push_back({double(group.stays), count(qint64(group.stays)), {}, {}, {}});
    MatrixCell positive{group.prevalence, {}, {}, {}, tr("No label of these stays is known.")};
    if (group.prevalence) positive.text = tr("%1 %").arg(number(100 * *group.prevalence, 1));
    positive.tip = tr("%1 of %2 known labels").arg(count(qint64(group.positives)), count(qint64(group.known)));
    content.cells.push_back(positive);
    for (const Metric& metric : kMetrics) {
      content.cells.push_back(cellOf(group, metric));
      if (!content.cells.back().value) content.missing = tr("not defined");
    }
  }
  m_chart->setContent(std::move(content));
  adopt();
}

void PatternsPanel::filter(int row) {
  const EvaluationReport& report = m_found.report;
  if (row < 0 || row > int(report.patterns.size())) return;
  const QString filter = row > 0
                             ? patternFilter(m_found.config, report.patterns[size_t(row - 1)].present, m_found.split)
                         : m_found.split.empty() ? QString()
                                                 : QStringLiteral("split:") + QString::fromStdString(m_found.split);
  context().document.setFilter(filter.toStdString());
}

QString PatternsPanel::note() const {
  const GroupMetrics& all = m_found.report.overall;
  const TaskConfig& task = m_found.config.task;
  const QString macro = task.labels.size() > 1 ? tr(" Means over %1 labels.").arg(task.labels.size()) : QString();
  const QString undefined =
      std::ranges::any_of(groupsOf(m_found.report), [](const GroupMetrics* group) { return !group->undefined.empty(); })
          ? tr(" “–”: not defined, point at it.")
          : QString();
  return tr("%1 labelled stays (%2), %3 patterns; 95 % intervals, %4 bootstrap samples.%5%6 A row says where the model "
            "is weak, not what a modality brings. Click it to list its stays.")
      .arg(count(qint64(all.stays)),
           m_found.split.empty() ? tr("all splits") : tr("split %1").arg(QString::fromStdString(m_found.split)),
           count(qint64(m_found.report.patterns.size())), count(m_found.resamples), macro, undefined);
}

void PatternsPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  m_chart->draw(painter, area);
}

Table PatternsPanel::answerTable(bool /*identifiers*/) const {
  Table table;
  table.columns = {tr("modalities"), tr("stays"), tr("known labels"), tr("positives")};
  for (const char* name : {"AUROC", "AUPRC", "Brier", "ECE"}) {
    const QString metric = QString::fromLatin1(name);
    table.columns << metric << tr("%1, 95 % low").arg(metric) << tr("%1, 95 % high").arg(metric);
  }
  table.columns << tr("remark");
  const auto groups = groupsOf(m_found.report);
  for (size_t i = 0; i < groups.size(); ++i) {
    const GroupMetrics& group = *groups[i];
    QStringList names;
    if (i > 0)
      for (const std::string& name : m_found.report.patterns[i - 1].modalities) names << QString::fromStdString(name);
    QStringList row{i == 0 ? tr("all stays") : names.join(QStringLiteral(" + ")), QString::number(group.stays),
                    QString::number(group.known), QString::number(group.positives)};
    for (const Metric& metric : kMetrics) {
      const auto& interval = group.*metric.interval;
      row << (group.*metric.value ? exact(*(group.*metric.value)) : QString())
          << (interval ? exact(interval->low) : QString()) << (interval ? exact(interval->high) : QString());
    }
    table.rows.push_back(row << QString::fromStdString(group.undefined));
  }
  return table;
}

}  // namespace fusemoe::ui
