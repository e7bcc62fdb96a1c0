#pragma once

#include <QMainWindow>

#include "session/session_state.h"
#include "state/view_context.h"

class QStackedWidget;

namespace fusemoe::ui {

class AboutBox;
class Actions;
class ExportActions;
class InterventionBanner;
class MessageBar;
class Preferences;
class SessionShell;
class StatusLine;
class Tools;
class TrainingShell;
class WelcomePage;
class Workspace;

/// The window: menus, tool bar, message bar, the workspace of panels or the welcome page, and the status line.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(const ViewContext& context, QWidget* parent = nullptr);

  Workspace& workspace() const { return *m_workspace; }
  WelcomePage& welcomePage() const { return *m_welcome; }
  MessageBar& messageBar() const { return *m_messages; }
  InterventionBanner& interventionBanner() const { return *m_banner; }
  StatusLine& statusLine() const { return *m_status; }
  Actions& actionSet() const { return *m_actions; }
  Tools& tools() const { return *m_tools; }
  ExportActions& exports() const { return *m_exports; }
  SessionShell& sessions() const { return *m_sessions; }
  TrainingShell& training() const { return *m_training; }
  /// Opens a file by its ending: .safetensors = model, .sqlite or .db = cohort, .json = session; data that can be
  /// imported open the import dialog; anything else is an error shown.
  void openFile(const QString& path);
  /// What "Open the demo" opens; without one the welcome page does not offer it.
  void setDemo(const SessionState& demo);
  /// Files of experiments that training offers where they fit the cohort.
  void setExperiments(const QStringList& files);
  /// The first words to a new user, over the demo; once only.
  void greet();

 public Q_SLOTS:
  void showWelcome();
  void showLog();
  void showPreferences();
  void showAbout();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void build();
  void connectActions();
  void connectWelcome();
  void openDemo();
  void chooseModel();
  void chooseCohort();
  void chooseDatabase();
  void choosePage();
  void followTitle();

  ViewContext m_context;
  Workspace* m_workspace;
  WelcomePage* m_welcome;
  QStackedWidget* m_pages;
  MessageBar* m_messages;
  InterventionBanner* m_banner;
  StatusLine* m_status;
  SessionShell* m_sessions;
  Actions* m_actions;
  Tools* m_tools;
  ExportActions* m_exports;
  TrainingShell* m_training;
  Preferences* m_preferences = nullptr;  // made when first asked for
  AboutBox* m_about = nullptr;
  SessionState m_demo;
  bool m_welcomeAsked = false;  // the page is shown over what is open
};

}  // namespace fusemoe::ui
