#pragma once

#include <QMenu>

namespace fusemoe::ui {

class Settings;

/// The files opened last; those that are gone are greyed.
class RecentMenu : public QMenu {
  Q_OBJECT

 public:
  /// `settings` outlives the menu.
  explicit RecentMenu(Settings& settings, QWidget* parent = nullptr);

 Q_SIGNALS:
  void chosen(const QString& path);

 private:
  void fill();

  Settings& m_settings;
};

}  // namespace fusemoe::ui
