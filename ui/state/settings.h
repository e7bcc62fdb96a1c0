#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QVariant>
#include <memory>

class QSettings;

namespace fusemoe::ui {

enum class ThemeChoice { System, Light, Dark };

/// What the user prefers, on this machine: no part of a session, never undone. GUI thread.
class Settings : public QObject {
  Q_OBJECT

 public:
  static constexpr int kRecentFiles = 10;

  /// Kept in `file`; with an empty name in memory only, for tests and for runs without a person.
  explicit Settings(const QString& file = {}, QObject* parent = nullptr);
  ~Settings() override;

  ThemeChoice theme() const;
  void setTheme(ThemeChoice theme);
  /// "system", or a language's two letters.
  QString language() const { return value(QStringLiteral("language"), QStringLiteral("system")).toString(); }
  void setLanguage(const QString& language) { setValue(QStringLiteral("language"), language); }
  /// The risk column of the stay list is filled in by itself.
  bool backgroundRisk() const { return value(QStringLiteral("backgroundRisk"), true).toBool(); }
  void setBackgroundRisk(bool on) { setValue(QStringLiteral("backgroundRisk"), on); }
  /// Exports carry what tells patients apart.
  bool exportIdentifiers() const { return value(QStringLiteral("exportIdentifiers"), false).toBool(); }
  void setExportIdentifiers(bool on) { setValue(QStringLiteral("exportIdentifiers"), on); }
  /// Views move from state to state instead of jumping.
  bool animate() const { return value(QStringLiteral("animate"), true).toBool(); }
  void setAnimate(bool on) { setValue(QStringLiteral("animate"), on); }
  /// The next start shows what the last one ended with.
  bool reopenLast() const { return value(QStringLiteral("reopenLast"), true).toBool(); }
  void setReopenLast(bool on) { setValue(QStringLiteral("reopenLast"), on); }
  /// The first words to a new user were said.
  bool welcomed() const { return value(QStringLiteral("welcomed"), false).toBool(); }
  void setWelcomed() { setValue(QStringLiteral("welcomed"), true); }

  /// Absolute paths of models, cohorts and sessions, the newest first.
  QStringList recentFiles() const;
  void addRecentFile(const QString& path);
  void clearRecentFiles();

  /// Where the window and its panels were; empty = nowhere yet.
  QByteArray windowGeometry() const { return value(QStringLiteral("window/geometry"), {}).toByteArray(); }
  QByteArray panelLayout() const { return value(QStringLiteral("window/panels"), {}).toByteArray(); }
  void setWindow(const QByteArray& geometry, const QByteArray& panels);

 Q_SIGNALS:
  /// `key` as in the file: "theme", "language", "backgroundRisk", "exportIdentifiers", "animate", "recent", …
  void changed(const QString& key);

 private:
  QVariant value(const QString& key, const QVariant& fallback) const;
  void setValue(const QString& key, const QVariant& value);

  std::unique_ptr<QSettings> m_file;
  QHash<QString, QVariant> m_memory;
};

/// The folder of settings, autosaves and the last session: FUSEMOE_STATE_DIR where that is set, else the user's data
/// folder.
QString stateFolder();

}  // namespace fusemoe::ui
