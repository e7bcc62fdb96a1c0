#include "panels/analysis/collapse_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <algorithm>

#include "charts/composition_chart.h"
#include "charts/interval_bars.h"
#include "charts/matrix_chart.h"
#include "charts/routing_numbers.h"
#include "panels/analysis/cohort_choices.h"
#include "panels/analysis/collapse_content.h"
#include "panels/analysis/fact_strip.h"
#include "panels/analysis/finding_list.h"
#include "panels/analysis/section.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kLeft = 0.55;  // of the width: attribution; findings right of it

}  // namespace

CollapsePanel::CollapsePanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("collapse"), tr("Collapse"),
                     tr("Shares every prediction out among the modalities, over many stays, and measures how the "
                        "experts are used.\nA minute or so a thousand stays; fewer modalities are faster.")},
                    parent) {
  setSubtitle(tr("does one modality, or one expert, do all the work?"));
}

QWidget* CollapsePanel::makeContent(QHBoxLayout& controls) {
  m_splits = new SplitChoice;
  m_pages = new SegmentedSwitch(tr("What is shown"));
  m_pages->setSegments({tr("Modalities"), tr("Experts"), tr("Gates")});
  m_pages->setTips({tr("Who brings the prediction, and what was found"), tr("Which modalities each expert works for"),
                    tr("How far the experts' gate vectors lie apart")});
  m_pages->setCurrent(0);
  m_layers = new SegmentedSwitch(tr("Layer"));
  m_routers = new SegmentedSwitch(tr("Router"));
  for (QWidget* control : {static_cast<QWidget*>(m_splits), static_cast<QWidget*>(m_pages),
                           static_cast<QWidget*>(m_layers), static_cast<QWidget*>(m_routers)})
    controls.addWidget(control);
  m_facts = new FactStrip(context());
  m_attribution = new IntervalBars(context());
  m_findings = new FindingList(context());
  m_composition = new CompositionChart(context());
  m_gates = new MatrixChart(context());
  auto* modalities = new QWidget;
  auto* grid = new QGridLayout(modalities);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(2);
  grid->addWidget(sectionTitle(collapse::attributionTitle()), 0, 0);
  grid->addWidget(m_attribution, 1, 0);
  grid->addWidget(sectionTitle(collapse::findingsTitle()), 0, 1);
  grid->addWidget(m_findings, 1, 1);
  grid->setColumnStretch(0, 11);
  grid->setColumnStretch(1, 9);
  grid->setRowStretch(1, 1);
  m_stack = new QStackedWidget;
  m_stack->addWidget(modalities);
  m_stack->addWidget(m_composition);
  m_stack->addWidget(m_gates);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(3, 0, 3, 0);
  column->setSpacing(2);
  column->addWidget(m_facts);
  column->addWidget(m_stack, 1);
  connect(m_splits, &SplitChoice::chosen, this, &CollapsePanel::inputsChanged);
  connect(m_pages, &SegmentedSwitch::chosen, this, [this](int page) { showPage(static_cast<Page>(page)); });
  connect(m_layers, &SegmentedSwitch::chosen, this, &CollapsePanel::fillLayer);
  connect(m_routers, &SegmentedSwitch::chosen, this, &CollapsePanel::fillLayer);
  m_layers->hide();
  m_routers->hide();
  return content;
}

void CollapsePanel::showPage(Page page) {
  m_pages->setCurrent(page);
  m_stack->setCurrentIndex(page);
  m_layers->setVisible(page != Modalities && m_found.report.layers.size() > 1);
  m_routers->setVisible(page == Gates && m_found.config.routerCount() > 1);
  refreshNote();
}

void CollapsePanel::follow(Changes changes) {
  if (changes & Change::Cohort) m_splits->follow(context().document);
}

QString CollapsePanel::inputs() const {
  return cohortInputs() + QLatin1Char(' ') + QString::fromStdString(m_splits->split());
}

AnalysisPanel::Work CollapsePanel::work() const {
  const Document& document = context().document;
  CollapseOptions options;
  options.split = m_splits->split();
  return [model = document.model(), cohort = document.cohort(), options, take = m_take](
             const ProgressSink& progress, const std::stop_token& stop) -> Result<Take> {
    Result<CollapseReport> report = collapseReport(*model, *cohort, options, progress, stop);
    if (!report) return failure(report.error());
    return Take([take, found = Found{model->config(), options, std::move(*report)}] { take(found); });
  };
}

