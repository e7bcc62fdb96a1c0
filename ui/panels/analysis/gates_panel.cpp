#include "panels/analysis/gates_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <mutex>
#include <numeric>

#include "charts/interval_bars.h"
#include "panels/analysis/answer_table.h"
#include "panels/segmented_switch.h"
#include "state/document.h"
#include "state/format.h"
#include "state/model_endings.h"

namespace fusemoe::ui {
namespace {

constexpr std::array kGates{Gate::Softmax, Gate::Laplace, Gate::Gaussian};
constexpr int kNamed = 2;  // experts a router

QString word(std::string_view name) {
  return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

/// "Vitals E3 E7; Notes E1 E2": the experts each router gives most weight.
QString strongestExperts(const ModelConfig& config, const MaskedRouting& routing, int layer) {
  const RoutingShape shape(config);
  QStringList parts;
  for (int router = 0; router < shape.routers; ++router) {
    const auto weights = shape.of(routing.meanTopK, std::min(layer, shape.layers - 1), router);
    std::vector<int> order(weights.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater(), [&](int expert) { return weights[size_t(expert)]; });
    QStringList names;
    for (int i = 0; i < std::min(kNamed, int(order.size())); ++i) names << expertName(order[size_t(i)]);
    parts << routerTitle(config, shape.routers == 1 ? -1 : router) + ' ' + names.join(' ');
  }
  return parts.join(QStringLiteral("; "));
}

/// Of the names masked, those the model has.
ModalityMask maskIn(const ModelConfig& config, const std::set<std::string>& names) {
  ModalityMask mask = 0;
  for (const std::string& name : names)
    if (const int index = config.modalityIndex(name); index >= 0) mask |= ModalityMask{1} << index;
  return mask;
}

}  // namespace

struct GatesPanel::Opened {
  std::mutex mutex;
  std::map<std::string, ModelPtr> models;

  Result<ModelPtr> get(const Openers& openers, const std::string& path) {
    const std::lock_guard lock(mutex);
    ModelPtr& model = models[path];
    if (model) return model;
    const Result<OpenedModel> opened = openers.model(path);
    if (!opened) return failure(opened.error());
    return model = opened->model;
  }
};

GatesPanel::GatesPanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("gates"), tr("Gates and routers"),
                     tr("The stay under other gates and other checkpoints, side by side."), true},
                    parent),
      m_opened(std::make_shared<Opened>()) {
  setSubtitle(tr("the same stay under other gates and checkpoints"));
}

QWidget* GatesPanel::makeContent(QHBoxLayout& controls) {
  m_choice = new SegmentedSwitch(tr("Gate"));
  m_choice->setSegments({tr("As trained"), tr("Softmax"), tr("Laplace"), tr("Gaussian")});
  m_choice->setTips({tr("The gate the checkpoint was trained with"), logitFormula(Gate::Softmax),
                     logitFormula(Gate::Laplace), logitFormula(Gate::Gaussian)});
  auto* label = new QLabel(tr("Gate:"));
  label->setObjectName(QStringLiteral("secondary"));
  auto* add = new QPushButton(tr("Add model …"));
  add->setToolTip(tr("Another checkpoint, to see this stay through it"));
  m_clear = new QPushButton(tr("Clear"));
  m_clear->setToolTip(tr("Leave the other checkpoints out"));
  auto* flow = new QPushButton(tr("Show flow"));
  flow->setToolTip(tr("Modality → expert → prediction, in the routing panel; hold Space to flip to the reference"));
  for (QWidget* control : {static_cast<QWidget*>(label), static_cast<QWidget*>(m_choice), static_cast<QWidget*>(add),
                           static_cast<QWidget*>(m_clear), static_cast<QWidget*>(flow)})
    controls.addWidget(control);
  m_bars = new IntervalBars(context());
  m_table = new AnswerTable(context(), tr("Models and gates"));
  m_table->setColumns(
      {{tr("model"), {}, false, false, 150},
       {tr("gate"), {}, false, false, 78},
       {tr("trained with it"), {}, false, false, 104},
       {tr("router"), {}, false, false, 92},
       {tr("probability"), {}, true, false, 78},
       {tr("most kept experts, layer shown"), tr("By mean kept weight (top-K) of each router"), false, false, 0}});
  auto* split = new QSplitter(Qt::Vertical);
  split->setChildrenCollapsible(false);
  split->addWidget(m_bars);
  split->addWidget(m_table);
  split->setSizes({160, 190});
  connect(m_choice, &SegmentedSwitch::chosen, this, [this](int index) {
    choose(index == 0 ? std::optional<Gate>() : std::optional(kGates.at(size_t(index - 1))));
  });
  connect(add, &QPushButton::clicked, this, &GatesPanel::askForModels);
  connect(m_clear, &QPushButton::clicked, this, [this] {
    m_paths.clear();
    m_clear->setEnabled(false);
    inputsChanged();
  });
  connect(flow, &QPushButton::clicked, this, &GatesPanel::showFlow);
  m_clear->setEnabled(false);
  return split;
}

void GatesPanel::choose(std::optional<Gate> gate) {
  Document& document = context().document;
  Intervention intervention = document.state().intervention;
  if (gate && gate == document.model()->config().gate) gate.reset();
  intervention.gate = gate;
  document.setIntervention(std::move(intervention));
  follow(Change::Intervention);
}

