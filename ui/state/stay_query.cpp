#include "state/stay_query.h"

#include <QCoreApplication>
#include <algorithm>

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::text)
};

QueryWords ownWords() {
  const auto lower = [](const QString& word) { return word.toLower().toStdString(); };
  return {lower(Text::tr("unknown")), lower(Text::tr("no")), lower(Text::tr("none"))};
}

QString sentence(const QueryProblem& problem) {
  using Kind = QueryProblem::Kind;
  const QString word = QString::fromStdString(problem.word);
  switch (problem.kind) {
    case Kind::None:
      return {};
    case Kind::NoValue:
      return Text::tr("%1: what should it be?").arg(word);
    case Kind::NoId:
      return Text::tr("\"%1\" is no stay id.").arg(word);
    case Kind::UnknownKey:
      return Text::tr("\"%1:\" is not known; there are id:, label: and split:.").arg(word);
    case Kind::RiskNumber:
      return Text::tr("risk%1 needs a number, as in risk%1 0.3").arg(word);
    case Kind::Nothing:
      return Text::tr("Nothing here begins with \"%1\": no modality, label or split.").arg(word);
    case Kind::NoLabel:
      return Text::tr("No label begins with \"%1\".").arg(word);
    case Kind::NoSplit:
      return Text::tr("There is no split \"%1\"; there are train, validation and test.").arg(word);
  }
  return {};
}

}  // namespace

QString quotedWord(const QString& name) {
  const bool plain = std::ranges::none_of(name, [](QChar c) { return c.isSpace() || c == ','; });
  return plain ? name : QStringLiteral("\"%1\"").arg(name);
}

StayQuery::StayQuery(const QString& text, const CohortInfo& cohort)
    : m_filter(text.toStdString(), cohort, ownWords()), m_problem(sentence(m_filter.problem())) {}

}  // namespace fusemoe::ui
