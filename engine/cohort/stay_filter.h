#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cohort/cohort_store.h"

namespace fusemoe {

/// What the first label of a stay says: bit i = label i holds.
struct LabelBits {
  std::uint64_t bits = 0;
  bool known = false;
};
LabelBits labelBits(const StaySummary& stay);

/// 0 … 3: in no part, "test", "train", "validation" (so that they sort by name).
int splitCode(const StaySummary& stay);

/// True when the decimal digits of `id` begin with those of `prefix`; both ≥ 0.
bool beginsWith(std::int64_t id, std::int64_t prefix);

/// Lower case of ASCII and of the Latin-1 letters (Ä to Þ) in UTF-8; other letters stay as they are.
std::string lowerCase(std::string_view text);

/// Words of the language that are also understood in the user's own; lower case.
struct QueryWords {
  std::string unknown = "unknown", no = "no", none = "none";
};

/// Why a word could not be read.
struct QueryProblem {
  enum class Kind { None, NoValue, NoId, UnknownKey, RiskNumber, Nothing, NoLabel, NoSplit };
  Kind kind = Kind::None;
  std::string word;  ///< the word at fault; the relation of a RiskNumber
};
/// In English; empty for None.
std::string sentenceOf(const QueryProblem& problem);

/// A filter of stays, read once for a cohort, asked for every stay. Words that must all hold, between spaces or commas,
/// in any case:
///   300            the id begins with these digits          id:300
///   lipids         the modality is there (name or title begins so)
///   died, test     the label or the split begins so         label:died  split:test
///   risk>0.3       also >= < <= =, and 30%; holds for no stay whose risk is not known
///   -word          the opposite of any word but risk
///   "heart failure" with its space, also label:"heart failure"
/// A word that cannot be read is named by problem(). One that is incomplete ("risk>") counts for nothing; one that
/// nothing is called by ("elephant") holds for no stay. A value; any thread.
class StayFilter {
 public:
  StayFilter() = default;
  StayFilter(std::string_view text, const CohortInfo& cohort, const QueryWords& words = {});

  /// `risk` is NaN where it is not known.
  bool accepts(const StaySummary& stay, float risk) const;
  bool acceptsAll() const { return !m_mustHave && !m_mustLack && m_ids.empty() && m_words.empty() && m_risks.empty(); }
  bool usesRisk() const { return !m_risks.empty(); }
  /// The first word that could not be read.
  const QueryProblem& problem() const { return m_problem; }

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

  void read(const std::string& word, const CohortInfo& cohort, const QueryWords& words);
  bool readRisk(const std::string& word);
  bool readModality(const std::string& name, bool negated, const CohortInfo& cohort);
  void readWord(const std::string& word, bool negated, bool labels, bool splits, const CohortInfo& cohort,
                const QueryWords& words);
  void complain(QueryProblem::Kind kind, const std::string& word);

  std::uint32_t m_mustHave = 0;
  std::uint32_t m_mustLack = 0;
  std::vector<IdTerm> m_ids;
  std::vector<WordTerm> m_words;
  std::vector<RiskTerm> m_risks;
  QueryProblem m_problem;
};

}  // namespace fusemoe
