#include "panels/training_panel.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QShowEvent>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStyle>
#include <QToolButton>

#include "charts/training_heat.h"
#include "charts/training_lines.h"
#include "panels/experiment_form.h"
#include "panels/segmented_switch.h"
#include "panels/training_table.h"
#include "panels/training_text.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"
#include "state/training_session.h"

namespace fusemoe::ui {
namespace {

constexpr int kColumns = 6;  // of the grid: three charts above, two below
constexpr int kCaptionHeight = 18;
constexpr int kGap = 10;
constexpr QSize kUsualSize(840, 460);
constexpr QSize kLeastChart(150, 84);

/// Where a chart stands in the grid of the progress page.
struct Place {
  int row, column, span;
};
constexpr Place kPlaces[] = {{0, 0, 2}, {0, 2, 2}, {0, 4, 2}, {1, 0, 3}, {1, 3, 3}};

QPushButton* makeButton(const QString& text, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setToolTip(tip);
  return button;
}

}  // namespace

TrainingPanel::TrainingPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("training"), tr("Training"), parent),
      m_context(context),
      m_form(new ExperimentForm),
      m_pages(new SegmentedSwitch(tr("Training"))),
      m_layers(new SegmentedSwitch(tr("Layer"))),
      m_stack(new QStackedWidget),
      m_lines({new TrainingLines(context, TrainingLine::Loss), new TrainingLines(context, TrainingLine::Metrics),
               new TrainingLines(context, TrainingLine::Entropy)}),
      m_load(new TrainingHeat(context, TrainingHeatContent::Load)),
      m_watched(new TrainingHeat(context, TrainingHeatContent::Watched)),
      m_remark(new QLabel),
      m_start(makeButton(tr("Start training"), tr("Train on this cohort, in the background"))),
      m_resume(makeButton(tr("Resume"), tr("Go on with the run of this model file that was interrupted"))),
      m_pause(makeButton(tr("Pause"), tr("Stand still before the next step"))),
      m_stop(makeButton(tr("Cancel"), tr("End the run and keep its best epoch"))),
      m_open(makeButton(tr("Open model"), tr("Look at the trained model"))) {
  m_pages->setSegments({tr("Setup"), tr("Progress")});
  m_pages->setTips({tr("What is trained, and how"), tr("How the run goes on")});
  addSwitch(m_layers);
  addSwitch(m_pages);
  m_stack->addWidget(makeSetup());
  m_stack->addWidget(makeProgress());
  addContent(m_stack, 1);
  addContent(makeButtons());
  connect(m_pages, &SegmentedSwitch::chosen, this, [this](int page) { showPage(static_cast<Page>(page)); });
  connect(m_layers, &SegmentedSwitch::chosen, this, [this](int layer) {
    for (TrainingLines* lines : m_lines) lines->setLayer(layer);
    m_watched->setLayer(layer);
    m_layers->setCurrent(layer);
  });
  TrainingSession& training = context.training;
  connect(&training, &TrainingSession::stateChanged, this, &TrainingPanel::followRun);
  connect(&training, &TrainingSession::stepped, this, &TrainingPanel::followStatus);
  connect(&training, &TrainingSession::epochEnded, this, &TrainingPanel::followStatus);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes & Change::Cohort) followCohort();
  });
  showPage(Setup);
  followRun();
}

