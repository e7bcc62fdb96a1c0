#include "state/program_trust.h"

#include <QThread>

#include "api/script_file.h"
#include "base/sha256.h"

namespace fusemoe::ui {

Result<OpenOptions> ProgramTrust::optionsFor(const std::string& path) {
  if (m_policy != Policy::Ask || !isScriptFile(path)) return OpenOptions{m_policy == Policy::Always};
  Q_ASSERT(QThread::currentThread() != thread());
  const Result<std::string> digest = sha256File(path);
  if (!digest) return failure(digest.error());
  const std::lock_guard turn(m_asking);
  std::unique_lock lock(m_mutex);
  if (m_trusted.contains(*digest)) return OpenOptions{true};
  m_answer = Answer::None;
  if (!m_withdrawn) {
    lock.unlock();
    Q_EMIT asked(QString::fromStdString(path), QString::fromStdString(*digest));
    lock.lock();
    m_answered.wait(lock, [this] { return m_answer != Answer::None || m_withdrawn; });
  }
  if (m_answer != Answer::Yes)
    return failure(tr("%1 is a program and was not run.").arg(QString::fromStdString(path)).toStdString(),
                   tr("Open it again to be asked again.").toStdString());
  m_trusted.insert(*digest);
  return OpenOptions{true};
}

void ProgramTrust::answer(bool run) {
  const std::lock_guard lock(m_mutex);
  m_answer = run ? Answer::Yes : Answer::No;
  m_answered.notify_all();
}

void ProgramTrust::withdraw() {
  const std::lock_guard lock(m_mutex);
  m_withdrawn = true;
  m_answered.notify_all();
}

}  // namespace fusemoe::ui
