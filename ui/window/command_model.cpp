#include "window/command_model.h"

#include <QVariant>
#include <algorithm>
#include <utility>

namespace fusemoe::ui {
namespace {

constexpr int kLetter = 1;
constexpr int kRun = 5;
constexpr int kWordStart = 8;
constexpr int kTextStart = 4;

bool startsWord(const QString& text, qsizetype at) {
  return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

/// Greedy from one start: the next letter is taken at a word's beginning where there is one, else where it comes first.
std::optional<FuzzyMatch> matchFrom(const QString& pattern, const QString& text, qsizetype start) {
  FuzzyMatch match;
  qsizetype at = start;
  qsizetype previous = -2;
  for (const QChar letter : pattern) {
    qsizetype found = text.indexOf(letter, at);
    if (found < 0) return std::nullopt;
    if (found != previous + 1) {
      for (qsizetype other = found; other >= 0; other = text.indexOf(letter, other + 1)) {
        if (!startsWord(text, other)) continue;
        found = other;
        break;
      }
    }
    match.score += kLetter + (found == previous + 1 ? kRun : 0) + (startsWord(text, found) ? kWordStart : 0) +
                   (found == 0 ? kTextStart : 0);
    match.positions.append(static_cast<int>(found));
    previous = found;
    at = found + 1;
  }
  return match;
}

}  // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString& pattern, const QString& text) {
  const QString wanted = pattern.toCaseFolded().remove(' ');
  const QString inside = text.toCaseFolded();
  if (wanted.isEmpty()) return FuzzyMatch{};
  // Where folding changes the length, positions would be off: match without marking.
  const bool markable = inside.size() == text.size();
  std::optional<FuzzyMatch> best;
  for (qsizetype start = inside.indexOf(wanted.front()); start >= 0;
       start = inside.indexOf(wanted.front(), start + 1)) {
    const std::optional<FuzzyMatch> match = matchFrom(wanted, inside, start);
    if (match && (!best || match->score > best->score)) best = match;
  }
  if (best && !markable) best->positions.clear();
  return best;
}

void CommandModel::setCommands(QList<Command> commands) {
  beginResetModel();
  m_commands = std::move(commands);
  filter();
  endResetModel();
}

void CommandModel::setPattern(const QString& pattern) {
  beginResetModel();
  m_pattern = pattern.trimmed();
  filter();
  endResetModel();
}

void CommandModel::filter() {
  m_shown.clear();
  for (qsizetype i = 0; i < m_commands.size(); ++i) {
    const Command& command = m_commands.at(i);
    std::optional<FuzzyMatch> match = fuzzyMatch(m_pattern, command.title);
    if (!match && (match = fuzzyMatch(m_pattern, command.place + ' ' + command.title))) {
      // A fit that needs the menu's name ranks behind and marks only what lies in the title.
      const int offset = static_cast<int>(command.place.size()) + 1;
      match->score /= 2;
      QList<int> inTitle;
      for (const int position : std::as_const(match->positions))
        if (position >= offset) inTitle.append(position - offset);
      match->positions = inTitle;
    }
    if (match) m_shown.append({i, match->score, match->positions});
  }
  const auto recency = [this](const Shown& entry) {
    const qsizetype at = m_recent.indexOf(m_commands.at(entry.index).title);
    return at < 0 ? kRecent : at;
  };
  std::ranges::stable_sort(m_shown, [&](const Shown& a, const Shown& b) {
    if (a.score != b.score) return a.score > b.score;
    const bool enabledA = m_commands.at(a.index).enabled, enabledB = m_commands.at(b.index).enabled;
    if (enabledA != enabledB) return enabledA;
    return recency(a) < recency(b);
  });
}

void CommandModel::noteUsed(int row) {
  const QString title = command(row).title;
  m_recent.removeAll(title);
  m_recent.prepend(title);
  while (m_recent.size() > kRecent) m_recent.removeLast();
}

int CommandModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant CommandModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Command& entry = command(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return entry.title;
    case Qt::AccessibleTextRole:
      return entry.place.isEmpty() ? entry.title : tr("%1, in %2").arg(entry.title, entry.place);
    case Qt::CheckStateRole:
      if (!entry.checked) return {};
      return *entry.checked ? Qt::Checked : Qt::Unchecked;
    case PlaceRole:
      return entry.place;
    case ShortcutRole:
      return entry.shortcut.toString(QKeySequence::NativeText);
    case EnabledRole:
      return entry.enabled;
    case PositionsRole:
      return QVariant::fromValue(m_shown.at(index.row()).positions);
    default:
      return {};
  }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex& index) const {
  // What cannot be done now stays selectable, so that the arrow keys pass over the list in order.
  return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

}  // namespace fusemoe::ui
