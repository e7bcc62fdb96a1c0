#pragma once

#include <QObject>

#include "state/view_context.h"

class QAction;
class QMenu;

namespace fusemoe::ui {

class CommandPalette;
class MainWindow;
class ShortcutSheet;

/// What helps to find the rest: command palette and shortcut sheet, with their actions and keys.
class Tools : public QObject {
  Q_OBJECT

 public:
  Tools(const ViewContext& context, MainWindow& window);

  void fill(QMenu& help);
  CommandPalette& palette() const { return *m_palette; }
  ShortcutSheet& shortcuts() const { return *m_sheet; }

 private:
  CommandPalette* m_palette;
  ShortcutSheet* m_sheet;
  QAction* m_openPalette;
  QAction* m_openSheet;
};

}  // namespace fusemoe::ui
