#include "panels/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kMarkSize = 18;
constexpr int kTextWidth = 240;
constexpr int kDetailHeight = 96;
constexpr int kButtonsAt = 3;  // in the row: after mark, text and "2 more"

struct Look {
  const char* name;  // for the style sheet
  const char* mark;  // a second cue beside the colour
};

Look lookOf(MessageKind kind) {
  switch (kind) {
    case MessageKind::Error:
      return {"error", "!"};
    case MessageKind::Warning:
      return {"warning", "!"};
    case MessageKind::Question:
      return {"question", "?"};
    case MessageKind::Hint:
      return {"hint", "i"};
    case MessageKind::Done:
      return {"done", "✓"};
  }
  return {};
}

bool sameWords(const Message& a, const Message& b) {
  return a.kind == b.kind && a.text == b.text && a.detail == b.detail;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_mark(new QLabel),
      m_text(new QLabel),
      m_more(new QLabel),
      m_detail(new QLabel),
      m_detailArea(new QScrollArea),
      m_unfold(new QPushButton(tr("Details"))),
      m_row(new QHBoxLayout) {
  setObjectName(QStringLiteral("messageBar"));
  setAccessibleName(tr("Message"));
  m_mark->setObjectName(QStringLiteral("messageMark"));
  m_mark->setFixedSize(kMarkSize, kMarkSize);
  m_mark->setAlignment(Qt::AlignCenter);
  m_text->setWordWrap(true);
  m_text->setMinimumWidth(kTextWidth);  // a long word (a path) does not widen the window
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_more->setObjectName(QStringLiteral("messageMore"));
  m_detail->setWordWrap(true);
  m_detail->setTextFormat(Qt::PlainText);
  m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_detail->setObjectName(QStringLiteral("messageDetail"));
  m_detailArea->setObjectName(QStringLiteral("messageDetailArea"));
  m_detailArea->setFrameShape(QFrame::NoFrame);
  m_detailArea->setWidgetResizable(true);
  m_detailArea->setFixedHeight(kDetailHeight);
  m_detailArea->setWidget(m_detail);
  m_unfold->setCheckable(true);
  auto* close = new QPushButton(tr("Dismiss"));
  m_row->setSpacing(8);
  m_row->addWidget(m_mark);
  m_row->addWidget(m_text, 1);
  m_row->addWidget(m_more);
  m_row->addWidget(m_unfold);
  m_row->addWidget(close);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 6, 8, 6);
  column->addLayout(m_row);
  column->addWidget(m_detailArea);
  connect(m_unfold, &QPushButton::toggled, m_detailArea, &QWidget::setVisible);
  connect(close, &QPushButton::clicked, this, &MessageBar::dismiss);
  m_detailArea->hide();
  hide();
}

void MessageBar::show(Message message) {
  // Hints and what was done are said until something else is; the same words twice are one message, said again.
  m_messages.removeIf([&](const Message& other) {
    return other.kind == MessageKind::Done || other.kind == MessageKind::Hint || sameWords(other, message);
  });
  m_messages.append(std::move(message));
  if (m_messages.size() > kMost) {
    const auto asksNothing = [](const Message& other) { return other.kind != MessageKind::Question; };
    const auto oldest = std::find_if(m_messages.begin(), m_messages.end(), asksNothing);
    m_messages.erase(oldest == m_messages.end() ? m_messages.begin() : oldest);
  }
  refresh();
  if (!m_messages.isEmpty()) Q_EMIT shown(m_messages.last());
}

void MessageBar::showError(const Error& error) {
  show({MessageKind::Error, QString::fromStdString(error.line()), QString::fromStdString(error.detail), {}});
}

void MessageBar::dismiss() {
  if (!m_messages.isEmpty()) m_messages.removeLast();
  refresh();
}

void MessageBar::refresh() {
  for (QPushButton* button : std::as_const(m_buttons)) button->deleteLater();
  for (QPushButton* button : std::as_const(m_buttons)) m_row->removeWidget(button);
  m_buttons.clear();
  setVisible(!m_messages.isEmpty());
  if (m_messages.isEmpty()) return;
  const Message& message = m_messages.last();
  const Look look = lookOf(message.kind);
  setProperty("kind", QString::fromLatin1(look.name));
  for (QWidget* widget : {static_cast<QWidget*>(this), static_cast<QWidget*>(m_mark), static_cast<QWidget*>(m_text)}) {
    style()->unpolish(widget);
    style()->polish(widget);
  }
  m_mark->setText(QString::fromUtf8(look.mark));
  m_text->setText(message.text);
  m_text->setToolTip(message.text);
  m_detail->setText(message.detail);
  m_unfold->setChecked(false);
  m_unfold->setVisible(!message.detail.isEmpty());
  m_more->setVisible(m_messages.size() > 1);
  m_more->setText(tr("%1 more").arg(m_messages.size() - 1));
  for (const MessageAction& action : message.actions) {
    auto* button = new QPushButton(action.text);
    m_row->insertWidget(kButtonsAt + int(m_buttons.size()), button);
    m_buttons.append(button);
    // Answered: the message goes first, since the answer may bring the next one.
    connect(button, &QPushButton::clicked, this, [this, run = action.run] {
      dismiss();
      run();
    });
  }
}

QString MessageBar::text() const {
  return m_text->text();
}

QString MessageBar::detail() const {
  return m_detail->text();
}

}  // namespace fusemoe::ui
