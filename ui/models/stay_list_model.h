#pragma once

#include <QAbstractTableModel>
#include <QList>

#include "state/document.h"

namespace fusemoe::ui {

/// The stays of the open cohort as a table: a thin adapter, rows in ascending stay id.
class StayListModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { StayColumn, PresentColumn, LabelColumn, SplitColumn, ColumnCount };
  enum Role {
    StayIdRole = Qt::UserRole,  ///< qint64
    PresentRole,                ///< quint32, bit i = modality i of the cohort
  };
  /// One modality of the cohort as the pattern column draws it.
  struct PatternEntry {
    QString name;
    QString title;
    int colour = -1;  ///< index in the open model, whose colour it takes; -1 = the model does not use it
  };

  explicit StayListModel(Document& document, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  const StaySummary& stay(int row) const { return m_stays->at(static_cast<std::size_t>(row)); }
  /// Row of a stay, or -1.
  int rowOf(std::int64_t stayId) const;
  QString label(const StaySummary& stay) const;
  /// In the cohort's order, as the bits of PresentRole.
  const QList<PatternEntry>& pattern() const { return m_pattern; }

 private:
  void reload();
  void readPattern();
  QString presentText(std::uint32_t present) const;

  Document& m_document;
  StayList m_stays;
  QList<PatternEntry> m_pattern;
};

}  // namespace fusemoe::ui
