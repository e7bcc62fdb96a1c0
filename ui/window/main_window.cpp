#include "window/main_window.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>
#include <QVBoxLayout>

#include "panels/message_bar.h"
#include "panels/stay_panel.h"
#include "state/appearance.h"
#include "state/cohort_sweep.h"
#include "state/document.h"
#include "window/actions.h"
#include "window/status_line.h"
#include "window/style.h"
#include "window/tool_bar.h"
#include "window/tools.h"
#include "window/workspace.h"

namespace fusemoe::ui {
namespace {

constexpr int kGap = 8;

}  // namespace

MainWindow::MainWindow(const ViewContext& context, QWidget* parent)
    : QMainWindow(parent),
      m_context(context),
      m_workspace(new Workspace(context)),
      m_messages(new MessageBar),
      m_actions(new Actions(context, *m_workspace, *this)),
      m_tools(new Tools(context, *this)) {
  setWindowTitle(tr("FuseMoE Explorer"));
  setAcceptDrops(true);
  build();
  connect(m_actions, &Actions::openModelAsked, this, &MainWindow::askForModel);
  connect(m_actions, &Actions::openCohortAsked, this, &MainWindow::askForCohort);
  connect(m_actions, &Actions::darkAsked, this, &MainWindow::setDark);
  connect(m_actions, &Actions::aboutAsked, this, &MainWindow::showAbout);
  connect(&context.document, &Document::errorRaised, m_messages, &MessageBar::showError);
  connect(&context.sweep, &CohortSweep::failed, m_messages, &MessageBar::showError);
  m_workspace->stays().setFocus();
}

void MainWindow::build() {
  m_actions->fill(*menuBar());
  m_tools->fill(*menuBar()->findChild<QMenu*>(QStringLiteral("helpMenu")));
  auto* badge = new QLabel(tr("Research use only. Not for clinical decisions."));
  badge->setObjectName(QStringLiteral("researchBadge"));
  menuBar()->setCornerWidget(badge);
  auto* bar = new ToolBar(tr("Tools"), this);
  bar->setObjectName(QStringLiteral("tools"));
  m_actions->fill(*bar);
  addToolBar(bar);
  auto* frame = new QWidget;
  frame->setObjectName(QStringLiteral("workspaceFrame"));
  frame->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(frame);
  column->setContentsMargins(kGap, kGap, kGap, kGap);
  column->setSpacing(kGap);
  column->addWidget(m_messages);
  column->addWidget(m_workspace, 1);
  setCentralWidget(frame);
  setStatusBar(new StatusLine(m_context, this));
  setContextMenuPolicy(Qt::NoContextMenu);
}

void MainWindow::openFile(const QString& path) {
  if (path.endsWith(QStringLiteral(".safetensors"), Qt::CaseInsensitive)) {
    m_context.document.openModel(path.toStdString());
  } else if (path.endsWith(QStringLiteral(".sqlite"), Qt::CaseInsensitive) ||
             path.endsWith(QStringLiteral(".db"), Qt::CaseInsensitive)) {
    m_context.document.openCohort(path.toStdString());
  } else {
    m_messages->showError({tr("%1 is neither a model nor a cohort.").arg(path).toStdString(),
                           tr("A model ends in .safetensors, a cohort in .sqlite.").toStdString(),
                           {}});
  }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) openFile(url.toLocalFile());
  event->acceptProposedAction();
}

void MainWindow::askForModel() {
  const QString path =
      QFileDialog::getOpenFileName(this, tr("Open model"), QString::fromStdString(m_context.document.state().modelPath),
                                   tr("Models (*.safetensors);;All files (*)"));
  if (!path.isEmpty()) openFile(path);
}

void MainWindow::askForCohort() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Open cohort"),
                                                    QString::fromStdString(m_context.document.state().cohortPath),
                                                    tr("Cohorts (*.sqlite *.db);;All files (*)"));
  if (!path.isEmpty()) openFile(path);
}

void MainWindow::setDark(bool dark) {
  const Theme theme = dark ? Theme::darkTheme() : Theme::light();
  applyStyle(*qApp, theme);
  m_context.appearance.setTheme(theme);
}

void MainWindow::showAbout() {
  QMessageBox::about(
      this, tr("About FuseMoE Explorer"),
      tr("<b>FuseMoE Explorer %1</b><p>What a mixture-of-experts model of several medical modalities does when "
         "one is missing. After Han, Nguyen, Harris, Ho and Saria, \"FuseMoE\", NeurIPS 2024 "
         "(arXiv 2402.03226).</p><p>Research use only. Not for clinical decisions.</p>"
         "<p>GPL-3.0-or-later. Uses Qt, QCustomPlot and LibTorch.</p>")
          .arg(QApplication::applicationVersion()));
}

}  // namespace fusemoe::ui
