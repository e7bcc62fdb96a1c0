#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <memory>
#include <utility>

#include "session/session_json.h"
#include "state/async_loader.h"
#include "state/change.h"
#include "state/document.h"

namespace fusemoe::ui {

class ActivityLog;
class Settings;

/// The session's files: saves and opens them away from the GUI thread, and sees whether the model and cohort a session
/// names are the ones it was saved with. GUI thread.
class SessionKeeper : public QObject {
  Q_OBJECT

 public:
  /// All outlive the keeper.
  SessionKeeper(Document& document, Settings& settings, ActivityLog& log, QObject* parent = nullptr);
  /// Writes what was to be saved and is not yet.
  ~SessionKeeper() override;

  /// The state with the digests of its files, as it would be saved now.
  Session session() const;
  /// The file the user saved to or opened last; empty = none.
  const QString& path() const { return m_path; }

  /// The file gets the session's ending where it has none.
  void save(const QString& path);
  enum class As { Command, Start };  ///< an undoable edit, or what the program begins with
  enum class Origin { File, Autosave };
  /// Autosaves are read like other sessions, but are no file of the user's.
  void open(const QString& path, As as, Origin origin = Origin::File);
  /// Begins with this state; `Settings` and the log hear of the files as they open.
  void start(const SessionState& state) { m_document.start(state); }
  /// An empty session, as an undoable edit.
  void close();

  /// Answers to `fileMissing` and `fileDiffers`: the session with another file, or with none, as an undoable edit.
  void useInstead(FileRole role, const QString& path);
  void goWithout(FileRole role) { useInstead(role, {}); }

 Q_SIGNALS:
  void saved(const QString& path);
  /// Read and handed to the document, which may still be opening its files.
  void opened(const QString& path);
  /// Reading or writing failed; nothing was changed.
  void failed(const fusemoe::Error& error);
  /// The session holds things this version does not know: "view.zoom".
  void partlyUnknown(const QString& path, const QStringList& places);
  void fileMissing(fusemoe::ui::FileRole role, const QString& path, const fusemoe::Error& error);
  /// The file is open, but it is not the one the session was saved with.
  void fileDiffers(fusemoe::ui::FileRole role, const QString& path);
  void pathChanged();

 private:
  struct Save {
    QString path;
    Session session;
  };

  void saveNext();
  void follow(Changes changes);
  void compareDigest(FileRole role, const std::string& path, const std::string& digest);
  void setPath(const QString& path);

  Document& m_document;
  Settings& m_settings;
  ActivityLog& m_log;
  QString m_path;
  QList<Save> m_saves;                // the first is being written
  QHash<QString, QString> m_digests;  // of files that sessions named and that were not open since
  AsyncLoader<SessionRead> m_reader{this};
  std::unique_ptr<AsyncLoader<QString>> m_writer = std::make_unique<AsyncLoader<QString>>(this);
};

}  // namespace fusemoe::ui
