#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "cohort/cohort_store.h"

namespace fusemoe::ui {

/// What the first label of a stay says: bit i = label i holds.
struct LabelBits {
  std::uint64_t bits = 0;
  bool known = false;
};
LabelBits labelBits(const StaySummary& stay);

/// A filter of the stay list, read once for a cohort, asked for every stay. Words that must all hold, between spaces or
/// commas, in any case:
///   300            the id begins with these digits          id:300
///   lipids         the modality is there (name or title begins so)
///   died, test     the label or the split begins so         label:died  split:test
///   risk>0.3       also >= < <= =, and 30%; holds for no stay whose risk is not known
///   -word          the opposite of any word but risk
///   "heart failure" with its space, also label:"heart failure"
/// A word that cannot be read is named by problem(). One that is incomplete ("risk>") counts for nothing; one that
/// nothing is called by ("elephant") holds for no stay. A value; any thread.
class StayQuery {
 public:
  StayQuery() = default;
  StayQuery(const QString& text, const CohortInfo& cohort);

  /// `risk` is NaN where it is not known.
  bool accepts(const StaySummary& stay, float risk) const;
  bool acceptsAll() const { return !m_mustHave && !m_mustLack && m_ids.empty() && m_words.empty() && m_risks.empty(); }
  bool usesRisk() const { return !m_risks.empty(); }
  /// The first word that could not be read, in a sentence; empty when all could.
  const QString& problem() const { return m_problem; }

 private:
  struct IdTerm {
    std::int64_t prefix = 0;
    bool negated = false;
  };
  /// Labels or splits that begin with a word.
  struct WordTerm {
    std::uint64_t labels = 0;
    bool unknownLabel = false, noLabel = false;
    std::uint8_t splits = 0;  ///< bit of each split, as splitCode counts
    bool negated = false;
  };
  enum class Relation { Less, LessOrEqual, Equal, GreaterOrEqual, Greater };
  struct RiskTerm {
    Relation relation = Relation::Greater;
    double bound = 0;
  };

  void read(const QString& word, const CohortInfo& cohort);
  bool readRisk(const QString& word);
  bool readModality(const QString& name, bool negated, const CohortInfo& cohort);
  void readWord(const QString& word, bool negated, bool labels, bool splits, const CohortInfo& cohort);
  void complain(const QString& problem);

  std::uint32_t m_mustHave = 0;
  std::uint32_t m_mustLack = 0;
  std::vector<IdTerm> m_ids;
  std::vector<WordTerm> m_words;
  std::vector<RiskTerm> m_risks;
  QString m_problem;
};

/// 0 … 3: in no part, "test", "train", "validation" (so that they sort by name).
int splitCode(const StaySummary& stay);

/// True when the decimal digits of `id` begin with those of `prefix`; both ≥ 0.
bool beginsWith(std::int64_t id, std::int64_t prefix);

/// Quotes a name that a filter could not hold as one word ("heart failure").
QString quotedWord(const QString& name);

}  // namespace fusemoe::ui
