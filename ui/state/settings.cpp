#include "state/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include "base/database_url.h"

namespace fusemoe::ui {
namespace {

const QString kTheme = QStringLiteral("theme");
const QString kRecent = QStringLiteral("recent");
constexpr const char* kThemes[] = {"system", "light", "dark"};

}  // namespace

Settings::Settings(const QString& file, QObject* parent) : QObject(parent) {
  if (!file.isEmpty()) m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
}

Settings::~Settings() = default;

ThemeChoice Settings::theme() const {
  const QString name = value(kTheme, {}).toString();
  for (int i = 0; i < 3; ++i)
    if (name == QLatin1String(kThemes[i])) return static_cast<ThemeChoice>(i);
  return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme) {
  setValue(kTheme, QString::fromLatin1(kThemes[static_cast<int>(theme)]));
}

QStringList Settings::recentFiles() const {
  QStringList files = value(kRecent, {}).toStringList();
  files.removeAll(QString());
  return files.mid(0, kRecentFiles);
}

void Settings::addRecentFile(const QString& path) {
  if (path.isEmpty()) return;
  const std::string location = path.toStdString();
  const QString whole = isDatabaseUrl(location) ? QString::fromStdString(withoutPassword(location))
                                                : QDir::cleanPath(QFileInfo(path).absoluteFilePath());
  QStringList files = recentFiles();
  files.removeAll(whole);
  files.prepend(whole);
  setValue(kRecent, files.mid(0, kRecentFiles));
}

void Settings::clearRecentFiles() {
  setValue(kRecent, QStringList());
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& panels) {
  setValue(QStringLiteral("window/geometry"), geometry);
  setValue(QStringLiteral("window/panels"), panels);
}

QVariant Settings::value(const QString& key, const QVariant& fallback) const {
  return m_file ? m_file->value(key, fallback) : m_memory.value(key, fallback);
}

void Settings::setValue(const QString& key, const QVariant& changedTo) {
  if (value(key, {}) == changedTo) return;
  if (m_file) {
    m_file->setValue(key, changedTo);
  } else {
    m_memory.insert(key, changedTo);
  }
  Q_EMIT changed(key);
}

QString stateFolder() {
  const QString own = qEnvironmentVariable("FUSEMOE_STATE_DIR");
  if (!own.isEmpty()) return own;
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/fusemoe");
}

}  // namespace fusemoe::ui
