#include "cohort/stay_filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace fusemoe {
namespace {

using Kind = QueryProblem::Kind;

constexpr std::array<std::string_view, 4> kSplits{"none", "test", "train", "validation"};
constexpr std::array<std::string_view, 5> kRelations{">=", "<=", "=", ">", "<"};
constexpr std::size_t kMaxLabels = 64;
constexpr std::size_t kMaxIdDigits = 18;  // what fits a 64-bit id
constexpr std::string_view kRisk = "risk";

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool isWordCharacter(char c) {
  return isDigit(c) || c == '_' || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// The relation that a text begins with, or none.
std::string_view relationAt(std::string_view text) {
  const auto found = std::ranges::find_if(kRelations, [text](std::string_view r) { return text.starts_with(r); });
  return found == kRelations.end() ? std::string_view() : *found;
}

/// Takes the spaces out of comparisons, so that each is one word: "risk > 0.3" becomes "risk>0.3".
std::string joinedComparisons(const std::string& text) {
  const auto skipSpaces = [&text](std::size_t at) {
    while (at < text.size() && isSpace(text[at])) ++at;
    return at;
  };
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const bool begins = i == 0 || !isWordCharacter(text[i - 1]);
    if (begins && text.compare(i, kRisk.size(), kRisk) == 0) {
      const std::size_t place = skipSpaces(i + kRisk.size());
      const std::string_view relation = relationAt(std::string_view(text).substr(place));
      if (!relation.empty()) {
        result.append(kRisk).append(relation);
        i = skipSpaces(place + relation.size());
        continue;
      }
    }
    result += text[i++];
  }
  return result;
}

/// Words between spaces and commas, in lower case; quotes keep a space within a word and are taken off.
std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : joinedComparisons(lowerCase(text))) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (isSpace(c) || c == ',')) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase(words, std::string());
  return words;
}

bool allDigits(const std::string& word) {
  return !word.empty() && std::ranges::all_of(word, isDigit);
}

/// Whether a name, in its own language or in English, begins with a word.
bool begins(const std::string& name, std::string_view english, const std::string& word) {
  return name.starts_with(word) || english.starts_with(word);
}

}  // namespace

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto c = static_cast<unsigned char>(lower[i]);
    if (c >= 'A' && c <= 'Z') lower[i] = static_cast<char>(c + 0x20);
    const bool latin = c >= 0x80 && c <= 0x9E && c != 0x97;  // second byte of À … Þ, but ×
    if (latin && i > 0 && static_cast<unsigned char>(lower[i - 1]) == 0xC3) lower[i] = static_cast<char>(c + 0x20);
  }
  return lower;
}

LabelBits labelBits(const StaySummary& stay) {
  LabelBits result;
  result.known = !stay.labels.empty() && !std::isnan(stay.labels.front());
  for (std::size_t i = 0; result.known && i < stay.labels.size() && i < kMaxLabels; ++i) {
    if (stay.labels[i] > 0.5F) result.bits |= std::uint64_t{1} << i;
  }
  return result;
}

int splitCode(const StaySummary& stay) {
  if (stay.split.empty()) return 0;
  return stay.split.front() == 'v' ? 3 : stay.split == kSplits[1] ? 1 : 2;
}

bool beginsWith(std::int64_t id, std::int64_t prefix) {
  while (id > prefix) {
    if (id < 10) return false;
    id /= 10;
  }
  return id == prefix;
}

std::string sentenceOf(const QueryProblem& problem) {
  const std::string& word = problem.word;
  switch (problem.kind) {
    case Kind::None:
      return {};
    case Kind::NoValue:
      return word + ": what should it be?";
    case Kind::NoId:
      return "\"" + word + "\" is no stay id.";
    case Kind::UnknownKey:
      return "\"" + word + ":\" is not known; there are id:, label: and split:.";
    case Kind::RiskNumber:
      return "risk" + word + " needs a number, as in risk" + word + " 0.3";
    case Kind::Nothing:
      return "Nothing here begins with \"" + word + "\": no modality, label or split.";
    case Kind::NoLabel:
      return "No label begins with \"" + word + "\".";
    case Kind::NoSplit:
      return "There is no split \"" + word + "\"; there are train, validation and test.";
  }
  return {};
}

StayFilter::StayFilter(std::string_view text, const CohortInfo& cohort, const QueryWords& words) {
  for (const std::string& word : wordsOf(text)) read(word, cohort, words);
}

void StayFilter::complain(Kind kind, const std::string& word) {
  if (m_problem.kind == Kind::None) m_problem = {kind, word};
}

