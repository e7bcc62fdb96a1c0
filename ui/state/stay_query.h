#pragma once

#include <QString>

#include "cohort/stay_filter.h"

namespace fusemoe::ui {

using fusemoe::beginsWith;
using fusemoe::LabelBits;
using fusemoe::labelBits;
using fusemoe::splitCode;

/// The filter language (cohort/stay_filter.h) as the window speaks it: with the words "unknown", "no" and "none" also
/// in the user's language, and problems in it.
class StayQuery {
 public:
  StayQuery() = default;
  StayQuery(const QString& text, const CohortInfo& cohort);

  /// `risk` is NaN where it is not known.
  bool accepts(const StaySummary& stay, float risk) const { return m_filter.accepts(stay, risk); }
  bool acceptsAll() const { return m_filter.acceptsAll(); }
  bool usesRisk() const { return m_filter.usesRisk(); }
  /// The first word that could not be read, in a sentence; empty when all could.
  const QString& problem() const { return m_problem; }

 private:
  StayFilter m_filter;
  QString m_problem;
};

/// Quotes a name that a filter could not hold as one word ("heart failure").
QString quotedWord(const QString& name);

}  // namespace fusemoe::ui
