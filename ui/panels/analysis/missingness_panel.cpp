#include "panels/analysis/missingness_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

#include "charts/interval_bars.h"
#include "charts/routing_numbers.h"
#include "panels/analysis/cohort_choices.h"
#include "panels/analysis/fact_strip.h"
#include "panels/analysis/section.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kUnlike = 0.25;  // standardised mean difference
constexpr double kLeft = 0.55;    // of the width: differences; balance right of them
constexpr double kUpper = 0.62;   // of the height: differences of probability; routing below them

struct Titles {
  QString differences = MissingnessPanel::tr("Naturally missing − masked");
  QString routing = MissingnessPanel::tr("Routing: how far a pair lies apart");
  QString balance = MissingnessPanel::tr("How alike the pairs are");
};

IntervalRow rowOf(const QString& label, const PairedDifference& pair) {
  return {label,
          -1,
          pair.difference,
          pair.interval,
          {},
          {},
          MissingnessPanel::tr("naturally missing %1, masked %2").arg(number(pair.natural, 3), number(pair.forced, 3))};
}

IntervalContent differencesOf(const MissingnessReport& report) {
  IntervalContent content;
  content.axis = MissingnessPanel::tr("difference of probability, 95 % interval");
  content.bars = false;
  content.differences = true;
  content.rows.push_back(rowOf(MissingnessPanel::tr("Predicted risk"), report.risk));
  IntervalRow outcome{MissingnessPanel::tr("What happened"),
                      -1,
                      {},
                      {},
                      {},
                      MissingnessPanel::tr("No pair with both labels known."),
                      {}};
  if (report.outcome) outcome = rowOf(outcome.label, *report.outcome);
  content.rows.push_back(outcome);
  IntervalRow unmasked = rowOf(MissingnessPanel::tr("Risk, match unmasked"), report.unmasked);
  unmasked.note = MissingnessPanel::tr("naturally missing %1, match as recorded %2")
                      .arg(number(report.unmasked.natural, 3), number(report.unmasked.forced, 3));
  content.rows.push_back(unmasked);
  return content;
}

IntervalContent routingOf(const MissingnessReport& report) {
  IntervalContent content;
  content.axis = MissingnessPanel::tr("Jensen–Shannon divergence, nats, dense");
  content.valueName = MissingnessPanel::tr("pair");
  content.secondName = MissingnessPanel::tr("two like stays");
  content.rows = {{MissingnessPanel::tr("Routing drift"),
                   -1,
                   report.routingDrift,
                   report.routingInterval,
                   report.routingBaseline,
                   {},
                   {}}};
  return content;
}

IntervalContent balanceOf(const MissingnessReport& report) {
  IntervalContent content;
  content.axis = MissingnessPanel::tr("standardised mean difference");
  content.valueName = MissingnessPanel::tr("after matching");
  content.secondName = MissingnessPanel::tr("before");
  content.empty = MissingnessPanel::tr("The stays share no feature to be matched by.");
  content.bars = false;
  content.differences = true;
  content.decimals = 2;
  for (const Balance& entry : report.balance)
    content.rows.push_back({QString::fromStdString(entry.feature), -1, entry.after, {}, entry.before, {}, {}});
  return content;
}

}  // namespace

MissingnessPanel::MissingnessPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("missingness"), tr("Natural or forced"),
                     tr("Pairs stays that truly lack the modality with like stays that have it, and masks it there.\n"
                        "What still differs is what the absence itself says. Some seconds a thousand stays.")},
                    parent) {
  setSubtitle(tr("what a modality's absence itself says"));
}

QWidget* MissingnessPanel::makeContent(QHBoxLayout& controls) {
  m_modality = new QComboBox;
  m_modality->setAccessibleName(tr("Modality"));
  m_modality->setToolTip(tr("The modality whose absence is looked at"));
  m_splits = new SplitChoice;
  controls.addWidget(m_modality);
  controls.addWidget(m_splits);
  m_facts = new FactStrip(context());
  m_differences = new IntervalBars(context());
  m_routing = new IntervalBars(context());
  m_balance = new IntervalBars(context());
  const Titles titles;
  auto* content = new QWidget;
  auto* grid = new QGridLayout(content);
  grid->setContentsMargins(3, 0, 3, 0);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(2);
  grid->addWidget(m_facts, 0, 0, 1, 2);
  grid->addWidget(sectionTitle(titles.differences), 1, 0);
  grid->addWidget(m_differences, 2, 0);
  grid->addWidget(sectionTitle(titles.routing), 3, 0);
  grid->addWidget(m_routing, 4, 0);
  grid->addWidget(sectionTitle(titles.balance), 1, 1);
  grid->addWidget(m_balance, 2, 1, 3, 1);
  grid->setColumnStretch(0, 11);
  grid->setColumnStretch(1, 9);
  grid->setRowStretch(2, 5);
  grid->setRowStretch(4, 3);
  connect(m_modality, &QComboBox::activated, this, &MissingnessPanel::inputsChanged);
  connect(m_splits, &SplitChoice::chosen, this, &MissingnessPanel::inputsChanged);
  return content;
}

