#include "window/tools.h"

#include <QAction>
#include <QMenu>

#include "window/actions.h"
#include "window/command_palette.h"
#include "window/icons.h"
#include "window/main_window.h"
#include "window/shortcut_sheet.h"

namespace fusemoe::ui {

Tools::Tools(const ViewContext& context, MainWindow& window)
    : QObject(&window),
      m_palette(new CommandPalette(context, window.actionSet(), window)),
      m_sheet(new ShortcutSheet(context, window)),
      m_openPalette(new QAction(themedIcon(QStringLiteral("palette")), tr("&Command palette …"), this)),
      m_openSheet(new QAction(themedIcon(QStringLiteral("keyboard")), tr("&Keyboard shortcuts"), this)) {
  m_openPalette->setShortcut(QKeySequence(tr("Ctrl+Shift+P")));
  m_openPalette->setToolTip(tr("Find any command by typing"));
  m_openSheet->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(QStringLiteral("?"))});
  window.addActions({m_openPalette, m_openSheet});
  connect(m_openPalette, &QAction::triggered, m_palette, &CommandPalette::toggle);
  connect(m_openSheet, &QAction::triggered, m_sheet, &ShortcutSheet::toggle);
}

void Tools::fill(QMenu& help) {
  help.insertActions(help.actions().value(0), {m_openPalette, m_openSheet});
}

}  // namespace fusemoe::ui
