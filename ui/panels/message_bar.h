#pragma once

#include <QFrame>
#include <QList>
#include <functional>

#include "base/result.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace fusemoe::ui {

enum class MessageKind { Error, Warning, Question, Hint, Done };

/// A button of a message. The message goes when it is pressed.
struct MessageAction {
  QString text;
  std::function<void()> run;
};

struct Message {
  MessageKind kind = MessageKind::Error;
  QString text;    ///< what, and what next
  QString detail;  ///< technical; may be empty
  QList<MessageAction> actions;
};

/// The one place where things are said: errors, warnings, questions, what was done; "Details" unfolds the technical
/// text. The newest is shown, the older ones come back as it is dismissed. Never modal; hidden when there is nothing.
class MessageBar : public QFrame {
  Q_OBJECT

 public:
  static constexpr int kMost = 20;  ///< messages; the oldest that asks nothing goes

  explicit MessageBar(QWidget* parent = nullptr);

  void show(Message message);
  void showError(const Error& error);
  /// Of the message shown.
  QString text() const;
  QString detail() const;
  const QList<QPushButton*>& buttons() const { return m_buttons; }
  /// Messages, with the one shown.
  qsizetype count() const { return m_messages.size(); }
  void dismiss();

 Q_SIGNALS:
  /// A message is to be seen.
  void shown(const fusemoe::ui::Message& message);

 private:
  void refresh();

  QList<Message> m_messages;  // the last is shown
  QLabel* m_mark;
  QLabel* m_text;
  QLabel* m_more;
  QLabel* m_detail;
  QScrollArea* m_detailArea;
  QPushButton* m_unfold;
  QHBoxLayout* m_row;
  QList<QPushButton*> m_buttons;
};

}  // namespace fusemoe::ui
