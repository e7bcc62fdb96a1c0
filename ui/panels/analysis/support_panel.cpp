#include "panels/analysis/support_panel.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "charts/distribution_chart.h"
#include "charts/interval_bars.h"
#include "charts/routing_numbers.h"
#include "panels/analysis/fact_strip.h"
#include "panels/analysis/pattern_text.h"
#include "panels/analysis/section.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr std::size_t kMostReferences = 16;  // kept; some MiB each
constexpr double kChartShare = 0.58;

double distanceAt(const SupportReport& report, double percentile) {
  if (report.distances.empty()) return 0;
  const double place = percentile / 100 * double(report.distances.size() - 1);
  return report.distances[size_t(std::clamp(place + 0.5, 0.0, double(report.distances.size() - 1)))];
}

DistributionContent distancesOf(const SupportReport& report, const SupportOptions& options) {
  DistributionContent content;
  content.axis = SupportPanel::tr("mean Hellinger distance to the %1 nearest training stays, dense routing")
                     .arg(options.neighbours);
  content.counted = SupportPanel::tr("training stays");
  content.empty = SupportPanel::tr("No training stay to compare with.");
  content.values = report.distances;
  content.marks = {{report.distance, SupportPanel::tr("this patient"), DistributionMark::Kind::Subject}};
  if (!report.distances.empty())
    content.marks.push_back({distanceAt(report, options.alarmPercentile),
                             SupportPanel::tr("alarm, %1 %").arg(number(options.alarmPercentile, 0)),
                             DistributionMark::Kind::Alarm});
  return content;
}

IntervalContent misroutingOf(const SupportReport& report, const ModelConfig& config) {
  IntervalContent content;
  content.axis = SupportPanel::tr("share of the router's kept weight (top-K)");
  content.valueName = SupportPanel::tr("this patient");
  content.secondName = SupportPanel::tr("training stays that have it");
  content.range = std::pair(0.0, 1.0);
  for (const Misrouting& entry : report.misrouted)
    content.rows.push_back({SupportPanel::tr("Layer %1, %2 → %3")
                                .arg(entry.layer + 1)
                                .arg(routerTitle(config, entry.modality), expertName(entry.expert)),
                            entry.modality,
                            entry.share,
                            {},
                            entry.training,
                            {},
                            {}});
  return content;
}

}  // namespace

SupportPanel::SupportPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("support"), tr("Support"),
                     tr("Runs the training stays under this patient's mask and says how far its routing lies from "
                        "theirs.\nSome seconds the first time; then it follows patient and mask.")},
                    parent) {
  setSubtitle(tr("is this patient routed as training stays are?"));
}

QWidget* SupportPanel::makeContent(QHBoxLayout& /*controls*/) {
  m_facts = new FactStrip(context());
  m_chart = new DistributionChart(context());
  m_misrouted = new IntervalBars(context());
  m_misroutedBox = new QWidget;
  auto* box = new QVBoxLayout(m_misroutedBox);
  box->setContentsMargins(3, 0, 3, 0);
  box->setSpacing(2);
  box->addWidget(sectionTitle(misroutedTitle()));
  box->addWidget(m_misrouted, 1);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_facts);
  column->addWidget(m_chart, 3);
  column->addWidget(m_misroutedBox, 2);
  const Document& document = context().document;
  for (const auto signal : {&Document::resultChanged, &Document::becameSettled})
    connect(&document, signal, this, &SupportPanel::runIfFollowing, Qt::QueuedConnection);
  return content;
}

QString SupportPanel::missing() const {
  const QString nothing = AnalysisPanel::missing();
  if (!nothing.isEmpty()) return nothing;
  return options().present == 0 ? tr("Every modality of this stay is masked.\nUnmask one to see how it is routed.")
                                : QString();
}

SupportOptions SupportPanel::options() const {
  const Document& document = context().document;
  SupportOptions options;
  options.mask = document.mask();
  for (int m = 0; m < document.model()->config().modalityCount(); ++m)
    if (document.modalityState(m) == ModalityState::Present) options.present |= 1U << m;
  return options;
}

QString SupportPanel::referenceKey() const {
  const SupportOptions now = options();
  return QStringLiteral("%1 %2 %3").arg(cohortInputs()).arg(now.mask).arg(now.present);
}

QString SupportPanel::inputs() const {
  return referenceKey() + QLatin1Char(' ') + stayInputs();
}

