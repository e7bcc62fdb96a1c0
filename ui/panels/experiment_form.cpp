#include "panels/experiment_form.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "panels/experiment_fields.h"
#include "panels/free_spin_box.h"

namespace fusemoe::ui {
namespace {

constexpr int kListHeight = 112;
constexpr double kMostSeed = 4294967295.0;

}  // namespace

ExperimentForm::ExperimentForm(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(3, 4, 3, 4);
  row->setSpacing(16);
  makeData();
  makeModel();
  makeTraining();
}

QFormLayout* ExperimentForm::addColumn(const QString& title, int stretch) {
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(8);
  form->setVerticalSpacing(5);
  form->setLabelAlignment(Qt::AlignLeft);
  form->setFormAlignment(Qt::AlignTop);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  auto* heading = new QLabel(title);
  heading->setObjectName(QStringLiteral("formHeading"));
  form->addRow(heading);
  auto* column = new QVBoxLayout;  // rows stay together at the top
  column->addLayout(form);
  column->addStretch(1);
  static_cast<QHBoxLayout*>(layout())->addLayout(column, stretch);
  return form;
}

void ExperimentForm::addRow(QFormLayout& form, const QString& name, QWidget* editor, const QString& tip) {
  editor->setProperty("explanation", tip);
  editor->setToolTip(tip);
  editor->setAccessibleName(name);
  editor->setAccessibleDescription(tip);
  editor->installEventFilter(this);
  auto* label = new QLabel(name);
  label->setObjectName(QStringLiteral("secondary"));
  label->setToolTip(tip);
  label->setBuddy(editor);
  form.addRow(label, editor);
}

void ExperimentForm::addDataRow(const QString& name, QWidget* editor, const QString& tip) {
  addRow(*m_data, name, editor, tip);
}

void ExperimentForm::makeData() {
  m_data = addColumn(tr("Data"), 4);
  m_experiments = new QComboBox;
  m_tasks = new QComboBox;
  m_modalities = new QListWidget;
  for (QComboBox* combo : {m_experiments, m_tasks}) {
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
  }
  m_modalities->setObjectName(QStringLiteral("checkList"));
  m_modalities->setFixedHeight(kListHeight);
  m_modalities->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  addRow(*m_data, tr("Experiment"), m_experiments, tr("A beginning for every field: suggested, or a file of yours."));
  addRow(*m_data, tr("Task"), m_tasks, tr("The label of the cohort that the model learns to predict."));
  addRow(*m_data, tr("Modalities"), m_modalities, tr("What the model is given; the others it never sees."));
  connect(m_experiments, &QComboBox::activated, this, &ExperimentForm::choose);
  connect(m_tasks, &QComboBox::currentIndexChanged, this, [this] {
    if (!m_filling) Q_EMIT changed();
  });
  connect(m_modalities, &QListWidget::itemChanged, this, [this] {
    if (!m_filling) Q_EMIT changed();
  });
}

void ExperimentForm::makeModel() {
  QFormLayout* form = addColumn(tr("Model"), 4);
  for (const ChoiceField& field : modelChoices()) {
    auto* combo = new QComboBox;
    combo->setObjectName(QString::fromLatin1(field.key));
    combo->addItems(field.choices);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    addRow(*form, field.name, combo, field.tip);
    m_fill.push_back([combo, read = field.read](const Experiment& from) { combo->setCurrentIndex(read(from)); });
    m_read.push_back([combo, write = field.write](Experiment& to) { write(to, combo->currentIndex()); });
    connect(combo, &QComboBox::currentIndexChanged, this, [this] {
      if (!m_filling) Q_EMIT changed();
    });
  }
  for (const NumberField& field : modelNumbers()) {
    auto* spin = new FreeSpinBox(field.least, field.most, field.whole);
    spin->setObjectName(QString::fromLatin1(field.key));
    addRow(*form, field.name, spin, field.tip);
    m_fill.push_back([spin, read = field.read](const Experiment& from) { spin->setValue(read(from)); });
    m_read.push_back([spin, write = field.write](Experiment& to) { write(to, spin->value()); });
    connect(spin, &QDoubleSpinBox::valueChanged, this, [this] {
      if (!m_filling) Q_EMIT changed();
    });
  }
}

void ExperimentForm::makeTraining() {
  QFormLayout* form = addColumn(tr("Training"), 3);
  for (const NumberField& field : trainingNumbers()) {
    auto* spin = new FreeSpinBox(field.least, field.most, field.whole);
    spin->setObjectName(QString::fromLatin1(field.key));
    addRow(*form, field.name, spin, field.tip);
    m_fill.push_back([spin, read = field.read](const Experiment& from) { spin->setValue(read(from)); });
    m_read.push_back([spin, write = field.write](Experiment& to) { write(to, spin->value()); });
    connect(spin, &QDoubleSpinBox::valueChanged, this, [this] {
      if (!m_filling) Q_EMIT changed();
    });
  }
  m_seed = new FreeSpinBox(0, kMostSeed, true);
  m_seed->setObjectName(QStringLiteral("seed"));
  m_seed->setValue(32);
  addRow(*form, tr("Seed"), m_seed,
         tr("Of every chance in training: the same seed on the same machine gives the same model."));
}

void ExperimentForm::setCohort(const CohortInfo& cohort, const QStringList& files) {
  m_cohort = cohort;
  m_choices = experimentChoices(cohort, files);
  m_filling = true;
  m_experiments->clear();
  for (const ExperimentChoice& choice : m_choices) m_experiments->addItem(choice.title);
  if (!cohort.tasks.empty()) m_experiments->addItem(tr("From a file …"));
  m_tasks->clear();
  for (const CohortTask& task : cohort.tasks)
    m_tasks->addItem(QString::fromStdString(task.title.empty() ? task.name : task.title),
                     QString::fromStdString(task.name));
  m_filling = false;
  if (m_choices.empty()) {
    m_offered.clear();
    m_modalities->clear();
    m_shown = {};
    Q_EMIT changed();
  } else {
    choose(0);
  }
}

void ExperimentForm::addExperiment(const QString& path, const Experiment& experiment) {
  m_choices.push_back({path.section('/', -1), path, experiment});
  const auto index = static_cast<int>(m_choices.size()) - 1;
  m_experiments->insertItem(index, m_choices.back().title);
  m_experiments->setCurrentIndex(index);
  choose(index);
}

void ExperimentForm::choose(int index) {
  if (index < 0 || index >= static_cast<int>(m_choices.size())) {
    const auto shown = std::ranges::find(m_choices, m_shown.model.name,
                                         [](const ExperimentChoice& choice) { return choice.experiment.model.name; });
    m_experiments->setCurrentIndex(shown == m_choices.end() ? 0 : static_cast<int>(shown - m_choices.begin()));
    Q_EMIT fileAsked();
    return;
  }
  m_experiments->setItemData(index, m_choices[size_t(index)].path, Qt::ToolTipRole);
  show(m_choices[size_t(index)].experiment);
}

void ExperimentForm::show(const Experiment& experiment) {
  m_filling = true;
  m_shown = experiment;
  m_tasks->setCurrentIndex(std::max(0, m_tasks->findData(QString::fromStdString(experiment.model.task.name))));
  fillModalities(experiment.model);
  for (const auto& fill : m_fill) fill(experiment);
  m_filling = false;
  Q_EMIT changed();
}

void ExperimentForm::fillModalities(const ModelConfig& model) {
  m_offered = model.modalities;
  const auto chosen = m_offered.size();
  if (const auto all = suggestedExperiment(m_cohort))
    for (const ModalityConfig& modality : all->model.modalities)
      if (model.modalityIndex(modality.name) < 0) m_offered.push_back(modality);
  m_modalities->clear();
  for (std::size_t i = 0; i < m_offered.size(); ++i) {
    const ModalityConfig& modality = m_offered[i];
    const QString title = QString::fromStdString(modality.title.empty() ? modality.name : modality.title);
    const QString size = modality.kind == ModalityKind::Vectors ? tr("vectors of %1").arg(modality.width)
                                                                : tr("%1 variables").arg(modality.variables.size());
    auto* item = new QListWidgetItem(title, m_modalities);
    item->setToolTip(QStringLiteral("%1, %2").arg(title, size));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
    item->setCheckState(i < chosen ? Qt::Checked : Qt::Unchecked);
  }
}

Experiment ExperimentForm::experiment() const {
  Experiment experiment = m_shown;
  experiment.model.modalities.clear();
  for (int i = 0; i < m_modalities->count(); ++i)
    if (m_modalities->item(i)->checkState() == Qt::Checked) experiment.model.modalities.push_back(m_offered[size_t(i)]);
  for (const auto& read : m_read) read(experiment);
  // The width of the time embedding has no field; it follows the heads it must be a multiple of.
  ModelConfig& model = experiment.model;
  model.timeWidth = (model.timeWidth + model.heads - 1) / model.heads * model.heads;
  const std::string task = m_tasks->currentData().toString().toStdString();
  if (!task.empty() && task != model.task.name) {
    if (auto set = setTask(model, m_cohort, task); !set) model.task = {};  // validation says so
  }
  return experiment;
}

std::uint64_t ExperimentForm::seed() const {
  return static_cast<std::uint64_t>(m_seed->value());
}

FreeSpinBox* ExperimentForm::number(const QString& key) const {
  return findChild<FreeSpinBox*>(key);
}

QComboBox* ExperimentForm::choice(const QString& key) const {
  return findChild<QComboBox*>(key);
}

bool ExperimentForm::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::Enter)
    Q_EMIT explained(watched->property("explanation").toString());
  if (event->type() == QEvent::Leave) Q_EMIT explained({});
  const auto* widget = qobject_cast<QWidget*>(watched);
  if (event->type() == QEvent::Wheel && qobject_cast<QComboBox*>(watched) && !widget->hasFocus()) {
    event->ignore();  // the page scrolls instead
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace fusemoe::ui
