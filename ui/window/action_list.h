#pragma once

#include <QList>
#include <QString>

class QAction;
class QMainWindow;

namespace fusemoe::ui {

/// An action of the window and the menus it lies in.
struct ListedAction {
  QStringList path;  ///< titles of the menus, outermost first; empty for an action that lies in none
  QAction* action = nullptr;

  /// What it is called away from its menu: its "commandTitle" where it has one, else its text, without marks.
  QString title() const;
};

/// Every action a user can reach by menu or key: those of the menu bar in their order, then those of the window that
/// lie in no menu. Separators, submenus themselves and actions that are not shown are left out.
QList<ListedAction> listedActions(const QMainWindow& window);

/// A text without the marks of mnemonics ("&Open" → "Open") and without the dots that promise a dialog.
QString plainText(const QString& text);

}  // namespace fusemoe::ui
