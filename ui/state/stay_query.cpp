#include "state/stay_query.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>

namespace fusemoe::ui {
namespace {

constexpr std::array<const char*, 4> kSplits{"none", "test", "train", "validation"};
constexpr std::size_t kMaxLabels = 64;
constexpr qsizetype kMaxIdDigits = 18;  // what fits a 64-bit id

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::text)
};

/// Words between spaces and commas; quotes keep a space within a word and are taken off; a comparison is one word
/// however it is spaced.
QStringList wordsOf(QString text) {
  static const QRegularExpression kRelation(QStringLiteral("\\brisk\\s*(>=|<=|=|>|<)\\s*"),
                                            QRegularExpression::CaseInsensitiveOption);
  text.replace(kRelation, QStringLiteral("risk\\1"));
  QStringList words;
  QString word;
  bool quoted = false;
  const auto finish = [&] {
    if (!word.isEmpty()) words << word;
    word.clear();
  };
  for (const QChar c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c.isSpace() || c == ',')) {
      finish();
    } else {
      word += c.toLower();
    }
  }
  finish();
  return words;
}

bool allDigits(const QString& word) {
  return !word.isEmpty() && std::ranges::all_of(word, [](QChar c) { return c >= '0' && c <= '9'; });
}

/// Whether a name, in its own language or in English, begins with a word.
bool begins(const QString& name, const char* english, const QString& word) {
  return name.toLower().startsWith(word) || QString::fromLatin1(english).startsWith(word);
}

}  // namespace

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

QString quotedWord(const QString& name) {
  const bool plain = std::ranges::none_of(name, [](QChar c) { return c.isSpace() || c == ','; });
  return plain ? name : QStringLiteral("\"%1\"").arg(name);
}

StayQuery::StayQuery(const QString& text, const CohortInfo& cohort) {
  for (const QString& word : wordsOf(text)) read(word, cohort);
}

void StayQuery::complain(const QString& problem) {
  if (m_problem.isEmpty()) m_problem = problem;
}

void StayQuery::read(const QString& word, const CohortInfo& cohort) {
  const bool negated = word.startsWith('-');
  const QString name = negated ? word.mid(1) : word;
  if (name.isEmpty()) return;
  const qsizetype colon = name.indexOf(':');
  const QString key = colon < 0 ? QString() : name.left(colon);
  const QString value = name.mid(colon + 1);
  if (!key.isEmpty() && value.isEmpty()) {
    complain(Text::tr("%1: what should it be?").arg(key));
  } else if (key == QStringLiteral("id") || (key.isEmpty() && allDigits(name))) {
    if (allDigits(value) && value.size() <= kMaxIdDigits) {
      m_ids.push_back({value.toLongLong(), negated});
    } else {
      complain(Text::tr("\"%1\" is no stay id.").arg(value));
    }
  } else if (key == QStringLiteral("label")) {
    readWord(value, negated, true, false, cohort);
  } else if (key == QStringLiteral("split")) {
    readWord(value, negated, false, true, cohort);
  } else if (!key.isEmpty()) {
    complain(Text::tr("\"%1:\" is not known; there are id:, label: and split:.").arg(key));
  } else if (negated || !readRisk(name)) {
    if (!readModality(name, negated, cohort)) readWord(name, negated, true, true, cohort);
  }
}

bool StayQuery::readRisk(const QString& word) {
  static const QRegularExpression kRisk(QStringLiteral("^risk(>=|<=|=|>|<)(.*)$"));
  const QRegularExpressionMatch match = kRisk.match(word);
  if (!match.hasMatch()) return false;
  const QString relation = match.captured(1);
  QString bound = match.captured(2);
  const bool percent = bound.endsWith('%');
  if (percent) bound.chop(1);
  bool fine = false;
  const double value = bound.toDouble(&fine) / (percent ? 100 : 1);
  if (!fine || !std::isfinite(value)) {
    complain(Text::tr("risk%1 needs a number, as in risk%1 0.3").arg(relation));
    return true;
  }
  const bool equal = relation.endsWith('=');
  const Relation kind = relation.startsWith('>')   ? (equal ? Relation::GreaterOrEqual : Relation::Greater)
                        : relation.startsWith('<') ? (equal ? Relation::LessOrEqual : Relation::Less)
                                                   : Relation::Equal;
  m_risks.push_back({kind, value});
  return true;
}

bool StayQuery::readModality(const QString& name, bool negated, const CohortInfo& cohort) {
  auto entry = std::ranges::find_if(cohort.modalities, [&](const CohortModality& modality) {
    return QString::fromStdString(modality.name).toLower() == name;
  });
  const auto begins = [&](const CohortModality& modality) {
    return QString::fromStdString(modality.name).toLower().startsWith(name) ||
           QString::fromStdString(modality.title).toLower().startsWith(name);
  };
  if (entry == cohort.modalities.end()) entry = std::ranges::find_if(cohort.modalities, begins);
  if (entry == cohort.modalities.end()) return false;
  (negated ? m_mustLack : m_mustHave) |= 1U << (entry - cohort.modalities.begin());
  return true;
}

void StayQuery::readWord(const QString& word, bool negated, bool labels, bool splits, const CohortInfo& cohort) {
  WordTerm term;
  term.negated = negated;
  const CohortTask task = cohort.tasks.empty() ? CohortTask() : cohort.tasks.front();
  for (std::size_t i = 0; labels && i < task.labels.size() && i < kMaxLabels; ++i) {
    if (QString::fromStdString(task.labels[i]).toLower().startsWith(word)) term.labels |= std::uint64_t{1} << i;
  }
  if (labels) {
    term.unknownLabel = begins(Text::tr("unknown"), "unknown", word);
    term.noLabel =
        task.kind == TaskKind::Binary ? begins(Text::tr("no"), "no", word) : begins(Text::tr("none"), "none", word);
  }
  for (std::size_t i = labels ? 1 : 0; splits && i < kSplits.size(); ++i) {  // a bare "none" means the label
    if (QString::fromLatin1(kSplits[i]).startsWith(word)) term.splits |= std::uint8_t(1U << i);
  }
  if (!term.labels && !term.unknownLabel && !term.noLabel && !term.splits) {
    complain(labels && splits ? Text::tr("Nothing here begins with \"%1\": no modality, label or split.").arg(word)
             : labels         ? Text::tr("No label begins with \"%1\".").arg(word)
                              : Text::tr("There is no split \"%1\"; there are train, validation and test.").arg(word));
  }
  m_words.push_back(term);
}

bool StayQuery::accepts(const StaySummary& stay, float risk) const {
  if ((stay.present & m_mustHave) != m_mustHave || (stay.present & m_mustLack) != 0) return false;
  for (const IdTerm& term : m_ids) {
    if (beginsWith(stay.stayId, term.prefix) == term.negated) return false;
  }
  for (const RiskTerm& term : m_risks) {
    const double value = double(risk);  // NaN meets none
    const bool holds = term.relation == Relation::Less             ? value < term.bound
                       : term.relation == Relation::LessOrEqual    ? value <= term.bound
                       : term.relation == Relation::Equal          ? risk == float(term.bound)
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

}  // namespace fusemoe::ui
