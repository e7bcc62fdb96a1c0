#pragma once

#include <QList>
#include <QObject>

#include "state/view_context.h"

class QAction;
class QLabel;
class QMenu;
class QMenuBar;
class QWidget;

namespace fusemoe::ui {

class ToolBar;
class Workspace;

/// Every action of the window with its shortcut, in menus and tool bar; enabled as the document allows.
class Actions : public QObject {
  Q_OBJECT

 public:
  static constexpr int kModalityKeys = 9;

  Actions(const ViewContext& context, Workspace& workspace, QWidget& window);

  void fill(QMenuBar& bar);
  void fill(ToolBar& bar);
  /// The action of key 1 … 9; index 0 … 8.
  QAction* modality(int index) const { return m_modalities.at(index); }
  const QList<QAction*>& modalities() const { return m_modalities; }

 Q_SIGNALS:
  void openModelAsked();
  void openCohortAsked();
  void openSessionAsked();
  void importAsked();
  void trainAsked();
  void saveAsked();
  void saveAsAsked();
  void closeAsked();
  void fileAsked(const QString& path);
  void preferencesAsked();
  void welcomeAsked();
  void aboutAsked();

 private:
  QAction* add(const QString& text, const QKeySequence& shortcut, const QString& tip);
  void createSessionActions();
  void createThemeActions();
  void createModalityActions();
  void createUndoActions();
  void setIcons();
  void follow();
  void followModalities();

  ViewContext m_context;
  Workspace& m_workspace;
  QWidget& m_window;
  QAction* m_openModel;
  QAction* m_openCohort;
  QAction* m_quit;
  QAction* m_undo;
  QAction* m_redo;
  QAction* m_previousStay;
  QAction* m_nextStay;
  QAction* m_findStay;
  QAction* m_import;
  QAction* m_train;
  QAction* m_restore;
  QAction* m_pin;
  QAction* m_compare;
  QAction* m_resetLayout;
  QAction* m_welcome;
  QAction* m_about;
  QAction* m_openSession;
  QAction* m_save;
  QAction* m_saveAs;
  QAction* m_close;
  QAction* m_preferences;
  QList<QAction*> m_themes;  // in the order of ThemeChoice
  QList<QAction*> m_modalities;
  QLabel* m_stayTitle = nullptr;
};

}  // namespace fusemoe::ui
