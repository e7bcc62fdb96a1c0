#include "models/log_model.h"

#include "state/activity_log.h"

namespace fusemoe::ui {

LogModel::LogModel(const ActivityLog& log, QObject* parent) : QAbstractTableModel(parent), m_log(log) {
  connect(&log, &ActivityLog::aboutToAdd, this, [this] {
    const int end = rowCount();
    beginInsertRows({}, end, end);
  });
  connect(&log, &ActivityLog::added, this, [this] { endInsertRows(); });
  connect(&log, &ActivityLog::aboutToDropOldest, this, [this] { beginRemoveRows({}, 0, 0); });
  connect(&log, &ActivityLog::droppedOldest, this, [this] { endRemoveRows(); });
}

int LogModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_log.entries().size());
}

int LogModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const LogEntry& entry = m_log.entries()[static_cast<std::size_t>(index.row())];
  if (role == Qt::ToolTipRole) return logLine(entry);
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Time:
      return entry.time.toString(QStringLiteral("HH:mm:ss"));
    case Kind:
      return logKindName(entry.kind);
    default:
      return entry.text;
  }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QString titles[kColumns] = {tr("Time"), tr("Kind"), tr("What")};
  return section >= 0 && section < kColumns ? titles[section] : QVariant();
}

}  // namespace fusemoe::ui
