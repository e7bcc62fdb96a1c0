#pragma once

#include <QAbstractTableModel>

namespace fusemoe::ui {

class ActivityLog;

/// The activity log as a table, the oldest entry first.
class LogModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Time, Kind, Text, kColumns };

  /// `log` outlives the model.
  explicit LogModel(const ActivityLog& log, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  const ActivityLog& m_log;
};

}  // namespace fusemoe::ui
