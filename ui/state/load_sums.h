#pragma once

#include <QObject>
#include <vector>

#include "state/row_pass.h"
#include "state/stay_query.h"
#include "state/sweep_table.h"

namespace fusemoe::ui {

class CohortSweep;
class Document;

/// The load of the shown layer over the document's load scope, as far as the sweep knows it: of all stays, or of those
/// that pass the filter. Kept up to date stay by stay; a new filter is gone through in short turns, and the old sum
/// stands until that is done. GUI thread.
class LoadSums : public QObject {
  Q_OBJECT

 public:
  LoadSums(const Document& document, const CohortSweep& sweep, QObject* parent = nullptr);

  /// Null for one stay's load, and where nothing is known yet.
  const LoadSum* sum() const;
  /// Stays in the scope; for a filter by risk, of those whose risk is known.
  int stays() const;
  /// The scope is a filter by risk, which stays join as their risk comes to be known.
  bool byRisk() const { return ofSlice() && m_query.usesRisk(); }

 Q_SIGNALS:
  void changed();

 private:
  bool ofSlice() const;
  void restart();
  void add(const std::vector<int>& rows);
  void take(int row);
  /// Whether a row passes, where the sweep's table is that of the document's stays.
  bool passes(int row) const;

  const Document& m_document;
  const CohortSweep& m_sweep;
  StayQuery m_query;
  LoadSum m_shown;
  LoadSum m_next;  // being summed
  int m_shownStays = 0;
  int m_nextStays = 0;
  RowPass m_pass;
};

}  // namespace fusemoe::ui
