#include "panels/analysis/drift_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <cmath>
#include <limits>
#include <numbers>

#include "analysis/mask_sweep.h"
#include "charts/distribution_chart.h"
#include "charts/matrix_chart.h"
#include "panels/analysis/answer_table.h"
#include "panels/analysis/stay_slice.h"
#include "panels/segmented_switch.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kDriftColumn = 2;

/// Of one prediction, what drift is measured on.
MaskedRouting routingOf(const RoutingResult& result) {
  MaskedRouting routing;
  for (const LayerResult& layer : result.layers) {
    for (const RouterResult& router : layer.routers) {
      routing.meanDense.insert(routing.meanDense.end(), router.meanDense.begin(), router.meanDense.end());
      routing.meanTopK.insert(routing.meanTopK.end(), router.meanTopK.begin(), router.meanTopK.end());
    }
  }
  return routing;
}

QLabel* caption(const QString& text) {
  auto* label = new QLabel(text);
  label->setObjectName(QStringLiteral("chartCaption"));
  return label;
}

}  // namespace

DriftPanel::DriftPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("drift"), tr("Routing drift"),
                     tr("Ranks the stays by how far their routing moves when modalities are hidden: two masks a stay, "
                        "about a minute for ten thousand stays."),
                     false, true},
                    parent) {
  setSubtitle(tr("how far routing moves when modalities are hidden"));
}

QWidget* DriftPanel::makeContent(QHBoxLayout& controls) {
  m_measure = new SegmentedSwitch(tr("Measure"));
  m_measure->setSegments({tr("JS"), tr("KL"), tr("L1")});
  m_measure->setTips({tr("Jensen–Shannon divergence, nats, 0 … log 2"), tr("KL(full ‖ masked), nats"),
                      tr("Sum of absolute differences, 0 … 2")});
  m_space = new SegmentedSwitch(tr("Distribution"));
  m_space->setSegments({tr("Dense"), tr("Top-K")});
  m_scope = new SegmentedSwitch(tr("Ranking over"));
  m_scope->setSegments({tr("Slice"), tr("All")});
  m_scope->setTips({tr("The stays that pass the list's filter"), tr("All stays of the cohort")});
  for (SegmentedSwitch* control : {m_measure, m_space, m_scope}) control->setCurrent(0);
  m_masks = new QComboBox;
  m_masks->setAccessibleName(tr("Hidden in the ranking"));
  m_masks->setToolTip(m_masks->accessibleName());
  auto* hide = new QLabel(tr("Hide"));
  hide->setObjectName(QStringLiteral("secondary"));
  for (QWidget* control : {static_cast<QWidget*>(m_measure), static_cast<QWidget*>(m_space),
                           static_cast<QWidget*>(hide), static_cast<QWidget*>(m_masks), static_cast<QWidget*>(m_scope)})
    controls.addWidget(control);
  m_matrix = new MatrixChart(context());
  m_histogram = new DistributionChart(context());
  m_table = new AnswerTable(context(), tr("Stays by drift"));
  m_table->setColumns({{tr("stay"), {}, true, true, 74},
                       {tr("hidden"), tr("What the model was not shown"), false, false, 0},
                       {tr("drift"), tr("Mean over layers and routers"), true, false, 66},
                       {tr("full"), tr("Probability with all the stay has"), true, false, 58},
                       {tr("Δp"), tr("Change of the probability when hidden"), true, false, 66}});
  auto* left = new QWidget;
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(3, 0, 3, 0);
  column->setSpacing(2);
  column->addWidget(caption(tr("This stay")));
  column->addWidget(m_matrix, 3);
  column->addWidget(caption(tr("Stays of the ranking; drag over it to filter")));
  column->addWidget(m_histogram, 2);
  auto* split = new QSplitter;
  split->setChildrenCollapsible(false);
  split->addWidget(left);
  split->addWidget(m_table);
  split->setSizes({400, 380});
  connect(m_measure, &SegmentedSwitch::chosen, this, [this] {
    showStay();
    showRanking();
  });
  connect(m_space, &SegmentedSwitch::chosen, this, [this] {
    showStay();
    inputsChanged();
  });
  connect(m_scope, &SegmentedSwitch::chosen, this, &DriftPanel::inputsChanged);
  connect(m_masks, &QComboBox::activated, this, &DriftPanel::inputsChanged);
  connect(m_histogram, &DistributionChart::brushChanged, this, &DriftPanel::brush);
  connect(m_table, &AnswerTable::taken, this, [this](qint64 stay) { context().document.selectStay(stay); });
  connect(&context().document, &Document::resultChanged, this, &DriftPanel::showStay);
  showStay();
  showRanking();
  return split;
}