void CollapsePanel::setFound(const Found& found) {
  fill();
  m_found = found;
  const CollapseReport& report = m_found.report;
  double effective = report.layers.empty() ? 0 : report.layers.front().effectiveExperts;
  std::size_t dead = 0;
  for (const LayerUse& use : report.layers) {
    effective = std::min(effective, use.effectiveExperts);
    dead += use.dead.size();
  }
  m_facts->setFacts({{number(report.unimodal, 2), tr("one modality alone: 0 no … 1 wholly"), false},
                     {tr("%1 of %2").arg(number(effective, 1)).arg(m_found.config.experts),
                      tr("effective experts, layer with the fewest"), false},
                     {count(qint64(dead)), tr("experts no token kept, all layers"), dead > 0}});
  m_attribution->setContent(collapse::attributionOf(m_found.config, report));
  m_findings->setEntries(collapse::findingsOf(report));
  QStringList layers, routers;
  for (size_t l = 0; l < report.layers.size(); ++l) layers << QString::number(l + 1);
  for (int r = 0; r < m_found.config.routerCount() && m_found.config.routerCount() > 1; ++r)
    routers << modalityTitle(m_found.config, r);
  const int shown = layer();
  m_layers->setSegments(layers);
  m_layers->setCurrent(std::clamp(shown, 0, std::max(0, int(layers.size()) - 1)));
  m_routers->setSegments(routers);
  m_routers->setCurrent(std::max(0, m_routers->current()));
  fillLayer();
  showPage(static_cast<Page>(m_stack->currentIndex()));
  adopt();
}

int CollapsePanel::layer() const {
  return std::max(0, m_layers->current());
}

void CollapsePanel::fillLayer() {
  const auto& layers = m_found.report.layers;
  m_composition->setContent(layers.empty() ? CompositionChart::Content{}
                                           : collapse::compositionOf(m_found.config, layers.at(size_t(layer()))));
  const int router = std::max(0, m_routers->current());
  const auto gate = std::ranges::find_if(m_found.report.gates, [&](const GateGeometry& geometry) {
    return geometry.layer == layer() && geometry.router == router;
  });
  m_gates->setContent(gate == m_found.report.gates.end() ? MatrixContent{} : collapse::gatesOf(*gate));
  refreshNote();
}

QString CollapsePanel::note() const {
  const CollapseReport& report = m_found.report;
  const QString stays =
      tr("%1 stays (%2)")
          .arg(count(qint64(report.stays)), m_found.options.split.empty()
                                                ? tr("all splits")
                                                : tr("split %1").arg(QString::fromStdString(m_found.options.split)));
  switch (m_stack->currentIndex()) {
    case Experts:
      return tr("%1, layer %2, kept weights (top-K) of all tokens: which modalities an expert works for.")
          .arg(stays)
          .arg(layer() + 1);
    case Gates:
      return tr("Layer %1, distances between gate vectors ‖Wᵢ − Wⱼ‖₂: experts that lie close are chosen alike.")
          .arg(layer() + 1);
    default:
      return tr("%1, probability, Shapley values over all masks, 95 % intervals of %2 bootstrap samples of stays. A "
                "share says what the model uses, not what is true of patients.")
          .arg(stays, count(m_found.options.bootstrap.resamples));
  }
}

void CollapsePanel::drawAnswer(QPainter& painter, const QRect& area) const {
  const Theme& theme = context().appearance.theme();
  m_facts->paint(painter, area);
  const QRect below = area.adjusted(0, m_facts->sizeHint().height(), 0, 0);
  if (m_stack->currentIndex() == Experts) return m_composition->draw(painter, below);
  if (m_stack->currentIndex() == Gates) return m_gates->draw(painter, below);
  const auto [left, right] = splitColumns(below, kLeft);
  m_attribution->draw(painter, drawSectionTitle(painter, theme, left, collapse::attributionTitle()));
  m_findings->paint(painter, drawSectionTitle(painter, theme, right, collapse::findingsTitle()));
}

Table CollapsePanel::answerTable(bool /*identifiers*/) const {
  return collapse::tableOf(m_found.config, m_found.report);
}

}  // namespace fusemoe::ui
