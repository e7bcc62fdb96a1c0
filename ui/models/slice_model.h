#pragma once

#include <QAbstractListModel>
#include <vector>

#include "state/document.h"
#include "state/row_pass.h"
#include "state/stay_query.h"

namespace fusemoe::ui {

class CohortSweep;

/// Subsets of the open cohort: all stays, the user's named slices, and some that the data suggests (a modality missing,
/// a label that holds), each with the number of stays in it. Counting goes on in short turns of the event loop. Editing
/// a name pushes an undo command, as do save() and remove().
class SliceModel : public QAbstractListModel {
  Q_OBJECT

 public:
  enum class Kind { All, Named, Suggested };
  enum Role {
    FilterRole = Qt::UserRole,  ///< QString
    CountRole,                  ///< int; invalid while it is being counted
    KindRole,                   ///< int, a Kind
    CurrentRole,                ///< bool: the list shows this slice
  };

  SliceModel(Document& document, const CohortSweep& sweep, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  /// Renames a named slice; false for no name, or one that is taken.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

  /// Shows the slice in the list.
  void choose(int row);
  /// Names the filter of now; a slice of that name takes it over. False for an empty name or filter.
  bool save(const QString& name);
  /// Removes a named slice.
  void remove(int row);
  bool counting() const { return m_pass.running(); }

 private:
  struct Entry {
    Kind kind = Kind::All;
    QString name;
    QString filter;
    int count = -1;
    StayQuery query;
    bool operator==(const Entry& other) const {
      return kind == other.kind && name == other.name && filter == other.filter;
    }
  };

  void reload();
  std::vector<Entry> entries() const;
  void appendSuggestions(std::vector<Entry>& entries) const;
  Entry entry(Kind kind, const QString& name, const QString& filter) const;
  void count(bool onlyRisk);
  void take(const std::vector<int>& arrived);
  void refresh();
  int namedIndex(int row) const;

  Document& m_document;
  const CohortSweep& m_sweep;
  StayList m_stays;
  std::vector<Entry> m_entries;
  std::vector<int> m_counts;  // of the pass under way; -1 = not counted in it
  RowPass m_pass;
};

}  // namespace fusemoe::ui