void MissingnessPanel::follow(Changes changes) {
  if (changes & Change::Cohort) m_splits->follow(context().document);
  if (changes & Change::Model) fillModalities(*m_modality, context().document);
}

QString MissingnessPanel::inputs() const {
  return QStringLiteral("%1 %2 %3")
      .arg(cohortInputs(), QString::fromStdString(m_splits->split()))
      .arg(m_modality->currentIndex());
}

AnalysisPanel::Work MissingnessPanel::work() const {
  const Document& document = context().document;
  MissingnessOptions options;
  options.split = m_splits->split();
  options.modality = std::max(0, m_modality->currentIndex());
  return [model = document.model(), cohort = document.cohort(), options, take = m_take](
             const ProgressSink& progress, const std::stop_token& stop) -> Result<Take> {
    Result<MissingnessReport> report = naturalAgainstForced(*model, *cohort, options, progress, stop);
    if (!report) return failure(report.error());
    return Take([take, found = Found{model->config(), options, std::move(*report)}] { take(found); });
  };
}

void MissingnessPanel::setFound(const Found& found) {
  fill();
  m_found = found;
  const MissingnessReport& report = m_found.report;
  m_facts->setFacts({{count(qint64(report.lacking)), tr("stays lack it"), false},
                     {count(qint64(report.having)), tr("have it"), false},
                     {count(qint64(report.pairs)), tr("pairs"), false},
                     {count(qint64(report.controls)), tr("different matches"), false},
                     {number(report.distance, 2), tr("median distance of a pair, SD a feature"), false}});
  m_differences->setContent(differencesOf(report));
  m_routing->setContent(routingOf(report));
  m_balance->setContent(balanceOf(report));
  adopt();
}

QString MissingnessPanel::note() const {
  const MissingnessReport& report = m_found.report;
  const auto unlike =
      std::ranges::count_if(report.balance, [](const Balance& balance) { return std::abs(balance.after) > kUnlike; });
  return tr("%1: %2 pairs; 95 % bootstrap over matches. Unmeasured differences of the patients remain; %3 of %4 "
            "features still differ by more than a quarter of a deviation.")
      .arg(modalityTitle(m_found.config, report.modality), count(qint64(report.pairs)), count(qint64(unlike)),
           count(qint64(report.balance.size())));
}

void MissingnessPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  const Theme& theme = context().appearance.theme();
  const Titles titles;
  m_facts->paint(painter, area);
  const auto [left, right] = splitColumns(area.adjusted(0, m_facts->sizeHint().height(), 0, 0), kLeft);
  const auto [upper, lower] = splitRows(left, kUpper);
  m_differences->draw(painter, drawSectionTitle(painter, theme, upper, titles.differences));
  m_routing->draw(painter, drawSectionTitle(painter, theme, lower, titles.routing));
  m_balance->draw(painter, drawSectionTitle(painter, theme, right, titles.balance));
}

Table MissingnessPanel::answerTable(bool /*identifiers*/) const {
  const MissingnessReport& report = m_found.report;
  Table table;
  table.columns = {tr("what"),       tr("naturally missing"), tr("masked"),
                   tr("difference"), tr("95 % low"),          tr("95 % high")};
  const auto add = [&](const QString& what, const PairedDifference& pair) {
    table.rows.push_back({what, exact(pair.natural), exact(pair.forced), exact(pair.difference),
                          exact(pair.interval.low), exact(pair.interval.high)});
  };
  const auto plain = [&](const QString& what, const QString& value) {
    table.rows.push_back({what, {}, {}, value, {}, {}});
  };
  add(tr("predicted risk"), report.risk);
  if (report.outcome) add(tr("outcome"), *report.outcome);
  add(tr("predicted risk, match unmasked"), report.unmasked);
  table.rows.push_back({tr("routing drift, nats"),
                        {},
                        {},
                        exact(report.routingDrift),
                        exact(report.routingInterval.low),
                        exact(report.routingInterval.high)});
  plain(tr("routing drift of two like stays, nats"), exact(report.routingBaseline));
  plain(tr("stays that lack it"), QString::number(report.lacking));
  plain(tr("stays that have it"), QString::number(report.having));
  plain(tr("pairs"), QString::number(report.pairs));
  plain(tr("different matches"), QString::number(report.controls));
  plain(tr("median distance of a pair"), exact(report.distance));
  for (const Balance& entry : report.balance) {
    const QString feature = QString::fromStdString(entry.feature);
    plain(tr("standardised mean difference before: %1").arg(feature), exact(entry.before));
    plain(tr("standardised mean difference after: %1").arg(feature), exact(entry.after));
  }
  return table;
}

}  // namespace fusemoe::ui