AnalysisPanel::Work SupportPanel::work() const {
  const Document& document = context().document;
  Answer answer{{document.model()->config(), options(), {}}, {}, referenceKey(), cohortInputs()};
  if (const auto kept = m_references.find(answer.key); kept != m_references.end()) answer.reference = kept->second;
  return [model = document.model(), cohort = document.cohort(), sample = document.sample(), answer, take = m_take](
             const ProgressSink& progress, const std::stop_token& stop) mutable -> Result<Take> {
    const SupportOptions& options = answer.found.options;
    if (!answer.reference) {
      auto made = SupportReference::make(*model, *cohort, options, progress, stop);
      if (!made) return failure(made.error());
      answer.reference = std::move(*made);
    }
    const auto routed = model->predictMasks(std::span(&sample, 1), std::span(&options.mask, 1), {}, stop);
    if (!routed) return failure(routed.error());
    answer.found.report = answer.reference->report(routed->front().front(), sample->stayId);
    return Take([take, answer] { take(answer); });
  };
}

void SupportPanel::take(const Answer& answer) {
  if (m_references.size() >= kMostReferences || m_followed != answer.cohort) m_references.clear();
  m_references[answer.key] = answer.reference;
  m_followed = answer.cohort;
  setFound(answer.found);
  QMetaObject::invokeMethod(this, &SupportPanel::runIfFollowing, Qt::QueuedConnection);
}

void SupportPanel::runIfFollowing() {
  if (isVisible() && state() == State::Outdated && m_followed == cohortInputs() && context().document.settled()) run();
}

void SupportPanel::setFound(const Found& found) {
  fill();
  m_found = found;
  const SupportReport& report = m_found.report;
  m_chart->setContent(distancesOf(report, m_found.options));
  m_misrouted->setContent(misroutingOf(report, m_found.config));
  m_misroutedBox->setVisible(!report.misrouted.empty());
  const QString pattern = patternName(m_found.config, m_found.options.present);
  m_facts->setFacts(
      {{number(report.distance, 3), tr("distance"), false},
       {tr("%1 %").arg(number(report.percentile, 0)),
        report.alarm ? tr("of training stays lie nearer: alarm") : tr("of training stays lie nearer"), report.alarm},
       {tr("%1 of %2").arg(count(qint64(report.patternStays)), count(qint64(report.splitStays))),
        tr("training stays have just this: %1").arg(pattern), report.patternStays == 0},
       {count(qint64(report.misrouted.size())), tr("unseen routes"), !report.misrouted.empty()}});
  adopt();
}

QString SupportPanel::misroutedTitle() {
  return tr("Sent where the router hardly sent a token in training");
}

QString SupportPanel::note() const {
  const SupportReport& report = m_found.report;
  const QString compared = report.samePattern
                               ? tr("compared with %1 training stays that show the same modalities")
                               : tr("compared with all %1 training stays: too few show the same modalities");
  const QString alarm = tr("The alarm says that the model is used where it was not trained, not that it is wrong.");
  return tr("1 stay, dense routing, %1. %2").arg(compared.arg(count(qint64(report.reference))), alarm);
}

void SupportPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  m_facts->paint(painter, area);
  const QRect below = area.adjusted(0, m_facts->sizeHint().height(), 0, 0);
  if (m_found.report.misrouted.empty()) {
    m_chart->draw(painter, below);
    return;
  }
  const auto [upper, lower] = splitRows(below, kChartShare);
  m_chart->draw(painter, upper);
  m_misrouted->draw(painter, drawSectionTitle(painter, context().appearance.theme(), lower, misroutedTitle()));
}

Table SupportPanel::answerTable(bool /*identifiers*/) const {
  const SupportReport& report = m_found.report;
  Table table;
  table.columns = {tr("what"), tr("layer"), tr("router"), tr("expert"), tr("value"), tr("training")};
  const auto plain = [&](const QString& what, const QString& value) {
    table.rows.push_back({what, {}, {}, {}, value, {}});
  };
  plain(tr("distance of this patient"), exact(report.distance));
  plain(tr("percentile"), exact(report.percentile));
  plain(tr("alarm percentile"), exact(m_found.options.alarmPercentile));
  plain(tr("training stays of this pattern"), QString::number(report.patternStays));
  plain(tr("training stays"), QString::number(report.splitStays));
  for (const Misrouting& entry : report.misrouted)
    table.rows.push_back({tr("kept weight"), QString::number(entry.layer + 1),
                          routerTitle(m_found.config, entry.modality), expertName(entry.expert), exact(entry.share),
                          exact(entry.training)});
  for (const double distance : report.distances) plain(tr("distance of a training stay"), exact(distance));
  return table;
}

}  // namespace fusemoe::ui
