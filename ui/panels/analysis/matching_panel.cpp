#include "panels/analysis/matching_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <algorithm>

#include "charts/matrix_chart.h"
#include "charts/routing_numbers.h"
#include "panels/analysis/cohort_choices.h"
#include "panels/analysis/fact_strip.h"
#include "state/document.h"
#include "state/format.h"
#include "state/model_endings.h"

namespace fusemoe::ui {
namespace {

MatrixContent similarityOf(const MatchedLayer& layer) {
  const size_t n = layer.partner.size();
  MatrixContent content;
  content.rowTitle = MatchingPanel::tr("A");
  content.columnTitle = MatchingPanel::tr("expert of model B");
  content.measure = MatchingPanel::tr("correlation of use, framed: matched");
  content.least = QStringLiteral("−1");
  content.most = QStringLiteral("+1");
  content.diverging = true;
  for (size_t i = 0; i < n; ++i) {
    content.rows.push_back({expertName(int(i))});
    content.columns.push_back({expertName(int(i)), {}, -1, 1, 2});
    for (size_t j = 0; j < n; ++j) {
      MatrixCell cell{layer.similarity[i * n + j]};
      cell.outlined = layer.partner[i] == int(j);
      if (cell.outlined) cell.tip = MatchingPanel::tr("matched");
      content.cells.push_back(cell);
    }
  }
  return content;
}

}  // namespace

MatchingPanel::MatchingPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("matching"), tr("Expert matching"),
                     tr("Choose a second model above. Both run over the same stays, and experts are matched by which "
                        "patients they work for.\nSome seconds a thousand stays.")},
                    parent) {
  setSubtitle(tr("is expert 3 the same in another model?"));
}

QWidget* MatchingPanel::makeContent(QHBoxLayout& controls) {
  m_choose = new QPushButton(tr("Model B …"));
  m_choose->setToolTip(
      tr("The model to compare with: another seed, fold or setting, of the same modalities and experts"));
  m_splits = new SplitChoice;
  m_layers = new SegmentedSwitch(tr("Layer"));
  controls.addWidget(m_choose);
  controls.addWidget(m_splits);
  controls.addWidget(m_layers);
  m_facts = new FactStrip(context());
  m_chart = new MatrixChart(context());
  m_chart->setAccessibleName(tr("Similarity of experts"));
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(3, 0, 3, 0);
  column->setSpacing(4);
  column->addWidget(m_facts);
  column->addWidget(m_chart, 1);
  connect(m_choose, &QPushButton::clicked, this, &MatchingPanel::choose);
  connect(m_splits, &SplitChoice::chosen, this, &MatchingPanel::inputsChanged);
  connect(m_layers, &SegmentedSwitch::chosen, this, &MatchingPanel::fillLayer);
  return content;
}

void MatchingPanel::follow(Changes changes) {
  if (changes & Change::Cohort) m_splits->follow(context().document);
}

void MatchingPanel::choose() {
  const std::string& here = m_other.empty() ? context().document.state().modelPath : m_other;
  const QString path =
      QFileDialog::getOpenFileName(this, tr("Match experts with those of a model"), QString::fromStdString(here),
                                   modelFilters().join(QStringLiteral(";;")));
  if (!path.isEmpty()) setOther(path.toStdString());
}

void MatchingPanel::setOther(const std::string& path) {
  fill();
  m_other = path;
  m_choose->setText(tr("Model B: %1").arg(fileName(path)));
  run();
}

QString MatchingPanel::inputs() const {
  return QStringLiteral("%1 %2 %3")
      .arg(cohortInputs(), QString::fromStdString(m_splits->split()), QString::fromStdString(m_other));
}

AnalysisPanel::Work MatchingPanel::work() const {
  const Document& document = context().document;
  MatchingOptions options;
  options.split = m_splits->split();
  return [model = document.model(), cohort = document.cohort(), open = document.openers().model, other = m_other,
          options, take = m_take](const ProgressSink& progress, const std::stop_token& stop) -> Result<Take> {
    if (other.empty()) return failure("No second model was chosen.", "Choose one with “Model B …”.");
    const Result<OpenedModel> second = open(other);
    if (!second) return failure(second.error());
    Result<MatchingReport> report = matchExperts(*model, *second->model, *cohort, options, progress, stop);
    if (!report) return failure(report.error());
    return Take([take, found = Found{model->config(), other, options, std::move(*report)}] { take(found); });
  };
}

void MatchingPanel::setFound(const Found& found) {
  fill();
  m_found = found;
  QStringList layers;
  for (size_t l = 0; l < m_found.report.layers.size(); ++l) layers << QString::number(l + 1);
  const int shown = m_layers->current();
  m_layers->setSegments(layers);
  m_layers->setCurrent(std::clamp(shown, 0, std::max(0, int(layers.size()) - 1)));
  m_layers->setVisible(layers.size() > 1);
  fillLayer();
  adopt();
}

void MatchingPanel::fillLayer() {
  const auto& layers = m_found.report.layers;
  if (layers.empty()) return;
  const MatchedLayer& layer = layers.at(size_t(std::max(0, m_layers->current())));
  const QString experts = QString::number(layer.partner.size());
  m_facts->setFacts(
      {{number(layer.byNumber, 2), tr("similarity by number"), false},
       {number(layer.matched, 2), tr("matched by use"), false},
       {number(layer.chance, 2), tr("by chance, matched; 95 %: %1").arg(number(layer.chanceHigh, 2)), false},
       {tr("%1 of %2").arg(QString::number(layer.sameNumber), experts), tr("keep their number"), false}});
  m_chart->setContent(similarityOf(layer));
}

QString MatchingPanel::note() const {
  return tr("A: %1, B: %2; %3 stays (%4), kept weights (top-K) of each modality. %5")
      .arg(fileName(context().document.state().modelPath), fileName(m_found.other), count(qint64(m_found.report.stays)),
           m_found.options.split.empty() ? tr("all splits")
                                         : tr("split %1").arg(QString::fromStdString(m_found.options.split)),
           QString::fromStdString(m_found.report.verdict))
      .trimmed();
}

void MatchingPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  m_facts->paint(painter, area);
  m_chart->draw(painter, area.adjusted(0, m_facts->sizeHint().height(), 0, 0));
}

Table MatchingPanel::answerTable(bool /*identifiers*/) const {
  Table table;
  table.columns = {tr("layer"), tr("expert of A"), tr("expert of B"), tr("similarity"), tr("matched")};
  const auto& layers = m_found.report.layers;
  for (size_t l = 0; l < layers.size(); ++l) {
    const size_t n = layers[l].partner.size();
    for (size_t i = 0; i < n; ++i)
      for (size_t j = 0; j < n; ++j)
        table.rows.push_back({QString::number(l + 1), expertName(int(i)), expertName(int(j)),
                              exact(layers[l].similarity[i * n + j]),
                              layers[l].partner[i] == int(j) ? tr("yes") : QString()});
  }
  return table;
}

}  // namespace fusemoe::ui