RoutingSpace DriftPanel::space() const {
  return m_space->current() == 1 ? RoutingSpace::TopK : RoutingSpace::Dense;
}

double DriftPanel::measured(const Drift& drift) const {
  return m_measure->current() == 0 ? drift.jensenShannon : m_measure->current() == 1 ? drift.kullbackLeibler : drift.l1;
}

QString DriftPanel::measureName() const {
  return m_measure->current() == 0   ? tr("Jensen–Shannon, nats")
         : m_measure->current() == 1 ? tr("KL(full ‖ masked), nats")
                                     : tr("L1, 0 … 2");
}

/// The mask every stay is put under; 0 = each modality alone in turn.
ModalityMask DriftPanel::askedMask() const {
  return ModalityMask(m_masks->currentData().toUInt());
}

QString DriftPanel::maskText(ModalityMask mask) const {
  QStringList names;
  const ModelConfig& config = context().document.model()->config();
  for (int i = 0; i < config.modalityCount(); ++i)
    if (mask >> i & 1U) names << modalityTitle(config, i);
  return names.join(QStringLiteral(", "));
}

void DriftPanel::fillMasks() {
  const ModalityMask before = askedMask();
  m_masks->clear();
  if (!context().document.model()) return;
  m_masks->addItem(tr("each modality in turn"), 0U);
  const ModalityMask now = context().document.mask();
  if (now) m_masks->addItem(tr("what is masked now: %1").arg(maskText(now)), now);
  for (int i = 0; i < context().document.model()->config().modalityCount(); ++i)
    if (now != ModalityMask{1} << i) m_masks->addItem(maskText(ModalityMask{1} << i), ModalityMask{1} << i);
  m_masks->setCurrentIndex(std::max(0, m_masks->findData(before)));
}

void DriftPanel::follow(Changes changes) {
  if (changes & Change::Model) {
    m_moved = std::make_shared<const std::vector<Moved>>();
    showRanking();
  }
  if (changes & (Change::Model | Change::Mask)) fillMasks();
}

void DriftPanel::showStay() {
  const Document& document = context().document;
  MatrixContent content;
  content.empty = tr("Nothing differs from %1.\nMask a modality with its key, and see which routers move.")
                      .arg(referenceName(document));
  const bool differs = document.result() && document.ghost() && document.ghost() != document.result();
  if (differs) {
    const ModelConfig& config = document.model()->config();
    const RoutingShape shape(config);
    const RoutingDrift drift = driftOf(shape, routingOf(*document.ghost()), routingOf(*document.result()), space());
    double most = 1e-9;
    for (int layer = 0; layer < shape.layers; ++layer)
      for (int router = 0; router < shape.routers; ++router)
        if (std::isfinite(measured(drift.of(layer, router)))) most = std::max(most, measured(drift.of(layer, router)));
    for (int layer = 0; layer < shape.layers; ++layer)
      content.columns.push_back({tr("layer %1").arg(layer + 1), {}, 0, most, 3, true});
    for (int router = 0; router < shape.routers; ++router) {
      content.rows.push_back({routerTitle(config, config.router == Router::Joint ? -1 : router), {}});
      for (int layer = 0; layer < shape.layers; ++layer) {
        const double value = measured(drift.of(layer, router));
        MatrixCell cell;
        if (std::isfinite(value)) cell.value = value;
        if (!std::isfinite(value)) cell.reason = tr("infinite: an expert is no longer kept");
        content.cells.push_back(std::move(cell));
      }
    }
    content.rowTitle = tr("router");
    content.columnTitle = tr("layer");
    content.measure = tr("drift from %1, %2").arg(referenceName(document), measureName());
    content.least = QStringLiteral("0");
    content.most = number(most, 3);
  }
  m_matrix->setContent(std::move(content));
}