void GatesPanel::askForModels() {
  auto* dialog = new QFileDialog(this, tr("Add models"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setNameFilters(modelFilters());
  connect(dialog, &QFileDialog::filesSelected, this, &GatesPanel::addModels);
  dialog->open();
}

void GatesPanel::addModels(const QStringList& paths) {
  fill();
  for (const QString& path : paths)
    if (!m_paths.contains(path)) m_paths << path;
  m_clear->setEnabled(!m_paths.isEmpty());
  inputsChanged();
}

void GatesPanel::showFlow() {
  context().document.setRoutingView(RoutingView::Flow);
  if (auto* router = window()->findChild<PanelFrame*>(QStringLiteral("router"))) {
    router->show();
    router->raise();
  }
}

void GatesPanel::follow(Changes changes) {
  if (!(changes & (Change::Intervention | Change::Model))) return;
  if (changes & Change::Model) m_rows.clear();
  const std::optional<Gate>& gate = context().document.state().intervention.gate;
  const auto found = gate ? std::ranges::find(kGates, *gate) : kGates.end();
  m_choice->setCurrent(found == kGates.end() ? 0 : int(found - kGates.begin()) + 1);
  showRows(m_rows);
}

QString GatesPanel::inputs() const {
  const Document& document = context().document;
  return QStringLiteral("%1 %2 %3 %4")
      .arg(stayInputs())
      .arg(document.mask())
      .arg(document.layer())
      .arg(m_paths.join('\n'));
}

AnalysisPanel::Work GatesPanel::work() const {
  const Document& document = context().document;
  auto* self = const_cast<GatesPanel*>(this);
  return [self, opened = m_opened, openers = document.openers(), model = document.model(), sample = document.sample(),
          names = document.state().masked, now = document.intervention(), layer = document.layer(),
          paths = m_paths](const ProgressSink&, const std::stop_token& stop) -> Result<Take> {
    std::vector<Row> rows;
    const auto add = [&](const ModelPtr& of, const QString& name, const Intervention& intervention) {
      const ModelConfig& config = of->config();
      Row& row = rows.emplace_back(Row{name, intervention.gate, config.gate, config.router, {}, {}, {}});
      const ModalityMask mask = maskIn(config, names);
      const auto answer = of->predictMasks({&sample, 1}, {&mask, 1}, intervention, stop);
      if (!answer) {
        row.problem = QString::fromStdString(answer.error().what);
        return;
      }
      const MaskedRouting& routing = answer->front().front();
      row.probability = double(routing.probability.front());
      row.experts = strongestExperts(config, routing, layer);
    };
    const QString name = fileName(model->info().path);
    Intervention intervention = now;
    intervention.gate.reset();
    add(model, name, intervention);
    for (const Gate gate : kGates) {
      if (gate == model->config().gate) continue;
      intervention.gate = gate;
      add(model, name, intervention);
    }
    for (const QString& path : paths) {
      if (stop.stop_requested()) return failure("The analysis was stopped.");
      const Result<ModelPtr> other = opened->get(openers, path.toStdString());
      if (other)
        add(*other, fileName(path.toStdString()), {});
      else
        rows.push_back({fileName(path.toStdString()), {}, {}, {}, {}, {}, QString::fromStdString(other.error().what)});
    }
    return Take([self, rows = std::move(rows)] { self->showRows(rows); });
  };
}

void GatesPanel::showRows(std::vector<Row> rows) {
  m_rows = std::move(rows);
  const std::optional<Gate>& used = context().document.state().intervention.gate;
  IntervalContent content;
  std::vector<AnswerRow> lines;
  const QString own = m_rows.empty() ? QString() : m_rows.front().model;
  for (std::size_t i = 0; i < m_rows.size(); ++i) {
    const Row& row = m_rows[i];
    const QString gate = word(nameOf(row.gate.value_or(row.trained)));
    IntervalRow bar;
    bar.label = row.gate           ? tr("%1, not trained with it").arg(gate)
                : row.model == own ? tr("%1, as trained").arg(gate)
                                   : row.model;
    bar.value = row.probability;
    bar.reason = row.problem;
    bar.note = QStringLiteral("%1, %2").arg(row.model, word(nameOf(row.router)));
    content.rows.push_back(std::move(bar));
    lines.push_back({{textCell(row.model), textCell(gate), textCell(row.gate ? tr("no") : tr("yes")),
                      textCell(word(nameOf(row.router))),
                      numberCell(row.probability.value_or(std::numeric_limits<double>::quiet_NaN()), 3),
                      textCell(row.problem.isEmpty() ? row.experts : row.problem)},
                     qint64(i),
                     row.model == own && row.gate == used,
                     row.problem.isEmpty() ? row.experts : row.problem});
  }
  content.axis = tr("probability");
  content.range = std::pair(0.0, 1.0);
  m_bars->setContent(std::move(content));
  m_table->setRows(std::move(lines));
}

QString GatesPanel::note() const {
  const Document& document = context().document;
  const bool changed = document.state().intervention.gate.has_value();
  return tr("1 stay, the mask shown; other gates use the same tokens and gate vectors and were not trained with it%1. "
            "Weights are top-K, mean over tokens.")
      .arg(changed ? tr("; one is in use now") : QString());
}

void GatesPanel::drawAnswer(QPainter& painter, const QRect& area) const {
  const int upper = area.height() * 45 / 100;
  m_bars->draw(painter, QRect(area.left(), area.top(), area.width(), upper));
  m_table->draw(painter, area.adjusted(0, upper + 8, 0, 0), false);
}

Table GatesPanel::answerTable(bool identifiers) const {
  return m_table->table(identifiers);
}

}  // namespace fusemoe::ui
