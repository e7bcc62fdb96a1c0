#include "window/session_shell.h"

#include <QFileInfo>
#include <QLocale>

#include "panels/message_bar.h"
#include "state/document.h"
#include "window/file_dialogs.h"
#include "window/status_line.h"

namespace fusemoe::ui {

SessionShell::SessionShell(const ViewContext& context, MessageBar& messages, StatusLine& status, QWidget& window)
    : QObject(&window),
      m_context(context),
      m_messages(messages),
      m_status(status),
      m_window(window),
      m_keeper(context.document, context.settings, context.log) {
  connect(&m_keeper, &SessionKeeper::failed, &messages, &MessageBar::showError);
  connect(&m_keeper, &SessionKeeper::fileMissing, this, &SessionShell::askAboutMissing);
  connect(&m_keeper, &SessionKeeper::fileDiffers, this, &SessionShell::askAboutOther);
  connect(&m_keeper, &SessionKeeper::saved, this,
          [this](const QString& path) { m_status.say(tr("Session saved"), path); });
  connect(&m_keeper, &SessionKeeper::partlyUnknown, this, [this](const QString& path, const QStringList& places) {
    m_messages.show(
        {MessageKind::Warning,
         tr("%1 holds settings this version does not know; they are left out.").arg(QFileInfo(path).fileName()),
         places.join('\n'),
         {}});
  });
}

void SessionShell::save() {
  if (path().isEmpty()) {
    saveAs();
  } else {
    m_keeper.save(path());
  }
}

void SessionShell::saveAs() {
  const QString near = path().isEmpty() ? QStringLiteral("session.fusemoe.json") : path();
  askWhereToSave(m_window, near, [this](const QString& chosen) { m_keeper.save(chosen); });
}

void SessionShell::askForFile() {
  askForSession(m_window, path(), [this](const QString& chosen) { open(chosen); });
}

void SessionShell::autosaveIn(const QString& folder) {
  m_autosave = std::make_unique<Autosave>(folder, m_context.document, m_keeper);
  connect(m_autosave.get(), &Autosave::saved, this,
          [this] { m_status.say(tr("Autosaved"), tr("Kept until the next start, whatever happens")); });
  connect(m_autosave.get(), &Autosave::failed, this, [this](const Error& error) {
    m_messages.show({MessageKind::Warning,
                     tr("The session cannot be kept automatically. %1").arg(QString::fromStdString(error.line())),
                     QString::fromStdString(error.detail),
                     {{tr("Save session …"), [this] { saveAs(); }}}});
  });
  const std::vector<Leftover> leftovers = m_autosave->takeLeftovers();
  for (auto leftover = leftovers.rbegin(); leftover != leftovers.rend(); ++leftover) offer(*leftover);
}

bool SessionShell::startWithLast() {
  const QString last = m_autosave ? m_autosave->lastSession() : QString();
  if (last.isEmpty()) return false;
  m_keeper.open(last, SessionKeeper::As::Start, SessionKeeper::Origin::Autosave);
  return true;
}

void SessionShell::offer(const Leftover& leftover) {
  const auto restore = [this, leftover] {
    m_keeper.open(leftover.path, SessionKeeper::As::Command, SessionKeeper::Origin::Autosave);
    m_autosave->discardAtEnd(leftover);
  };
  m_messages.show({MessageKind::Question,
                   tr("The last session ended unexpectedly. It was kept %1. Restore it?")
                       .arg(QLocale().toString(leftover.saved, QLocale::ShortFormat)),
                   {},
                   {{tr("Restore"), restore}, {tr("Discard"), [leftover] { Autosave::discard(leftover); }}}});
}

void SessionShell::askAboutMissing(FileRole role, const QString& path, const Error& error) {
  const QString name = QFileInfo(path).fileName();
  const bool model = role == FileRole::Model;
  const QString text = QFileInfo::exists(path) ? QString::fromStdString(error.line())
                       : model                 ? tr("The model %1 was not found.").arg(name)
                                               : tr("The cohort %1 was not found.").arg(name);
  const QString detail = QString::fromStdString(error.detail);
  m_messages.show({MessageKind::Question,
                   text,
                   detail.isEmpty() ? path : path + '\n' + detail,
                   {{tr("Find …"), [this, role, path] { find(role, path); }},
                    {tr("Without it"), [this, role] { m_keeper.goWithout(role); }}}});
}

void SessionShell::askAboutOther(FileRole role, const QString& path) {
  const QString name = QFileInfo(path).fileName();
  const QString text = role == FileRole::Model
                           ? tr("%1 is not the model this session was saved with; its numbers may differ.").arg(name)
                           : tr("%1 is not the cohort this session was saved with; its stays may be others.").arg(name);
  m_messages.show({MessageKind::Question,
                   text,
                   tr("%1\nIts SHA-256 digest is another than the session's.").arg(path),
                   {{tr("Use it"), [] {}},
                    {tr("Find …"), [this, role, path] { find(role, path); }},
                    {tr("Without it"), [this, role] { m_keeper.goWithout(role); }}}});
}

void SessionShell::find(FileRole role, const QString& near) {
  const auto use = [this, role](const QString& chosen) { m_keeper.useInstead(role, chosen); };
  if (role == FileRole::Model) {
    askForModel(m_window, near, use);
  } else {
    askForCohort(m_window, near, use);
  }
}

}  // namespace fusemoe::ui
