#pragma once

#include <QMainWindow>

#include "state/view_context.h"

namespace fusemoe {
struct Error;
}

namespace fusemoe::ui {

class Actions;
class MessageBar;
class Tools;
class Workspace;

/// The window: menus, tool bar, message bar, the workspace of panels and the status line.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(const ViewContext& context, QWidget* parent = nullptr);

  Workspace& workspace() const { return *m_workspace; }
  MessageBar& messageBar() const { return *m_messages; }
  Actions& actionSet() const { return *m_actions; }
  Tools& tools() const { return *m_tools; }
  /// Opens a file by its ending: .safetensors = model, .sqlite or .db = cohort; another ending is an error shown.
  void openFile(const QString& path);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void build();
  void askForModel();
  void askForCohort();
  void setDark(bool dark);
  void showAbout();

  ViewContext m_context;
  Workspace* m_workspace;
  MessageBar* m_messages;
  Actions* m_actions;
  Tools* m_tools;
};

}  // namespace fusemoe::ui
