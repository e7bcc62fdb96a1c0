#include "window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QLabel>
#include <QMenuBar>
#include <QToolButton>

#include "panels/analysis/analysis_panel.h"
#include "panels/panel_frame.h"
#include "panels/stay_panel.h"
#include "state/document.h"
#include "state/format.h"
#include "state/settings.h"
#include "window/icons.h"
#include "window/recent_menu.h"
#include "window/tool_bar.h"
#include "window/workspace.h"

namespace fusemoe::ui {

Actions::Actions(const ViewContext& context, Workspace& workspace, QWidget& window)
    : QObject(&window), m_context(context), m_workspace(workspace), m_window(window) {
  m_openModel = add(tr("Open &model …"), QKeySequence::Open, tr("Open a .safetensors model"));
  m_openCohort = add(tr("Open &cohort …"), QKeySequence(tr("Ctrl+Shift+O")), tr("Open a .sqlite cohort"));
  m_openDatabase = add(tr("Open &database …"), {}, tr("Open a cohort on a PostgreSQL server"));
  m_quit = add(tr("&Quit"), QKeySequence::Quit, {});
  m_previousStay = add(tr("&Previous stay"), QKeySequence(tr("Alt+Left")), tr("Previous stay of the list"));
  m_nextStay = add(tr("&Next stay"), QKeySequence(tr("Alt+Right")), tr("Next stay of the list"));
  m_findStay = add(tr("&Find stays"), QKeySequence::Find, tr("Go to the filter of the list"));
  m_import = add(tr("&Import …"), QKeySequence(tr("Ctrl+I")), tr("Make a cohort of data as their source ships them"));
  m_train = add(tr("&Train …"), QKeySequence(tr("Ctrl+T")), tr("Train a model on the open cohort"));
  m_restore = add(tr("&Restore all"), QKeySequence(tr("0")), tr("Show every modality to the model again"));
  m_pin =
      add(tr("&Pin A"), QKeySequence(tr("Ctrl+P")), tr("Compare with the state as it is now; hold Space to see it"));
  m_compare = add(tr("&Compare"), {}, tr("Reference and state side by side"));
  m_resetLayout = add(tr("&Reset layout"), {}, tr("Put every panel back where it was"));
  m_welcome = add(tr("&Welcome"), {}, tr("What this is, and where to begin"));
  m_about = add(tr("&About FuseMoE Explorer"), {}, {});
  m_openModel->setIconText(tr("Open model"));
  m_openCohort->setIconText(tr("Open cohort"));
  m_pin->setIconText(tr("Pin A"));
  m_compare->setIconText(tr("Compare"));
  m_pin->setCheckable(true);
  createSessionActions();
  createThemeActions();
  createUndoActions();
  createModalityActions();
  setIcons();
  connect(m_openModel, &QAction::triggered, this, &Actions::openModelAsked);
  connect(m_openCohort, &QAction::triggered, this, &Actions::openCohortAsked);
  connect(m_import, &QAction::triggered, this, &Actions::importAsked);
  connect(m_train, &QAction::triggered, this, &Actions::trainAsked);
  connect(m_openDatabase, &QAction::triggered, this, &Actions::openDatabaseAsked);
  connect(m_quit, &QAction::triggered, &window, &QWidget::close);
  connect(m_previousStay, &QAction::triggered, this, [this] { m_workspace.stays().step(-1); });
  connect(m_nextStay, &QAction::triggered, this, [this] { m_workspace.stays().step(+1); });
  connect(m_findStay, &QAction::triggered, this, [this] { m_workspace.stays().focusSearch(); });
  connect(m_restore, &QAction::triggered, this, [this] { m_context.document.restoreModalities(); });
  connect(m_pin, &QAction::triggered, this, [this](bool pin) {
    pin ? m_context.document.pin() : m_context.document.unpin();
    follow();
  });
  connect(m_compare, &QAction::triggered, this, [this] {
    PanelFrame* panel = m_workspace.panel(QStringLiteral("compare"));
    panel->show();
    panel->raise();
  });
  connect(m_resetLayout, &QAction::triggered, &workspace, &Workspace::resetLayout);
  connect(m_welcome, &QAction::triggered, this, &Actions::welcomeAsked);
  connect(m_about, &QAction::triggered, this, &Actions::aboutAsked);
  connect(&context.document, &Document::changed, this, &Actions::follow);
  follow();
}

QAction* Actions::add(const QString& text, const QKeySequence& shortcut, const QString& tip) {
  auto* action = new QAction(text, this);
  action->setShortcut(shortcut);
  const QString keys =
      shortcut.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(shortcut.toString(QKeySequence::NativeText));
  if (!tip.isEmpty()) action->setToolTip(tip + keys);
  m_window.addAction(action);
  return action;
}

void Actions::setIcons() {
  m_openModel->setIcon(themedIcon(QStringLiteral("open-model")));
  m_openCohort->setIcon(themedIcon(QStringLiteral("open-cohort")));
  m_undo->setIcon(themedIcon(QStringLiteral("undo")));
  m_redo->setIcon(themedIcon(QStringLiteral("redo")));
  m_previousStay->setIcon(themedIcon(QStringLiteral("previous")));
  m_nextStay->setIcon(themedIcon(QStringLiteral("next")));
  m_restore->setIcon(themedIcon(QStringLiteral("reset")));
  m_pin->setIcon(themedIcon(QStringLiteral("pin")));
  m_compare->setIcon(themedIcon(QStringLiteral("compare")));
  m_import->setIcon(themedIcon(QStringLiteral("import")));
  m_train->setIcon(themedIcon(QStringLiteral("train")));
  m_openSession->setIcon(themedIcon(QStringLiteral("open-session")));
  m_save->setIcon(themedIcon(QStringLiteral("save-session")));
  m_preferences->setIcon(themedIcon(QStringLiteral("preferences")));
}

void Actions::createSessionActions() {
  m_openSession = add(tr("Open &session …"), QKeySequence(tr("Ctrl+Alt+O")), tr("Open a .fusemoe.json session"));
  m_save = add(tr("&Save session …"), QKeySequence::Save, tr("Save what is open, masked, edited and compared"));
  m_saveAs = add(tr("Save session &as …"), QKeySequence(tr("Ctrl+Shift+S")), tr("Save it under another name"));
  m_close = add(tr("C&lose session"), QKeySequence::Close, tr("Close model and cohort and begin anew"));
  m_preferences = add(tr("&Preferences …"), QKeySequence(tr("Ctrl+,")), tr("Theme, language, start, exports"));
  connect(m_openSession, &QAction::triggered, this, &Actions::openSessionAsked);
  connect(m_save, &QAction::triggered, this, &Actions::saveAsked);
  connect(m_saveAs, &QAction::triggered, this, &Actions::saveAsAsked);
  connect(m_close, &QAction::triggered, this, &Actions::closeAsked);
  connect(m_preferences, &QAction::triggered, this, &Actions::preferencesAsked);
}

void Actions::createThemeActions() {
  m_themes = {add(tr("Theme as the &system"), {}, {}), add(tr("&Light theme"), {}, {}), add(tr("&Dark theme"), {}, {})};
  auto* group = new QActionGroup(this);
  const auto follow = [this] { m_themes[static_cast<int>(m_context.settings.theme())]->setChecked(true); };
  for (int i = 0; i < m_themes.size(); ++i) {
    m_themes[i]->setCheckable(true);
    group->addAction(m_themes[i]);
    connect(m_themes[i], &QAction::triggered, this, [this, i] { m_context.settings.setTheme(ThemeChoice(i)); });
  }
  connect(&m_context.settings, &Settings::changed, this, follow);
  follow();
}

void Actions::createUndoActions() {
  QUndoStack& stack = m_context.document.undoStack();
  m_undo = stack.createUndoAction(this, tr("&Undo"));
  m_redo = stack.createRedoAction(this, tr("&Redo"));
  m_undo->setShortcuts(QKeySequence::Undo);
  m_redo->setShortcuts({QKeySequence(tr("Ctrl+Shift+Z")), QKeySequence(tr("Ctrl+Y"))});
  m_undo->setIconText(tr("Undo"));
  m_redo->setIconText(tr("Redo"));
  m_window.addActions({m_undo, m_redo});
}

void Actions::createModalityActions() {
  for (int i = 0; i < kModalityKeys; ++i) {
    QAction* action = add(QString(), QKeySequence(QString::number(i + 1)), {});
    action->setCheckable(true);
    action->setVisible(false);
    connect(action, &QAction::triggered, this, [this, i] {
      m_context.document.toggleModality(i);
      followModalities();
    });
    m_modalities.append(action);
  }
}

void Actions::follow() {
  const bool list = m_context.document.stays() && !m_context.document.stays()->empty();
  for (QAction* action : {m_previousStay, m_nextStay, m_findStay}) action->setEnabled(list);
  m_pin->setEnabled(m_context.document.model() && m_context.document.sample());
  m_pin->setChecked(!m_context.document.state().reference.isAsRecorded());
  followModalities();
  if (m_stayTitle) {
    m_stayTitle->setText(m_context.document.sample() ? tr("Stay %1").arg(m_context.document.state().stayId)
                                                     : tr("No stay"));
  }
}

void Actions::followModalities() {
  const Document& document = m_context.document;
  const int count = document.model() ? document.model()->config().modalityCount() : 0;
  for (int i = 0; i < kModalityKeys; ++i) {
    QAction& action = *m_modalities[i];
    action.setVisible(i < count);
    if (i >= count) continue;
    const ModalityState state = document.modalityState(i);
    action.setText(state == ModalityState::Absent ? tr("%1 (absent)").arg(modalityTitle(document.model()->config(), i))
                                                  : modalityTitle(document.model()->config(), i));
    action.setEnabled(state != ModalityState::Absent);
    action.setChecked(state == ModalityState::Present);
  }
  m_restore->setEnabled(!document.state().masked.empty());
}

void Actions::fill(QMenuBar& bar) {
  QMenu* file = bar.addMenu(tr("&File"));
  file->setObjectName(QStringLiteral("fileMenu"));
  file->addActions({m_openModel, m_openCohort, m_openDatabase, m_openSession});
  auto* recent = new RecentMenu(m_context.settings, &bar);
  connect(recent, &RecentMenu::chosen, this, &Actions::fileAsked);
  file->addMenu(recent);
  file->addSeparator();
  file->addActions({m_save, m_saveAs, m_close});
  file->addSeparator();
  file->addAction(m_quit);
  QMenu* edit = bar.addMenu(tr("&Edit"));
  edit->addActions({m_undo, m_redo});
  edit->addSeparator();
  edit->addAction(m_preferences);
  QMenu* view = bar.addMenu(tr("&View"));
  const QList<AnalysisPanel*>& analyses = m_workspace.analyses();
  for (PanelFrame* panel : m_workspace.panels())
    if (!analyses.contains(panel)) view->addAction(panel->toggleViewAction());
  view->addSeparator();
  view->addAction(m_resetLayout);
  view->addSeparator();
  view->addActions(m_themes);
  QMenu* model = bar.addMenu(tr("&Model"));
  model->addActions(m_modalities);
  model->addSeparator();
  model->addAction(m_restore);
  model->addSeparator();
  model->addActions({m_pin, m_compare});
  model->addSeparator();
  model->addAction(m_train);
  QMenu* cohort = bar.addMenu(tr("&Cohort"));
  cohort->addAction(m_import);
  cohort->addSeparator();
  cohort->addActions({m_previousStay, m_nextStay, m_findStay});
  QMenu* analysis = bar.addMenu(tr("&Analysis"));
  analysis->setObjectName(QStringLiteral("analysisMenu"));
  for (AnalysisPanel* panel : analyses) {
    QAction* action = panel->toggleViewAction();
    analysis->addAction(action);
    connect(action, &QAction::triggered, this, [this, panel](bool shown) {
      if (shown) m_workspace.present(panel->key());
    });
  }
  QMenu* help = bar.addMenu(tr("&Help"));
  help->setObjectName(QStringLiteral("helpMenu"));
  help->addActions({m_welcome, m_about});
}

void Actions::fill(ToolBar& bar) {
  bar.addActions({m_openModel, m_openCohort});
  bar.addSeparator();
  m_stayTitle = new QLabel;
  m_stayTitle->setObjectName(QStringLiteral("stayTitle"));
  m_stayTitle->setAlignment(Qt::AlignCenter);
  m_stayTitle->setMinimumWidth(96);
  bar.addAction(m_previousStay);
  bar.addWidget(m_stayTitle);
  bar.addAction(m_nextStay);
  bar.addSeparator();
  bar.addActions({m_undo, m_redo});
  for (QAction* action : {m_undo, m_redo}) bar.keepSize(action);
  // Arrows around the stay's number say enough.
  for (QAction* action : {m_previousStay, m_nextStay}) {
    auto* button = qobject_cast<QToolButton*>(bar.widgetForAction(action));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    disconnect(&bar, &QToolBar::toolButtonStyleChanged, button, nullptr);
  }
  bar.addSeparator();
  bar.addActions({m_pin, m_compare});
  follow();
}

}  // namespace fusemoe::ui
