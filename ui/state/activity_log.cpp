#include "state/activity_log.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace fusemoe::ui {
namespace {

/// Errors of engine and cohort may say which stay they were about; the log may be sent to a stranger.
QString withoutIdentifiers(QString text) {
  static const QRegularExpression kIdentifier(
      QStringLiteral("\\b(stays?|patients?|persons?|subjects?|hadm|aufenthalte?|stay_id|person_id)\\b([ =:]*)-?\\d+"
                     "(\\s*(,|and|und)\\s*-?\\d+)*"),
      QRegularExpression::CaseInsensitiveOption);
  return text.replace(kIdentifier, QStringLiteral("\\1\\2…"));
}

}  // namespace

void ActivityLog::add(LogKind kind, const QString& text, const QString& detail) {
  if (m_entries.size() >= kMost) {
    Q_EMIT aboutToDropOldest();
    m_entries.pop_front();
    Q_EMIT droppedOldest();
  }
  Q_EMIT aboutToAdd();
  m_entries.push_back({QDateTime::currentDateTime(), kind, withoutIdentifiers(text), withoutIdentifiers(detail)});
  Q_EMIT added();
}

QString logKindName(LogKind kind) {
  switch (kind) {
    case LogKind::Opened:
      return QCoreApplication::translate("fusemoe::ui::ActivityLog", "opened");
    case LogKind::Saved:
      return QCoreApplication::translate("fusemoe::ui::ActivityLog", "saved");
    case LogKind::Exported:
      return QCoreApplication::translate("fusemoe::ui::ActivityLog", "exported");
    case LogKind::Warning:
      return QCoreApplication::translate("fusemoe::ui::ActivityLog", "warning");
    case LogKind::Error:
      return QCoreApplication::translate("fusemoe::ui::ActivityLog", "error");
  }
  return {};
}

QString logLine(const LogEntry& entry) {
  QString line =
      QStringLiteral("%1  %2  %3")
          .arg(entry.time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), logKindName(entry.kind), entry.text);
  if (!entry.detail.isEmpty()) line += QStringLiteral("  [") + entry.detail + ']';
  return line;
}

}  // namespace fusemoe::ui
