#include "window/main_window.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include "base/database_url.h"
#include "panels/log_panel.h"
#include "panels/message_bar.h"
#include "panels/stay_panel.h"
#include "panels/training_panel.h"
#include "panels/welcome_page.h"
#include "state/activity_log.h"
#include "state/cohort_sweep.h"
#include "state/document.h"
#include "state/loading_task.h"
#include "state/model_endings.h"
#include "state/settings.h"
#include "window/about_box.h"
#include "window/actions.h"
#include "window/database_dialog.h"
#include "window/export_actions.h"
#include "window/file_dialogs.h"
#include "window/flip_key.h"
#include "window/intervention_banner.h"
#include "window/preferences.h"
#include "window/session_shell.h"
#include "window/status_line.h"
#include "window/tool_bar.h"
#include "window/tools.h"
#include "window/training_shell.h"
#include "window/workspace.h"

namespace fusemoe::ui {
namespace {

constexpr int kGap = 8;
constexpr int kSaidForMs = 8000;

bool hasEnding(const QString& path, const char* ending) {
  return path.endsWith(QLatin1String(ending), Qt::CaseInsensitive);
}

/// Shows a window that is not modal, before the others.
void present(QWidget& window) {
  window.show();
  window.raise();
  window.activateWindow();
}

}  // namespace

MainWindow::MainWindow(const ViewContext& context, QWidget* parent)
    : QMainWindow(parent),
      m_context(context),
      m_workspace(new Workspace(context)),
      m_welcome(new WelcomePage(context.settings)),
      m_pages(new QStackedWidget),
      m_messages(new MessageBar),
      m_banner(new InterventionBanner(context)),
      m_status(new StatusLine(context, this)),
      m_sessions(new SessionShell(context, *m_messages, *m_status, *this)),
      m_actions(new Actions(context, *m_workspace, *this)),
      m_tools(new Tools(context, *this)),
      m_exports(new ExportActions(context, *m_workspace, *this)),
      m_training(new TrainingShell(context, *m_workspace, *m_messages, *this)) {
  setAcceptDrops(true);
  build();
  connectActions();
  connectWelcome();
  new LoadingTask(context.document, context.tasks, this);
  m_workspace->setLayoutState(context.settings.panelLayout());
  connect(&context.document, &Document::errorRaised, m_messages, &MessageBar::showError);
  connect(m_exports, &ExportActions::failed, m_messages, &MessageBar::showError);
  connect(m_exports, &ExportActions::said, this,
          [this](const QString& text) { statusBar()->showMessage(text, kSaidForMs); });
  connect(m_exports, &ExportActions::written, this,
          [this](const QString& text) { m_context.log.add(LogKind::Exported, text); });
  connect(&context.sweep, &CohortSweep::failed, m_messages, &MessageBar::showError);
  new FlipKey(context.document, *this);
  connect(m_messages, &MessageBar::shown, this, [this](const Message& message) {
    if (message.kind == MessageKind::Error) m_context.log.add(LogKind::Error, message.text, message.detail);
    if (message.kind == MessageKind::Warning || message.kind == MessageKind::Question)
      m_context.log.add(LogKind::Warning, message.text, message.detail);
  });
  connect(m_status, &StatusLine::logAsked, this, &MainWindow::showLog);
  connect(&m_sessions->keeper(), &SessionKeeper::pathChanged, this, &MainWindow::followTitle);
  connect(&context.document.undoStack(), &QUndoStack::cleanChanged, this, &MainWindow::followTitle);
  followTitle();
  m_workspace->stays().setFocus();
}

void MainWindow::build() {
  m_actions->fill(*menuBar());
  m_exports->fill(*menuBar()->findChild<QMenu*>(QStringLiteral("fileMenu")));
  m_tools->fill(*menuBar()->findChild<QMenu*>(QStringLiteral("helpMenu")));
  auto* badge = new QLabel(tr("Research use only. Not for clinical decisions."));
  badge->setObjectName(QStringLiteral("researchBadge"));
  menuBar()->setCornerWidget(badge);
  auto* bar = new ToolBar(tr("Tools"), this);
  bar->setObjectName(QStringLiteral("tools"));
  m_actions->fill(*bar);
  bar->addSeparator();
  m_exports->fill(*bar);
  addToolBar(bar);
  auto* frame = new QWidget;
  frame->setObjectName(QStringLiteral("workspaceFrame"));
  frame->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(frame);
  column->setContentsMargins(kGap, kGap, kGap, kGap);
  column->setSpacing(kGap);
  m_pages->addWidget(m_workspace);
  m_pages->addWidget(m_welcome);
  column->addWidget(m_messages);
  column->addWidget(m_banner);
  column->addWidget(m_pages, 1);
  setCentralWidget(frame);
  setStatusBar(m_status);
  setContextMenuPolicy(Qt::NoContextMenu);
}

void MainWindow::connectActions() {
  connect(m_actions, &Actions::openModelAsked, this, &MainWindow::chooseModel);
  connect(m_actions, &Actions::openCohortAsked, this, &MainWindow::chooseCohort);
  connect(m_actions, &Actions::importAsked, m_training, &TrainingShell::showImport);
  connect(m_actions, &Actions::trainAsked, this, [this] {
    m_welcomeAsked = false;
    m_pages->setCurrentWidget(m_workspace);  // also without a cohort: the panel says what to do
    m_training->showTraining();
  });
  connect(m_actions, &Actions::openDatabaseAsked, this, &MainWindow::chooseDatabase);
  connect(m_actions, &Actions::openSessionAsked, m_sessions, &SessionShell::askForFile);
  connect(m_actions, &Actions::saveAsked, m_sessions, &SessionShell::save);
  connect(m_actions, &Actions::saveAsAsked, m_sessions, &SessionShell::saveAs);
  connect(m_actions, &Actions::closeAsked, this, [this] { m_sessions->keeper().close(); });
  connect(m_actions, &Actions::fileAsked, this, &MainWindow::openFile);
  connect(m_actions, &Actions::preferencesAsked, this, &MainWindow::showPreferences);
  connect(m_actions, &Actions::welcomeAsked, this, &MainWindow::showWelcome);
  connect(m_actions, &Actions::aboutAsked, this, &MainWindow::showAbout);
}

void MainWindow::connectWelcome() {
  m_welcome->setDemo(false);
  connect(m_welcome, &WelcomePage::demoAsked, this, &MainWindow::openDemo);
  connect(m_welcome, &WelcomePage::openModelAsked, this, &MainWindow::chooseModel);
  connect(m_welcome, &WelcomePage::openCohortAsked, this, &MainWindow::chooseCohort);
  connect(m_welcome, &WelcomePage::importAsked, m_training, &TrainingShell::showImport);
  connect(m_welcome, &WelcomePage::openSessionAsked, m_sessions, &SessionShell::askForFile);
  connect(m_welcome, &WelcomePage::recentAsked, this, &MainWindow::openFile);
  connect(m_welcome, &WelcomePage::backAsked, this, [this] {
    m_welcomeAsked = false;
    choosePage();
  });
  // Queued: between the end of one opening and the begin of the next nothing is open for a moment.
  connect(&m_context.document, &Document::loadingChanged, this, &MainWindow::choosePage, Qt::QueuedConnection);
  connect(&m_context.document, &Document::changed, this, [this](Changes changes) {
    if (!(changes & (Change::Model | Change::Cohort))) return;
    m_welcomeAsked = false;
    QTimer::singleShot(0, this, &MainWindow::choosePage);
  });
}

void MainWindow::openFile(const QString& path) {
  if (isDatabaseUrl(path.toStdString())) {
    m_context.document.openCohort(path.toStdString());
  } else if (hasModelEnding(path)) {
    m_context.document.openModel(path.toStdString());
  } else if (hasEnding(path, ".sqlite") || hasEnding(path, ".db")) {
    m_context.document.openCohort(path.toStdString());
  } else if (hasEnding(path, ".json")) {
    m_sessions->open(path);
  } else if (!m_training->importFrom({path})) {
    m_messages->showError(
        {tr("%1 is no model, cohort or session.").arg(path).toStdString(),
         tr("A model ends in .safetensors, .pth.tar, .pth or .pt, a cohort in .sqlite, a session in .fusemoe.json.").toStdString(),
         {}});
  }
}

void MainWindow::setDemo(const SessionState& demo) {
  m_demo = demo;
  m_welcome->setDemo(!demo.modelPath.empty() && !demo.cohortPath.empty());
}

void MainWindow::setExperiments(const QStringList& files) {
  static_cast<TrainingPanel*>(m_workspace->panel(QStringLiteral("training")))->setExperiments(files);
}

void MainWindow::openDemo() {
  m_context.document.openSession(m_demo, tr("open the demo"));
}

void MainWindow::greet() {
  if (m_context.settings.welcomed()) return;
  m_context.settings.setWelcomed();
  m_messages->show(
      {MessageKind::Hint,
       tr("This is the demo: a study of 10,676 people and a model trained on it. Press 1 to hide the first "
          "modality from the model and watch its routers; 0 brings all back."),
       {},
       {{tr("More …"), [this] { showWelcome(); }}}});
}

void MainWindow::showWelcome() {
  m_welcomeAsked = true;
  choosePage();
}

void MainWindow::choosePage() {
  const Document& document = m_context.document;
  const bool open = document.model() || document.cohort();
  const bool empty = !open && !document.loadingModel() && !document.loadingSource();
  m_welcome->setBack(open);
  m_pages->setCurrentWidget(m_welcomeAsked || empty ? static_cast<QWidget*>(m_welcome) : m_workspace);
}

void MainWindow::followTitle() {
  const QString path = m_sessions->path();
  setWindowTitle(path.isEmpty() ? tr("FuseMoE Explorer")
                                : tr("%1[*] – FuseMoE Explorer").arg(QFileInfo(path).fileName()));
  setWindowModified(!path.isEmpty() && !m_context.document.undoStack().isClean());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) openFile(url.toLocalFile());
  event->acceptProposedAction();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  m_context.settings.setWindow(saveGeometry(), m_workspace->layoutState());
  QMainWindow::closeEvent(event);
}

void MainWindow::chooseModel() {
  askForModel(*this, QString::fromStdString(m_context.document.state().modelPath),
              [this](const QString& path) { openFile(path); });
}

void MainWindow::chooseCohort() {
  askForCohort(*this, QString::fromStdString(m_context.document.state().cohortPath),
               [this](const QString& path) { openFile(path); });
}

void MainWindow::chooseDatabase() {
  const QString cohort = QString::fromStdString(m_context.document.state().cohortPath);
  auto* dialog = new DatabaseDialog(isDatabaseUrl(cohort.toStdString()) ? cohort : QString(), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &DatabaseDialog::chosen, this, &MainWindow::openFile);
  dialog->open();
}

void MainWindow::showLog() {
  m_pages->setCurrentWidget(m_workspace);
  auto* log = static_cast<LogPanel*>(m_workspace->panel(QStringLiteral("log")));
  log->show();
  log->raise();
  log->showLastError();
}

void MainWindow::showPreferences() {
  if (!m_preferences) m_preferences = new Preferences(m_context.settings, this);
  present(*m_preferences);
}

void MainWindow::showAbout() {
  if (!m_about) m_about = new AboutBox(m_context, this);
  present(*m_about);
}

}  // namespace fusemoe::ui
