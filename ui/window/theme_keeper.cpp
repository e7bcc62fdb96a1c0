#include "window/theme_keeper.h"

#include <QApplication>
#include <QEvent>
#include <QStyleHints>
#include <QWidget>
#include <utility>

#include "state/appearance.h"
#include "state/settings.h"
#include "window/style.h"

namespace fusemoe::ui {

ThemeKeeper::ThemeKeeper(QApplication& application, Appearance& appearance, const Settings& settings,
                         std::optional<bool> fixed, SystemIsDark systemIsDark, QObject* parent)
    : QObject(parent),
      m_application(application),
      m_appearance(appearance),
      m_settings(settings),
      m_fixed(fixed),
      m_systemIsDark(std::move(systemIsDark)) {
  connect(&settings, &Settings::changed, this, [this](const QString& key) {
    if (key != QStringLiteral("theme")) return;
    m_fixed.reset();
    apply();
  });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
  connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &ThemeKeeper::apply);
#endif
  apply();
}

void ThemeKeeper::listenAt(QWidget& window) {
  window.installEventFilter(this);
}

bool ThemeKeeper::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ThemeChange) apply();
  return QObject::eventFilter(watched, event);
}

void ThemeKeeper::apply() {
  const ThemeChoice choice = m_settings.theme();
  const bool dark = m_fixed ? *m_fixed : choice == ThemeChoice::System ? m_systemIsDark() : choice == ThemeChoice::Dark;
  if (!m_application.styleSheet().isEmpty() && m_appearance.theme().dark == dark) return;
  const Theme theme = dark ? Theme::darkTheme() : Theme::light();
  applyStyle(m_application, theme);
  m_appearance.setTheme(theme);
}

}  // namespace fusemoe::ui
