#include "window/recent_menu.h"

#include <QFileInfo>

#include "base/database_url.h"
#include "state/settings.h"

namespace fusemoe::ui {

RecentMenu::RecentMenu(Settings& settings, QWidget* parent) : QMenu(tr("&Recent files"), parent), m_settings(settings) {
  setToolTipsVisible(true);
  connect(this, &QMenu::aboutToShow, this, &RecentMenu::fill);
  // Queued: the entry that was pressed is still at work.
  const auto follow = [this](const QString& key) {
    if (key == QStringLiteral("recent")) fill();
  };
  connect(&settings, &Settings::changed, this, follow, Qt::QueuedConnection);
  fill();
}

void RecentMenu::fill() {
  clear();
  const QStringList files = m_settings.recentFiles();
  menuAction()->setEnabled(!files.isEmpty());
  for (const QString& path : files) {
    const QFileInfo file(path);
    const bool there = file.exists() || isDatabaseUrl(path.toStdString());
    QAction* action = addAction(file.fileName().replace('&', QStringLiteral("&&")));
    action->setEnabled(there);
    action->setToolTip(there ? path : tr("%1 is no longer there").arg(path));
    connect(action, &QAction::triggered, this, [this, path] { Q_EMIT chosen(path); });
  }
  addSeparator();
  connect(addAction(tr("&Clear the list")), &QAction::triggered, this, [this] { m_settings.clearRecentFiles(); });
}

}  // namespace fusemoe::ui
