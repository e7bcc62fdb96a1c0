#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QTimer>
#include <chrono>
#include <vector>

#include "models/stay_order.h"
#include "state/document.h"
#include "state/stay_query.h"

namespace fusemoe::ui {

class CohortSweep;

/// The stays of the open cohort that pass the document's filter, in the order asked for, with what the sweep knows of
/// their risk. Another filter or cohort resets it; another order is a change of layout. 100,000 stays are filtered or
/// sorted in a few milliseconds, so it does either at once.
class StayListModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { StayColumn, PresentColumn, LabelColumn, RiskColumn, SplitColumn, ColumnCount };
  enum Role {
    StayIdRole = Qt::UserRole,  ///< qint64
    PresentRole,                ///< quint32, bit i = modality i of the cohort
    RiskRole,                   ///< float; invalid where it is not known
  };
  /// One modality of the cohort as the pattern column draws it.
  struct PatternEntry {
    QString name;
    QString title;
    int colour = -1;  ///< index in the open model, whose colour it takes; -1 = the model does not use it
  };
  /// While the list depends on risks that are still arriving, it is put in order this often.
  static constexpr std::chrono::milliseconds kArrangeEvery{1000};

  StayListModel(const Document& document, const CohortSweep& sweep, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

  /// Number of stays in the cohort.
  int stayCount() const { return m_stays ? static_cast<int>(m_stays->size()) : 0; }
  std::int64_t stayId(int row) const { return stay(row).stayId; }
  /// Row of a stay, or -1 when it is filtered out.
  int rowOf(std::int64_t stayId) const;
  /// First row whose id begins with these digits, or -1.
  int rowBeginningWith(std::int64_t prefix) const;
  const StayQuery& query() const { return m_query; }
  /// 0 without stays.
  std::int64_t longestId() const { return stayCount() > 0 ? m_stays->back().stayId : 0; }
  /// In the cohort's order, as the bits of PresentRole.
  const QList<PatternEntry>& pattern() const { return m_pattern; }

 Q_SIGNALS:
  /// Another cohort.
  void reloaded();

 private:
  const StaySummary& stay(int row) const {
    return (*m_stays)[static_cast<std::size_t>(m_places[static_cast<std::size_t>(row)])];
  }
  void reload();
  void readFilter();
  void readPattern();
  /// Sorts all stays anew.
  void order();
  /// Takes those that pass, in order.
  void filter();
  void take(const std::vector<int>& arrived);
  /// Order or filter depend on risks.
  bool followsRisk() const { return m_column == RiskColumn || m_query.usesRisk(); }
  void arrange();
  void arrangeByRisk();
  QString tip(int row) const;
  QString presentText(std::uint32_t present) const;
  QString riskText(int row) const;
  QString title(int column) const;

  const Document& m_document;
  const CohortSweep& m_sweep;
  StayList m_stays;
  QList<PatternEntry> m_pattern;
  std::string m_filter;
  StayQuery m_query;
  int m_column = StayColumn;
  Qt::SortOrder m_order = Qt::AscendingOrder;
  std::vector<int> m_ordered;  ///< places of all stays, sorted
  std::vector<int> m_places;   ///< those that pass: the place of each row's stay
  std::vector<int> m_rows;     ///< row of each place, or -1
  QTimer m_arrange;
};

}  // namespace fusemoe::ui
