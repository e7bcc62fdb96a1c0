#include "window/training_shell.h"

#include <QWidget>

#include "panels/message_bar.h"
#include "panels/panel_frame.h"
#include "panels/training_text.h"
#include "state/activity_log.h"
#include "state/cohort_import.h"
#include "state/document.h"
#include "state/format.h"
#include "state/settings.h"
#include "state/training_session.h"
#include "window/import_dialog.h"
#include "window/workspace.h"

namespace fusemoe::ui {

TrainingShell::TrainingShell(const ViewContext& context, Workspace& workspace, MessageBar& messages, QWidget& window)
    : QObject(&window), m_context(context), m_workspace(workspace), m_messages(messages), m_window(window) {
  followImport();
  followTraining();
}

ImportDialog& TrainingShell::dialog() {
  if (!m_dialog) {
    m_dialog = new ImportDialog(m_context.imports, &m_window);
    connect(m_dialog, &ImportDialog::trainAsked, this, &TrainingShell::showTraining);
  }
  return *m_dialog;
}

void TrainingShell::showImport() {
  dialog().show();
  dialog().raise();
  dialog().activateWindow();
}

bool TrainingShell::importFrom(const QStringList& paths) {
  if (guessSource(paths, m_context.imports.importers()).importer.empty()) return false;
  showImport();
  return dialog().setSource(paths);
}

void TrainingShell::showTraining() {
  m_workspace.present(QStringLiteral("training"));
}

void TrainingShell::followImport() {
  CohortImport& imports = m_context.imports;
  connect(&imports, &CohortImport::imported, this, [this](const ImportReport& report) {
    const QString name = fileName(report.output);
    m_context.log.add(LogKind::Saved, tr("Cohort %1 imported").arg(name));
    m_context.document.openCohort(report.output);
    if (m_dialog && m_dialog->isVisible()) return;
    m_messages.show({MessageKind::Done,
                     tr("%1 is imported and open.").arg(name),
                     {},
                     {{tr("What became of the rows"), [this] { showImport(); }},
                      {tr("Train a model …"), [this] { showTraining(); }}}});
  });
  connect(&imports, &CohortImport::failed, this, [this](const Error& error) {
    // In sight of the user it is said in the dialog; the log has it in any case.
    if (m_dialog && m_dialog->isVisible()) {
      m_context.log.add(LogKind::Error, QString::fromStdString(error.line()), QString::fromStdString(error.detail));
    } else {
      m_messages.showError(error);
    }
  });
}

void TrainingShell::followTraining() {
  TrainingSession& training = m_context.training;
  connect(&training, &TrainingSession::failed, &m_messages, &MessageBar::showError);
  connect(&training, &TrainingSession::trained, this, [this, &training](const QString& path) {
    m_context.log.add(LogKind::Saved, tr("Model %1 trained").arg(fileName(path.toStdString())));
    m_context.settings.addRecentFile(path);
    const auto open = [this, path] { m_context.document.openModel(path.toStdString()); };
    // With nothing to lose it is shown at once; else the user says when.
    if (!m_context.document.model()) {
      open();
      m_messages.show({MessageKind::Done, trainingStatus(training), {}, {}});
    } else {
      m_messages.show({MessageKind::Done, trainingStatus(training), {}, {{tr("Open model"), open}}});
    }
  });
}

}  // namespace fusemoe::ui
