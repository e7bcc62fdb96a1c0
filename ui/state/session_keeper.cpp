#include "state/session_keeper.h"

#include <QFileInfo>

#include "state/activity_log.h"
#include "state/format.h"
#include "state/settings.h"

namespace fusemoe::ui {
namespace {

QString withEnding(const QString& path) {
  const auto ending = QString::fromUtf8(kSessionEnding.data(), qsizetype(kSessionEnding.size()));
  if (path.endsWith(ending, Qt::CaseInsensitive)) return path;
  return path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive) ? path : path + ending;
}

}  // namespace

SessionKeeper::SessionKeeper(Document& document, Settings& settings, ActivityLog& log, QObject* parent)
    : QObject(parent), m_document(document), m_settings(settings), m_log(log) {
  connect(&document, &Document::changed, this, &SessionKeeper::follow);
  connect(&document, &Document::openingFailed, this, &SessionKeeper::fileMissing);
}

SessionKeeper::~SessionKeeper() {
  m_writer.reset();  // joins: two writers of one file would meet
  for (const Save& save : m_saves) {
    const Result<void> written = writeSession(save.path.toStdString(), save.session);
    if (!written) qWarning("%s", written.error().line().c_str());
  }
}

Session SessionKeeper::session() const {
  const SessionState& state = m_document.state();
  const auto remembered = [this](const std::string& path) {
    return m_digests.value(QString::fromStdString(path)).toStdString();
  };
  Session session{state, remembered(state.modelPath), remembered(state.cohortPath), {}};
  if (m_document.model() && m_document.model()->info().path == state.modelPath)
    session.modelDigest = m_document.model()->info().digest;
  if (m_document.cohort()) session.cohortDigest = m_document.cohort()->info().digest;
  if (state.reference.modelPath) {
    const bool same = *state.reference.modelPath == state.modelPath;
    session.referenceDigest = same ? session.modelDigest : remembered(*state.reference.modelPath);
    if (!same && m_document.referenceModel() && m_document.referenceModel() != m_document.model())
      session.referenceDigest = m_document.referenceModel()->info().digest;
  }
  return session;
}

void SessionKeeper::save(const QString& path) {
  m_saves.append({withEnding(path), session()});
  if (m_saves.size() == 1) saveNext();
}

void SessionKeeper::saveNext() {
  const auto write = [save = m_saves.first()]() -> Result<QString> {
    const Result<void> written = writeSession(save.path.toStdString(), save.session);
    if (!written) return failure(written.error());
    return save.path;
  };
  m_writer->start(write, [this](Result<QString> written) {
    const Save done = m_saves.takeFirst();
    if (!m_saves.isEmpty()) saveNext();
    if (!written) {
      Q_EMIT failed(written.error());
      return;
    }
    if (m_document.state() == done.session.state) m_document.undoStack().setClean();
    setPath(*written);
    m_settings.addRecentFile(*written);
    m_log.add(LogKind::Saved, tr("Session %1").arg(*written));
    Q_EMIT saved(*written);
  });
}

void SessionKeeper::open(const QString& path, As as, Origin origin) {
  const auto read = [file = path.toStdString()] { return readSession(file); };
  m_reader.start(read, [this, path, as, origin](Result<SessionRead> answer) {
    if (!answer) {
      Q_EMIT failed(answer.error());
      return;
    }
    const Session& session = answer->session;
    // A database the user opened before may be opened again; one that only this file names may not.
    if (m_settings.recentFiles().contains(QString::fromStdString(session.state.cohortPath)))
      m_document.nameDatabase(session.state.cohortPath);
    const auto remember = [this](const std::string& file, const std::string& digest) {
      if (!digest.empty()) m_digests.insert(QString::fromStdString(file), QString::fromStdString(digest));
    };
    remember(session.state.modelPath, session.modelDigest);
    remember(session.state.cohortPath, session.cohortDigest);
    if (session.state.reference.modelPath) remember(*session.state.reference.modelPath, session.referenceDigest);
    if (as == As::Start) {
      m_document.start(session.state);
    } else {
      m_document.openSession(session.state, origin == Origin::File ? tr("open %1").arg(QFileInfo(path).fileName())
                                                                   : tr("restore the session"));
    }
    if (origin == Origin::File) {
      setPath(path);
      m_settings.addRecentFile(path);
      m_log.add(LogKind::Opened, tr("Session %1").arg(path));
    }
    Q_EMIT opened(path);
    if (answer->unknown.empty()) return;
    QStringList places;
    for (const std::string& place : answer->unknown) places << QString::fromStdString(place);
    Q_EMIT partlyUnknown(path, places);
  });
}

void SessionKeeper::close() {
  m_document.openSession({}, tr("close the session"));
  setPath({});
}

void SessionKeeper::useInstead(FileRole role, const QString& path) {
  SessionState state = m_document.state();
  std::string& named = role == FileRole::Model ? state.modelPath : state.cohortPath;
  // The file put in its place is measured by the same digest.
  const QString digest = m_digests.take(QString::fromStdString(named));
  if (!path.isEmpty() && !digest.isEmpty()) m_digests.insert(path, digest);
  named = path.toStdString();
  const bool model = role == FileRole::Model;
  m_document.openSession(state, !path.isEmpty() ? tr("open %1").arg(fileName(named))
                                : model         ? tr("go without a model")
                                                : tr("go without a cohort"));
}

void SessionKeeper::follow(Changes changes) {
  if (changes.testFlag(Change::Model) && m_document.model()) {
    const ModelInfo& info = m_document.model()->info();
    compareDigest(FileRole::Model, m_document.state().modelPath, info.digest);
  }
  if (changes.testFlag(Change::Cohort) && m_document.cohort())
    compareDigest(FileRole::Cohort, m_document.state().cohortPath, m_document.cohort()->info().digest);
}

void SessionKeeper::compareDigest(FileRole role, const std::string& path, const std::string& digest) {
  const QString file = QString::fromStdString(path);
  m_settings.addRecentFile(file);
  m_log.add(LogKind::Opened, (role == FileRole::Model ? tr("Model %1") : tr("Cohort %1")).arg(file),
            tr("SHA-256 %1").arg(QString::fromStdString(digest)));
  const QString expected = m_digests.take(file);
  if (!expected.isEmpty() && expected != QString::fromStdString(digest)) Q_EMIT fileDiffers(role, file);
}

void SessionKeeper::setPath(const QString& path) {
  if (path == m_path) return;
  m_path = path;
  Q_EMIT pathChanged();
}

}  // namespace fusemoe::ui