void StayFilter::read(const std::string& word, const CohortInfo& cohort, const QueryWords& words) {
  const bool negated = word.starts_with('-');
  const std::string name = negated ? word.substr(1) : word;
  if (name.empty()) return;
  const auto colon = name.find(':');
  const std::string key = colon == std::string::npos ? std::string() : name.substr(0, colon);
  const std::string value = colon == std::string::npos ? name : name.substr(colon + 1);
  if (!key.empty() && value.empty()) {
    complain(Kind::NoValue, key);
  } else if (key == "id" || (key.empty() && allDigits(name))) {
    std::int64_t id = 0;
    if (allDigits(value) && value.size() <= kMaxIdDigits) {
      std::from_chars(value.data(), value.data() + value.size(), id);
      m_ids.push_back({id, negated});
    } else {
      complain(Kind::NoId, value);
    }
  } else if (key == "label") {
    readWord(value, negated, true, false, cohort, words);
  } else if (key == "split") {
    readWord(value, negated, false, true, cohort, words);
  } else if (!key.empty()) {
    complain(Kind::UnknownKey, key);
  } else if (negated || !readRisk(name)) {
    if (!readModality(name, negated, cohort)) readWord(name, negated, true, true, cohort, words);
  }
}

bool StayFilter::readRisk(const std::string& word) {
  if (!word.starts_with(kRisk)) return false;
  const std::string_view relation = relationAt(std::string_view(word).substr(kRisk.size()));
  if (relation.empty()) return false;
  std::string_view bound = std::string_view(word).substr(kRisk.size() + relation.size());
  const bool percent = bound.ends_with('%');
  if (percent) bound.remove_suffix(1);
  if (bound.starts_with('+')) bound.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(bound.data(), bound.data() + bound.size(), value);
  if (error != std::errc() || end != bound.data() + bound.size() || !std::isfinite(value)) {
    complain(Kind::RiskNumber, std::string(relation));
    return true;
  }
  const Relation kind = relation == ">="   ? Relation::GreaterOrEqual
                        : relation == ">"  ? Relation::Greater
                        : relation == "<=" ? Relation::LessOrEqual
                        : relation == "<"  ? Relation::Less
                                           : Relation::Equal;
  m_risks.push_back({kind, value / (percent ? 100 : 1)});
  return true;
}

bool StayFilter::readModality(const std::string& name, bool negated, const CohortInfo& cohort) {
  auto entry = std::ranges::find_if(cohort.modalities,
                                    [&](const CohortModality& modality) { return lowerCase(modality.name) == name; });
  const auto beginning = [&](const CohortModality& modality) {
    return lowerCase(modality.name).starts_with(name) || lowerCase(modality.title).starts_with(name);
  };
  if (entry == cohort.modalities.end()) entry = std::ranges::find_if(cohort.modalities, beginning);
  if (entry == cohort.modalities.end()) return false;
  (negated ? m_mustLack : m_mustHave) |= 1U << (entry - cohort.modalities.begin());
  return true;
}

void StayFilter::readWord(const std::string& word, bool negated, bool labels, bool splits, const CohortInfo& cohort,
                          const QueryWords& words) {
  WordTerm term;
  term.negated = negated;
  const CohortTask task = cohort.tasks.empty() ? CohortTask() : cohort.tasks.front();
  for (std::size_t i = 0; labels && i < task.labels.size() && i < kMaxLabels; ++i) {
    if (lowerCase(task.labels[i]).starts_with(word)) term.labels |= std::uint64_t{1} << i;
  }
  if (labels) {
    term.unknownLabel = begins(words.unknown, "unknown", word);
    term.noLabel = task.kind == TaskKind::Binary ? begins(words.no, "no", word) : begins(words.none, "none", word);
  }
  for (std::size_t i = labels ? 1 : 0; splits && i < kSplits.size(); ++i) {  // a bare "none" means the label
    if (kSplits[i].starts_with(word)) term.splits |= static_cast<std::uint8_t>(1U << i);
  }
  if (!term.labels && !term.unknownLabel && !term.noLabel && !term.splits)
    complain(labels && splits ? Kind::Nothing : labels ? Kind::NoLabel : Kind::NoSplit, word);
  m_words.push_back(term);
}

bool StayFilter::accepts(const StaySummary& stay, float risk) const {
  if ((stay.present & m_mustHave) != m_mustHave || (stay.present & m_mustLack) != 0) return false;
  for (const IdTerm& term : m_ids) {
    if (beginsWith(stay.stayId, term.prefix) == term.negated) return false;
  }
  for (const RiskTerm& term : m_risks) {
    const auto value = static_cast<double>(risk);  // NaN meets none
    const bool holds = term.relation == Relation::Less             ? value < term.bound
                       : term.relation == Relation::LessOrEqual    ? value <= term.bound
                       : term.relation == Relation::Equal          ? risk == static_cast<float>(term.bound)
                       : term.relation == Relation::GreaterOrEqual ? value >= term.bound
                                                                   : value > term.bound;
    if (!holds) return false;
  }
  if (m_words.empty()) return true;
  const LabelBits labels = labelBits(stay);
  const unsigned split = 1U << splitCode(stay);
  return std::ranges::all_of(m_words, [&](const WordTerm& term) {
    const bool label = !labels.known      ? term.unknownLabel
                       : labels.bits == 0 ? term.noLabel
                                          : (labels.bits & term.labels) != 0;
    return (label || (term.splits & split) != 0) != term.negated;
  });
}

}  // namespace fusemoe