QString DriftPanel::inputs() const {
  const Document& document = context().document;
  const bool all = m_scope->current() == 1;
  return QStringLiteral("%1 %2 %3 %4")
      .arg(cohortInputs(), all ? QString() : QString::fromStdString(document.state().filter))
      .arg(askedMask())
      .arg(int(space()));
}

AnalysisPanel::Work DriftPanel::work() const {
  const Document& document = context().document;
  auto* self = const_cast<DriftPanel*>(this);
  return [self, model = document.model(), open = document.openers().cohort, path = document.state().cohortPath,
          mask = askedMask(), space = space(), slice = staySlice(context(), m_scope->current() == 1)](
             const ProgressSink& progress, const std::stop_token& stop) -> Result<Take> {
    const Result<CohortPtr> cohort = open(path);  // a connection of its own
    if (!cohort) return failure(cohort.error());
    const SliceSource source(**cohort, slice.stays);
    const std::vector<ModalityMask> masks =
        mask ? std::vector<ModalityMask>{0, mask} : singleMasks(model->config().modalityCount());
    const RoutingShape shape(model->config());
    auto moved = std::make_shared<std::vector<Moved>>();
    const auto visit = [&](const SweptStay& stay) {
      const MaskedRouting& full = stay.routings.front();
      for (std::size_t i = 1; i < stay.routings.size(); ++i) {
        const MaskedRouting& masked = stay.routings[i];
        if (masked.present == full.present) continue;  // the stay lacks what was hidden
        moved->push_back({stay.sample->stayId, masked.mask, driftOf(shape, full, masked, space).mean(),
                          double(full.probability.front()), double(masked.probability.front())});
      }
      return true;
    };
    const Result<void> swept = sweepMasks(*model, source, masks, {}, visit, progress, stop);
    if (!swept) return failure(swept.error());
    if (moved->empty())
      return failure("None of these stays has what would be hidden.", "Hide another modality, or rank other stays.");
    return Take([self, moved, name = slice.name] {
      self->m_moved = moved;
      self->m_ranked = name;
      self->showRanking();
    });
  };
}

void DriftPanel::showRanking() {
  DistributionContent content;
  std::vector<AnswerRow> rows;
  rows.reserve(m_moved->size());
  for (const Moved& moved : *m_moved) {
    const double drift = measured(moved.drift);
    content.values.push_back(drift);
    rows.push_back({{numberCell(double(moved.stayId), 0), textCell(maskText(moved.mask)), numberCell(drift, 4),
                     numberCell(moved.before, 3), numberCell(moved.after - moved.before, 3, true)},
                    moved.stayId,
                    moved.stayId == context().document.state().stayId,
                    tr("Click to look at this stay.")});
  }
  content.axis = tr("drift: %1").arg(measureName());
  content.counted = tr("rows");
  content.empty = tr("Not ranked yet. Run hides modalities of every stay.");
  m_histogram->setContent(std::move(content));
  m_table->setRange(-1, 0, 0);
  m_table->setRows(std::move(rows));
  m_table->sortByColumn(kDriftColumn, Qt::DescendingOrder);
}

void DriftPanel::brush() {
  const std::optional<Interval>& range = m_histogram->brushed();
  if (range)
    m_table->setRange(kDriftColumn, range->low, range->high);
  else
    m_table->setRange(-1, 0, 0);
  refreshNote();
}

QString DriftPanel::note() const {
  return tr("n = %1 (%2); %3; %4 routing, mean over layers and routers; model as trained. Click a row to look at the "
            "stay.")
      .arg(counted(m_table->shownRows(), tr("1 row"), tr("%1 rows")), m_ranked, measureName(),
           space() == RoutingSpace::Dense ? tr("dense") : tr("top-K"));
}

void DriftPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  const int left = area.width() / 2, middle = area.height() / 2;
  m_matrix->draw(painter, QRect(area.left(), area.top(), left - 8, middle - 4));
  m_histogram->draw(painter, QRect(area.left(), area.top() + middle + 4, left - 8, area.height() - middle - 4));
  m_table->draw(painter, area.adjusted(left + 8, 0, 0, 0), true);
}

Table DriftPanel::answerTable(bool identifiers) const {
  return m_table->table(identifiers);
}

}  // namespace fusemoe::ui
