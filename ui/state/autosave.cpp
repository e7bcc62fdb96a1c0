#include "state/autosave.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSet>
#include <algorithm>
#include <utility>

#include "state/document.h"
#include "state/session_keeper.h"

namespace fusemoe::ui {
namespace {

const char* const kLast = "last";
const char* const kLockEnding = ".lock";

QString ending() {
  return QString::fromUtf8(kSessionEnding.data(), qsizetype(kSessionEnding.size()));
}

/// And not the temporary of one that was being written.
bool isSession(const QString& path) {
  return path.endsWith(ending());
}

/// A lock that is stale when its process is gone, however old it is.
std::unique_ptr<QLockFile> lockOf(const QString& file) {
  auto lock = std::make_unique<QLockFile>(file + QLatin1String(kLockEnding));
  lock->setStaleLockTime(0);
  return lock;
}

}  // namespace

Autosave::Autosave(const QString& folder, const Document& document, const SessionKeeper& keeper, QObject* parent)
    : QObject(parent), m_folder(folder), m_keeper(keeper), m_worker(std::make_unique<LatestWorker>()) {
  QDir().mkpath(folder);
  m_path = fileOf(
      QStringLiteral("session-%1-%2").arg(QCoreApplication::applicationPid()).arg(QDateTime::currentMSecsSinceEpoch()));
  m_lock = lockOf(m_path);
  m_lock->tryLock(0);
  // From the first edit on, not from the last: however fast edits come, the file is never further behind.
  m_delay.setSingleShot(true);
  m_delay.setInterval(kDelayMs);
  connect(&m_delay, &QTimer::timeout, this, &Autosave::write);
  connect(&document, &Document::changed, this, [this] {
    m_touched = true;
    if (!m_delay.isActive()) m_delay.start();
  });
}

Autosave::~Autosave() {
  m_worker.reset();  // joins: the last word on the files is said here
  const Session session = m_keeper.session();
  const QString last = fileOf(QString::fromLatin1(kLast));
  if (session.state.modelPath.empty() && session.state.cohortPath.empty()) {
    if (m_touched) QFile::remove(last);
  } else if (m_touched) {
    const Result<void> written = writeSession(last.toStdString(), session);
    if (!written) {
      qWarning("%s", written.error().line().c_str());
      return;  // the file of this process stays, to be found at the next start
    }
  }
  QFile::remove(m_path);
  for (const Leftover& leftover : m_restored) discard(leftover);
}

QString Autosave::fileOf(const QString& name) const {
  return m_folder + '/' + name + ending();
}

void Autosave::write() {
  const auto task = [this, path = m_path.toStdString(), session = m_keeper.session()](const std::stop_token&) {
    const Result<void> written = writeSession(path, session);
    QMetaObject::invokeMethod(this, [this, written] {
      const bool first = !written && !m_failing;
      m_failing = !written;
      if (written) Q_EMIT saved();
      if (first) Q_EMIT failed(written.error());
    });
  };
  m_worker->submit(task);
}

std::vector<Leftover> Autosave::takeLeftovers() {
  // Both are looked for: a crash before the first write leaves a lock alone, an offer without an answer a file alone.
  QSet<QString> paths;
  for (const QFileInfo& found : QDir(m_folder).entryInfoList({QStringLiteral("session-*")}, QDir::Files)) {
    const QString path = found.absoluteFilePath();
    paths.insert(path.endsWith(QLatin1String(kLockEnding)) ? path.chopped(qsizetype(qstrlen(kLockEnding))) : path);
  }
  paths.remove(QFileInfo(m_path).absoluteFilePath());
  std::vector<Leftover> leftovers;
  for (const QString& path : std::as_const(paths)) {
    std::shared_ptr<QLockFile> lock = lockOf(path);
    if (!lock->tryLock(0)) continue;
    if (isSession(path) && QFile::exists(path))
      leftovers.push_back({path, QFileInfo(path).lastModified(), std::move(lock)});
  }
  std::ranges::sort(leftovers, std::ranges::greater{}, &Leftover::saved);
  return leftovers;
}

void Autosave::discard(const Leftover& leftover) {
  QFile::remove(leftover.path);
  leftover.lock->unlock();
}

QString Autosave::lastSession() const {
  const QString path = fileOf(QString::fromLatin1(kLast));
  return QFile::exists(path) ? path : QString();
}

}  // namespace fusemoe::ui
