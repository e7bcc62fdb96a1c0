#include "window/action_list.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>

namespace fusemoe::ui {
namespace {

void collect(const QList<QAction*>& actions, const QStringList& path, QList<ListedAction>& found) {
  for (QAction* action : actions) {
    if (action->isSeparator() || !action->isVisible()) continue;
    if (QMenu* menu = action->menu()) {
      // A menu that is filled when it opens is filled now.
      Q_EMIT menu->aboutToShow();
      collect(menu->actions(), path + QStringList(plainText(action->text())), found);
    } else if (!action->text().isEmpty()) {
      found.append({path, action});
    }
  }
}

}  // namespace

QString ListedAction::title() const {
  const QString own = action->property("commandTitle").toString();
  return plainText(own.isEmpty() ? action->text() : own);
}

QList<ListedAction> listedActions(const QMainWindow& window) {
  QList<ListedAction> found;
  if (const auto* bar = qobject_cast<const QMenuBar*>(window.menuWidget())) collect(bar->actions(), {}, found);
  QSet<QAction*> seen;
  for (const ListedAction& entry : found) seen.insert(entry.action);
  for (QAction* action : window.actions()) {
    if (seen.contains(action) || action->isSeparator() || !action->isVisible() || action->text().isEmpty()) continue;
    found.append(ListedAction{{}, action});
  }
  return found;
}

QString plainText(const QString& text) {
  QString plain = text;
  plain.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
  plain.remove('&');
  plain.replace(QChar(1), QChar('&'));
  while (plain.endsWith(QChar(0x2026)) || plain.endsWith(' ')) plain.chop(1);
  return plain;
}

}  // namespace fusemoe::ui
