#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>
#include <utility>
#include <vector>

#include "base/latest_worker.h"
#include "session/session_json.h"

class QLockFile;

namespace fusemoe::ui {

class Document;
class SessionKeeper;

/// A session whose program ended without saying goodbye. Held by its lock, so that no other window offers it too.
struct Leftover {
  QString path;
  QDateTime saved;
  std::shared_ptr<QLockFile> lock;
};

/// Keeps the session in a file of this process while it runs, at most a second behind and off the GUI thread. A clean
/// end makes it the last session; without one the file stays for the next start to find. GUI thread.
class Autosave : public QObject {
  Q_OBJECT

 public:
  static constexpr int kDelayMs = 500;

  /// `folder` is made where it is missing.
  Autosave(const QString& folder, const Document& document, const SessionKeeper& keeper, QObject* parent = nullptr);
  /// A clean end.
  ~Autosave() override;

  /// What processes that are gone left behind, the newest first.
  std::vector<Leftover> takeLeftovers();
  static void discard(const Leftover& leftover);
  /// The leftover was restored: it goes at this process' clean end, so that another crash loses nothing.
  void discardAtEnd(Leftover leftover) { m_restored.push_back(std::move(leftover)); }
  /// The session the last clean end left; empty = none.
  QString lastSession() const;
  /// The file of this process.
  const QString& path() const { return m_path; }

 Q_SIGNALS:
  void saved();
  /// Once for each spell of failures.
  void failed(const fusemoe::Error& error);

 private:
  void write();
  QString fileOf(const QString& name) const;

  QString m_folder;
  const SessionKeeper& m_keeper;
  QString m_path;
  std::unique_ptr<QLockFile> m_lock;
  QTimer m_delay;
  std::vector<Leftover> m_restored;
  bool m_touched = false;  // something was opened or edited since the start
  bool m_failing = false;
  std::unique_ptr<LatestWorker> m_worker;
};

}  // namespace fusemoe::ui
