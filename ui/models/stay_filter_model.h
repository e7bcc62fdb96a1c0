#pragma once

#include <QList>
#include <QSortFilterProxyModel>
#include <QString>

namespace fusemoe::ui {

class StayListModel;

/// The stay list, filtered and sorted. A filter is words that all must hold: digits match the stay id's beginning, a
/// modality's name asks for it ("-lipids" for its absence), any other word must begin the label or the split.
class StayFilterModel : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit StayFilterModel(StayListModel& stays, QObject* parent = nullptr);

  void setFilter(const QString& text);
  std::int64_t stayId(int row) const;
  /// Row of a stay, or -1 when it is filtered out.
  int rowOf(std::int64_t stayId) const;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  void parse();

  StayListModel& m_stays;
  QString m_filter;
  QStringList m_idPrefixes;
  QStringList m_words;
  std::uint32_t m_mustHave = 0;
  std::uint32_t m_mustLack = 0;
};

}  // namespace fusemoe::ui