QWidget* TrainingPanel::makeSetup() {
  m_output = new QLineEdit;
  m_output->setPlaceholderText(tr("model.safetensors"));
  auto* browse = new QToolButton;
  browse->setText(QStringLiteral("…"));
  browse->setObjectName(QStringLiteral("browseButton"));
  browse->setAccessibleName(tr("Choose where the model is written"));
  auto* file = new QWidget;
  auto* row = new QHBoxLayout(file);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  row->addWidget(m_output, 1);
  row->addWidget(browse);
  file->setFocusProxy(m_output);
  file->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_form->addDataRow(tr("Model file"), file, tr("Written when training ends; a file of this name is replaced then."));
  auto* scroll = new QScrollArea;  // a low panel scrolls the form instead of growing
  scroll->setObjectName(QStringLiteral("quietScroll"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  m_form->setObjectName(QStringLiteral("quietTable"));
  scroll->setWidget(m_form);
  connect(browse, &QToolButton::clicked, this, &TrainingPanel::chooseOutput);
  connect(m_output, &QLineEdit::textEdited, this, [this] { m_outputTyped = true; });
  connect(m_output, &QLineEdit::textChanged, this, &TrainingPanel::check);
  connect(m_form, &ExperimentForm::changed, this, [this] {
    suggestOutput();
    check();
  });
  connect(m_form, &ExperimentForm::explained, this, [this](const QString& text) {
    m_explanation = text;
    followStatus();
  });
  connect(m_form, &ExperimentForm::fileAsked, this, &TrainingPanel::chooseExperiment);
  return scroll;
}

QWidget* TrainingPanel::makeProgress() {
  auto* page = new QWidget;
  auto* grid = new QGridLayout(page);
  grid->setContentsMargins(3, 2, 3, 0);
  grid->setHorizontalSpacing(kGap);
  grid->setVerticalSpacing(4);
  for (int column = 0; column < kColumns; ++column) grid->setColumnStretch(column, 1);
  const QList<Chart*> all = charts();
  for (qsizetype i = 0; i < all.size(); ++i) {
    auto* caption = new QLabel(all[i] == m_load      ? m_load->title()
                               : all[i] == m_watched ? m_watched->title()
                                                     : m_lines[i]->title());
    caption->setObjectName(QStringLiteral("chartCaption"));
    caption->setFixedHeight(kCaptionHeight);
    caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    if (all[i] == m_watched) m_watchedTitle = caption;
    all[i]->setMinimumSize(kLeastChart);
    const Place& place = kPlaces[i];
    grid->addWidget(caption, 2 * place.row, place.column, 1, place.span);
    grid->addWidget(all[i], 2 * place.row + 1, place.column, 1, place.span);
    grid->setRowStretch(2 * place.row + 1, 1);
  }
  return page;
}

QWidget* TrainingPanel::makeButtons() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(3, 2, 3, 2);
  row->setSpacing(8);
  m_start->setObjectName(QStringLiteral("primary"));
  m_remark->setWordWrap(true);
  m_remark->setTextFormat(Qt::PlainText);
  m_remark->setMinimumHeight(2 * m_remark->fontMetrics().height());
  m_remark->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(m_remark, 1);
  for (QPushButton* button : {m_resume, m_start, m_pause, m_stop, m_open}) row->addWidget(button, 0, Qt::AlignVCenter);
  TrainingSession& training = m_context.training;
  connect(m_start, &QPushButton::clicked, this, [this] { start(false); });
  connect(m_resume, &QPushButton::clicked, this, [this] { start(true); });
  connect(m_pause, &QPushButton::clicked, this,
          [&training] { training.setPaused(training.state() == TrainingSession::State::Running); });
  connect(m_stop, &QPushButton::clicked, this, [&training] { training.stop(); });
  connect(m_open, &QPushButton::clicked, this,
          [this, &training] { m_context.document.openModel(training.plan().output); });
  return bar;
}

QList<Chart*> TrainingPanel::charts() const {
  return {m_lines[0], m_lines[1], m_lines[2], m_load, m_watched};
}

void TrainingPanel::setExperiments(const QStringList& files) {
  m_files = files;
  m_cohortPath.clear();
  followCohort();
}

void TrainingPanel::showPage(Page page) {
  m_pages->setCurrent(page);
  m_stack->setCurrentIndex(page);
  followRun();
}

TrainingPanel::Page TrainingPanel::page() const {
  return static_cast<Page>(m_stack->currentIndex());
}

void TrainingPanel::showEvent(QShowEvent* event) {
  PanelFrame::showEvent(event);
  followCohort();
}

void TrainingPanel::followCohort() {
  // Experiments are read from files: only where somebody looks.
  if (!isVisible()) return;
  const CohortPtr& cohort = m_context.document.cohort();
  const std::string path = cohort ? cohort->info().path + cohort->info().digest : std::string();
  if (path == m_cohortPath && !path.empty()) return;
  m_cohortPath = path;
  m_outputTyped = false;
  m_form->setCohort(cohort ? cohort->info() : CohortInfo{}, m_files);
}

void TrainingPanel::suggestOutput() {
  const CohortPtr& cohort = m_context.document.cohort();
  if (!cohort || m_outputTyped) return;
  const ModelConfig model = m_form->experiment().model;
  const auto word = [](std::string_view name) { return QString::fromUtf8(name.data(), qsizetype(name.size())); };
  const QString name = QStringLiteral("%1-%2-%3.safetensors")
                           .arg(QFileInfo(QString::fromStdString(cohort->info().path)).completeBaseName(),
                                word(nameOf(model.router)), word(nameOf(model.gate)));
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  m_output->setText(QDir(QFileInfo(documents).isDir() ? documents : QDir::homePath()).filePath(name));
}

std::string TrainingPanel::outputPath() const {
  QString path = m_output->text().trimmed();
  if (!path.isEmpty() && !path.endsWith(QStringLiteral(".safetensors"))) path += QStringLiteral(".safetensors");
  return path.toStdString();
}

QString TrainingPanel::problem() const {
  return m_problem;
}

void TrainingPanel::check() {
  m_problem.clear();
  const QFileInfo output(QString::fromStdString(outputPath()));
  if (!m_context.document.cohort()) {
    m_problem = tr("No cohort is open. Open one, or import your data.");
  } else if (const auto valid = validateExperiment(m_form->experiment()); !valid) {
    m_problem = QString::fromStdString(valid.error().line());
  } else if (output.fileName().isEmpty()) {
    m_problem = tr("Name the file the model is written to.");
  } else if (!QFileInfo(output.absolutePath()).isDir()) {
    m_problem = tr("There is no folder %1. Choose another place for the model.").arg(output.absolutePath());
  }
  followRun();
}

void TrainingPanel::followRun() {
  const TrainingSession& training = m_context.training;
  using State = TrainingSession::State;
  const bool setup = page() == Setup;
  const bool active = training.active();
  const bool done = training.state() == State::Done;
  m_start->setVisible(setup);
  m_start->setEnabled(!active && m_problem.isEmpty());
  m_resume->setVisible(setup && QFileInfo::exists(QString::fromStdString(checkpointOf(outputPath()))));
  m_resume->setEnabled(m_start->isEnabled());
  m_pause->setVisible(!setup && active);
  m_pause->setEnabled(training.state() != State::Stopping);
  m_pause->setText(training.state() == State::Paused ? tr("Continue") : tr("Pause"));
  m_stop->setVisible(!setup && active);
  m_stop->setEnabled(training.state() != State::Stopping);
  m_open->setVisible(!setup && done);
  const int layers = training.epochs().empty() && !active ? 0 : training.plan().experiment.model.layers;
  QStringList names;
  for (int layer = 0; layer < layers; ++layer) names << QString::number(layer + 1);
  const int shown = m_layers->current();
  m_layers->setSegments(names);
  m_layers->setCurrent(shown < 0 || shown >= layers ? 0 : shown);
  m_layers->setVisible(!setup && layers > 1);
  const SamplePtr& watched = training.plan().watched;
  m_watchedTitle->setText(watched ? tr("Routing of stay %1 as it forms").arg(watched->stayId) : m_watched->title());
  followStatus();
}

void TrainingPanel::followStatus() {
  m_statusText = trainingStatus(m_context.training);
  const bool setup = page() == Setup;
  const bool warn = setup && !m_problem.isEmpty();
  const QString remark = !setup                     ? m_statusText
                         : warn                     ? m_problem
                         : !m_explanation.isEmpty() ? m_explanation
                                                    : setupRemark(m_context.training);
  if (m_remark->text() != remark) m_remark->setText(remark);
  const QString look = warn ? QStringLiteral("formProblem") : QStringLiteral("secondary");
  if (m_remark->objectName() != look) {
    m_remark->setObjectName(look);
    m_remark->style()->unpolish(m_remark);  // asks the sheet anew
    m_remark->style()->polish(m_remark);
  }
  const EpochReport* best = m_context.training.best();
  setSubtitle(best ? tr("best validation AUROC %1, epoch %2").arg(number(best->validationAuroc, 3)).arg(best->epoch)
                   : QString());
}

void TrainingPanel::chooseOutput() {
  auto* dialog = new QFileDialog(this, tr("Write model to"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setNameFilters({tr("Models (*.safetensors)")});
  dialog->setDefaultSuffix(QStringLiteral("safetensors"));
  const QFileInfo now(QString::fromStdString(outputPath()));
  dialog->setDirectory(now.absolutePath());
  dialog->selectFile(now.fileName());
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    m_outputTyped = true;
    m_output->setText(path);
  });
  dialog->open();
}

void TrainingPanel::chooseExperiment() {
  auto* dialog = new QFileDialog(this, tr("Open experiment"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Experiments (*.json)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    if (!m_context.document.cohort()) return;
    if (const auto read = readExperiment(path, m_context.document.cohort()->info())) {
      m_form->addExperiment(path, *read);
    } else {
      m_problem = QString::fromStdString(read.error().line());
      followStatus();
    }
  });
  dialog->open();
}

void TrainingPanel::start(bool resume) {
  check();
  if (!m_problem.isEmpty() || m_context.training.active()) return;
  TrainingPlan plan;
  plan.experiment = m_form->experiment();
  plan.cohortPath = m_context.document.cohort()->info().path;
  plan.output = outputPath();
  plan.seed = m_form->seed();
  plan.resume = resume;
  plan.watched = m_context.document.recordedSample();
  m_context.training.start(std::move(plan));
  showPage(Progress);
}

void TrainingPanel::draw(QPainter& painter, const QRect& area) const {
  if (area.isEmpty()) return;
  const QSize usual = m_stack->size().isEmpty() ? kUsualSize : m_stack->size();
  const double scale = std::min(double(area.width()) / usual.width(), double(area.height()) / usual.height());
  const int width = static_cast<int>(area.width() / scale), height = static_cast<int>(area.height() / scale);
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  painter.fillRect(0, 0, width, height, m_context.appearance.theme().surface);
  const QList<Chart*> all = charts();
  for (qsizetype i = 0; i < all.size(); ++i) {
    const Place& place = kPlaces[i];
    const int left = place.column * (width + kGap) / kColumns, top = place.row * (height + kGap) / 2;
    const QRect cell(left, top, place.span * (width + kGap) / kColumns - kGap, (height + kGap) / 2 - kGap);
    painter.setFont(themeFont(kCaptionPixels, QFont::DemiBold));
    painter.setPen(m_context.appearance.theme().text);
    const QString title = i < m_lines.size() ? m_lines[i]->title() : i == 3 ? m_load->title() : m_watched->title();
    painter.drawText(QRect(cell.topLeft(), QSize(cell.width(), kCaptionHeight)), Qt::AlignLeft | Qt::AlignVCenter,
                     title);
    all[i]->draw(painter, cell.adjusted(0, kCaptionHeight, 0, 0));
  }
  painter.restore();
}

Table TrainingPanel::table(bool identifiers) const {
  return trainingTable(m_context.training, identifiers);
}

}  // namespace fusemoe::ui
