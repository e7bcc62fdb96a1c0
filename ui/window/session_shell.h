#pragma once

#include <QObject>
#include <memory>

#include "state/autosave.h"
#include "state/session_keeper.h"
#include "state/view_context.h"

class QWidget;

namespace fusemoe::ui {

class MessageBar;
class StatusLine;

/// Sessions as the user meets them: saving and opening, questions about files that are missing or not the same, and the
/// offer of what a crash left behind. Asks in the message bar and in dialogs that hold nothing up.
class SessionShell : public QObject {
  Q_OBJECT

 public:
  /// All outlive it; `window` is its parent.
  SessionShell(const ViewContext& context, MessageBar& messages, StatusLine& status, QWidget& window);

  SessionKeeper& keeper() { return m_keeper; }
  /// The file saved to or opened last; empty = none.
  const QString& path() const { return m_keeper.path(); }

  void save();
  void saveAs();
  void askForFile();
  void open(const QString& path) { m_keeper.open(path, SessionKeeper::As::Command); }

  /// Keeps the session in `folder` from now on, and offers what other processes left there.
  void autosaveIn(const QString& folder);
  /// Begins with what the last clean end left in that folder. False where there is nothing.
  bool startWithLast();

 private:
  void offer(const Leftover& leftover);
  void askAboutMissing(FileRole role, const QString& path, const Error& error);
  void askAboutOther(FileRole role, const QString& path);
  void find(FileRole role, const QString& near);

  ViewContext m_context;
  MessageBar& m_messages;
  StatusLine& m_status;
  QWidget& m_window;
  SessionKeeper m_keeper;
  std::unique_ptr<Autosave> m_autosave;  // before the keeper goes: its last word is the keeper's session
};

}  // namespace fusemoe::ui
