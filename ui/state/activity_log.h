#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <deque>

namespace fusemoe::ui {

enum class LogKind { Opened, Saved, Exported, Warning, Error };

struct LogEntry {
  QDateTime time;
  LogKind kind = LogKind::Error;
  QString text;
  QString detail;  ///< technical; may be empty
};

/// What the program did and what went wrong, the oldest first; kept in memory while the program runs. It names files,
/// never patients: numbers after words like "stay" are taken out of what is added. GUI thread.
class ActivityLog : public QObject {
  Q_OBJECT

 public:
  static constexpr int kMost = 1000;  ///< entries; the oldest go

  using QObject::QObject;

  void add(LogKind kind, const QString& text, const QString& detail = {});
  const std::deque<LogEntry>& entries() const { return m_entries; }

 Q_SIGNALS:
  void aboutToAdd();
  void added();
  void aboutToDropOldest();
  void droppedOldest();

 private:
  std::deque<LogEntry> m_entries;
};

/// "opened", "saved", …
QString logKindName(LogKind kind);

/// One entry as a line of text, for copying.
QString logLine(const LogEntry& entry);

}  // namespace fusemoe::ui
