#pragma once

#include <QFrame>
#include <QPointer>

#include "state/view_context.h"
#include "window/command_model.h"

class QLineEdit;
class QListView;
class QMainWindow;

namespace fusemoe::ui {

class Actions;

/// Everything the window can do, by typing: actions of the menus, stays by number, modalities, panels. A frame inside
/// the window, not modal: Esc, a click elsewhere or a choice closes it. Arrow keys and Enter choose.
class CommandPalette : public QFrame {
  Q_OBJECT

 public:
  CommandPalette(const ViewContext& context, const Actions& actions, QMainWindow& window);

  /// Gathers the commands as they are now and takes the keyboard; closes when it is open.
  void toggle();
  QLineEdit& field() const { return *m_field; }
  QListView& list() const { return *m_list; }
  CommandModel& model() const { return *m_model; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void open();
  void dismiss();
  void place();
  QList<Command> gathered() const;
  QList<Command> modalityCommands() const;
  /// "Go to stay 1234" where a number was typed.
  QList<Command> stayCommands(const QString& typed) const;
  void adopt(const QString& typed);
  void move(int rows);
  void runCurrent();

  ViewContext m_context;
  const Actions& m_actions;
  QMainWindow& m_window;
  QList<Command> m_gathered;  // when it was opened
  CommandModel* m_model;
  QLineEdit* m_field;
  QListView* m_list;
  QPointer<QWidget> m_before;  // had the keyboard
};

}  // namespace fusemoe::ui
