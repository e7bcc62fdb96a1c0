#include "window/import_target_page.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QVBoxLayout>

#include "state/cohort_import.h"
#include "state/format.h"
#include "window/task_strip.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 22;
constexpr int kNumberWidth = 110;
constexpr int kSteps = 1000;  // of the bar

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

bool isDatabase(const QString& output) {
  return output.contains(QStringLiteral("://"));
}

/// "rows.out_of_range" as people read it: "rows: out of range".
QString reason(const std::string& key) {
  QString words = text(key);
  words.replace(words.indexOf('.'), words.contains('.') ? 1 : 0,
                words.contains('.') ? QStringLiteral(": ") : QString());
  return words.replace('_', ' ').replace('.', ' ');
}

}  // namespace

ImportTargetPage::ImportTargetPage(const CohortImport& imports, QWidget* parent)
    : QWidget(parent),
      m_imports(imports),
      m_summary(new QLabel),
      m_target(new QWidget),
      m_output(new QLineEdit),
      m_outputNote(new QLabel),
      m_progress(new QProgressBar),
      m_doing(new QLabel),
      m_counts(new QTableWidget(0, 2)),
      m_notes(new QLabel) {
  m_summary->setWordWrap(true);
  m_summary->setTextFormat(Qt::RichText);
  auto* browse = new QPushButton(tr("Choose …"));
  browse->setAutoDefault(false);
  auto* label = new QLabel(tr("Cohort file"));
  label->setBuddy(m_output);
  m_output->setAccessibleName(tr("Cohort file"));
  auto* grid = new QGridLayout(m_target);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(4);
  grid->addWidget(label, 0, 0);
  grid->addWidget(m_output, 0, 1);
  grid->addWidget(browse, 0, 2);
  grid->addWidget(m_outputNote, 1, 1, 1, 2);
  for (QLabel* quiet : {m_outputNote, m_doing, m_notes}) {
    quiet->setObjectName(QStringLiteral("secondary"));
    quiet->setTextFormat(Qt::PlainText);
    quiet->setWordWrap(true);
  }
  m_progress->setTextVisible(false);
  m_progress->setFixedHeight(6);
  m_counts->setHorizontalHeaderLabels({tr("What became of the rows"), tr("How many")});
  m_counts->setAccessibleName(tr("What became of the rows"));
  m_counts->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_counts->setSelectionMode(QAbstractItemView::NoSelection);
  m_counts->setShowGrid(false);
  m_counts->verticalHeader()->hide();
  m_counts->verticalHeader()->setDefaultSectionSize(kRowHeight);
  m_counts->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_counts->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Fixed);
  m_counts->horizontalHeader()->resizeSection(1, kNumberWidth);
  m_counts->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);
  column->addWidget(m_summary);
  column->addWidget(m_target);
  column->addWidget(m_progress);
  column->addWidget(m_doing);
  column->addWidget(m_counts, 1);
  column->addWidget(m_notes);
  column->addStretch(0);
  connect(browse, &QPushButton::clicked, this, &ImportTargetPage::chooseOutput);
  connect(m_output, &QLineEdit::textChanged, this, [this] {
    followOutput();
    Q_EMIT changed();
  });
  reset();
}

void ImportTargetPage::setContents(const ImportRequest& source, const CohortInfo& info) {
  QStringList modalities, tasks;
  for (const CohortModality& modality : info.modalities) {
    const QString size = modality.kind == ModalityKind::Vectors
                             ? tr("vectors of %1").arg(modality.width)
                             : counted(qint64(modality.variables.size()), tr("1 variable"), tr("%1 variables"));
    modalities << QStringLiteral("%1 (%2)").arg(
        text(modality.title.empty() ? modality.name : modality.title).toHtmlEscaped(), size);
  }
  for (const CohortTask& task : info.tasks) tasks << text(task.title.empty() ? task.name : task.title).toHtmlEscaped();
  m_summary->setText(tr("<p><b>%1</b></p><p>Modalities: %2<br>Tasks: %3</p>")
                         .arg(text(info.title.empty() ? info.name : info.title).toHtmlEscaped(),
                              modalities.join(QStringLiteral(", ")), tasks.join(QStringLiteral(", "))));
  if (m_output->text().isEmpty()) {
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_output->setText(QDir(QFileInfo(documents).isDir() ? documents : QDir::homePath())
                          .filePath(text(source.importer) + QStringLiteral(".sqlite")));
  }
}

QString ImportTargetPage::output() const {
  QString output = m_output->text().trimmed();
  if (!output.isEmpty() && !isDatabase(output) && QFileInfo(output).suffix().isEmpty())
    output += QStringLiteral(".sqlite");
  return output;
}

void ImportTargetPage::followOutput() {
  const QFileInfo file(output());
  m_outputNote->setText(isDatabase(output()) ? tr("A database; what it has is replaced.")
                        : output().isEmpty() ? QString()
                        : file.exists()      ? tr("This file is there and will be replaced.")
                        : !QFileInfo(file.absolutePath()).isDir()
                            ? tr("There is no folder %1.").arg(file.absolutePath())
                            : tr("A new file."));
}

void ImportTargetPage::chooseOutput() {
  auto* dialog = new QFileDialog(this, tr("Write cohort to"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setNameFilters({tr("Cohorts (*.sqlite)")});
  dialog->setDefaultSuffix(QStringLiteral("sqlite"));
  dialog->setDirectory(QFileInfo(output()).absolutePath());
  dialog->selectFile(QFileInfo(output()).fileName());
  connect(dialog, &QFileDialog::fileSelected, m_output, &QLineEdit::setText);
  dialog->open();
}

void ImportTargetPage::reset() {
  m_target->setEnabled(true);
  m_target->show();
  m_progress->hide();
  m_doing->hide();
  m_counts->hide();
  m_notes->hide();
  static_cast<QVBoxLayout*>(layout())->setStretch(6, 1);
  followOutput();
}

void ImportTargetPage::showProgress() {
  m_target->setEnabled(false);
  m_counts->hide();
  m_notes->hide();
  m_progress->show();
  m_doing->show();
  const double fraction = m_imports.fraction();
  m_progress->setRange(0, fraction < 0 ? 0 : kSteps);
  if (fraction >= 0) m_progress->setValue(int(fraction * kSteps));
  const QString left = timeLeft(m_imports.secondsLeft());
  m_doing->setText(left.isEmpty() ? m_imports.detail() : QStringLiteral("%1, %2").arg(m_imports.detail(), left));
}

void ImportTargetPage::showReport(const ImportReport& report) {
  m_progress->hide();
  m_doing->hide();
  m_target->hide();
  m_counts->setRowCount(0);
  for (const auto& [key, number] : report.counts) {
    const int row = m_counts->rowCount();
    m_counts->insertRow(row);
    m_counts->setItem(row, 0, new QTableWidgetItem(reason(key)));
    auto* cell = new QTableWidgetItem(count(number));
    cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_counts->setItem(row, 1, cell);
  }
  m_counts->show();
  static_cast<QVBoxLayout*>(layout())->setStretch(6, 0);
  QStringList notes;
  for (const std::string& note : report.notes) notes << text(note);
  m_notes->setText(notes.join('\n'));
  m_notes->setVisible(!notes.isEmpty());
  m_summary->setText(tr("<p><b>%1 is written and open.</b></p>").arg(fileName(report.output).toHtmlEscaped()));
}

QString ImportTargetPage::notes() const {
  return m_notes->text();
}

}  // namespace fusemoe::ui
