#pragma once

#include <QAbstractListModel>
#include <QKeySequence>
#include <QList>
#include <functional>
#include <optional>

namespace fusemoe::ui {

/// Something the palette can do.
struct Command {
  QString title;  ///< "Undo mask lipids"
  QString place;  ///< where else it is found ("Edit"); may be empty
  QKeySequence shortcut;
  bool enabled = true;
  std::optional<bool> checked;  ///< for what is on or off
  std::function<void()> run;
};

/// How well what was typed fits a text, and where. Letters must come in order, in any case; beginnings of words and
/// runs of letters count more. Nothing = does not fit. An empty pattern fits everything with score 0.
struct FuzzyMatch {
  int score = 0;
  QList<int> positions;  ///< of the matched letters, ascending
};
std::optional<FuzzyMatch> fuzzyMatch(const QString& pattern, const QString& text);

/// The commands that fit what was typed, best first; with nothing typed those used last come first. GUI thread.
class CommandModel : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role { PlaceRole = Qt::UserRole + 1, ShortcutRole, EnabledRole, PositionsRole };
  static constexpr qsizetype kRecent = 8;

  using QAbstractListModel::QAbstractListModel;

  void setCommands(QList<Command> commands);
  void setPattern(const QString& pattern);
  const Command& command(int row) const { return m_commands.at(m_shown.at(row).index); }
  /// Remembers it as used last.
  void noteUsed(int row);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  struct Shown {
    qsizetype index = 0;  ///< into m_commands
    int score = 0;
    QList<int> positions;
  };

  void filter();

  QList<Command> m_commands;
  QList<Shown> m_shown;
  QString m_pattern;
  QStringList m_recent;  // titles, latest first
};

}  // namespace fusemoe::ui
