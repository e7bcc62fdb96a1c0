#include "window/command_palette.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"
#include "window/action_list.h"
#include "window/actions.h"

namespace fusemoe::ui {
namespace {

constexpr int kWidth = 560;
constexpr int kRowHeight = 30;
constexpr int kRowsShown = 10;
constexpr int kTop = 72;
constexpr int kPad = 12;

/// Title with the typed letters in the accent, the menu dim behind it, the keys at the right end.
class CommandDelegate : public QStyledItemDelegate {
 public:
  CommandDelegate(const Appearance& appearance, QObject* parent) : QStyledItemDelegate(parent), m_look(appearance) {}

  QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const override {
    return {kWidth / 2, kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = m_look.theme();
    const bool enabled = index.data(CommandModel::EnabledRole).toBool();
    painter->save();
    if (option.state & QStyle::State_Selected) {
      painter->setRenderHint(QPainter::Antialiasing);
      painter->setPen(Qt::NoPen);
      painter->setBrush(theme.selection);
      painter->drawRoundedRect(QRectF(option.rect).adjusted(4, 1, -4, -1), 4, 4);
    }
    QRect row = option.rect.adjusted(kPad, 0, -kPad, 0);
    painter->setFont(themeFont(kCaptionPixels));
    painter->setPen(enabled ? theme.secondary : theme.faint);
    const QString keys = index.data(CommandModel::ShortcutRole).toString();
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, keys);
    if (!keys.isEmpty()) row.setRight(row.right() - painter->fontMetrics().horizontalAdvance(keys) - kPad);
    const int shown = drawTitle(*painter, row, index, enabled ? theme.text : theme.faint, theme.accent);
    row.setLeft(row.left() + shown + kPad);
    painter->setFont(themeFont(kCaptionPixels));
    painter->setPen(theme.faint);
    const QString place = index.data(CommandModel::PlaceRole).toString();
    painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(place, Qt::ElideRight, row.width()));
    painter->restore();
  }

 private:
  /// The width it took.
  static int drawTitle(QPainter& painter, const QRect& row, const QModelIndex& index, const QColor& colour,
                       const QColor& marked) {
    constexpr int kCheckWidth = 18;
    int used = 0;
    if (const QVariant check = index.data(Qt::CheckStateRole); check.isValid()) {
      painter.setFont(themeFont(kBodyPixels));
      painter.setPen(marked);
      if (check.toInt() == Qt::Checked) painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("✓"));
      used = kCheckWidth;
    }
    const QFont plain = themeFont(kBodyPixels), strong = themeFont(kBodyPixels, QFont::DemiBold);
    const QString title = QFontMetrics(strong).elidedText(index.data().toString(), Qt::ElideRight, row.width() - used);
    const auto positions = index.data(CommandModel::PositionsRole).value<QList<int>>();
    for (qsizetype at = 0; at < title.size();) {
      const bool mark = positions.contains(static_cast<int>(at));
      qsizetype end = at + 1;
      while (end < title.size() && positions.contains(static_cast<int>(end)) == mark) ++end;
      const QString part = title.mid(at, end - at);
      painter.setFont(mark ? strong : plain);
      painter.setPen(mark ? marked : colour);
      painter.drawText(row.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, part);
      used += painter.fontMetrics().horizontalAdvance(part);
      at = end;
    }
    return used;
  }

  const Appearance& m_look;
};

}  // namespace

CommandPalette::CommandPalette(const ViewContext& context, const Actions& actions, QMainWindow& window)
    : QFrame(&window),
      m_context(context),
      m_actions(actions),
      m_window(window),
      m_model(new CommandModel(this)),
      m_field(new QLineEdit),
      m_list(new QListView) {
  setObjectName(QStringLiteral("commandPalette"));
  setAccessibleName(tr("Commands"));
  setAttribute(Qt::WA_StyledBackground);
  m_field->setPlaceholderText(tr("Type a command, or the number of a stay"));
  m_field->setAccessibleName(tr("Command"));
  m_list->setModel(m_model);
  m_list->setItemDelegate(new CommandDelegate(context.appearance, m_list));
  m_list->setUniformItemSizes(true);
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setAccessibleName(tr("Commands that fit"));
  m_list->setFocusPolicy(Qt::NoFocus);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(6);
  column->addWidget(m_field);
  column->addWidget(m_list, 1);
  connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::adopt);
  connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
  hide();
}

void CommandPalette::toggle() {
  if (isVisible())
    dismiss();
  else
    open();
}

void CommandPalette::open() {
  m_before = QApplication::focusWidget();
  qApp->installEventFilter(this);
  m_gathered = modalityCommands() + gathered();
  m_field->clear();
  adopt(QString());
  place();
  show();
  raise();
  m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::dismiss() {
  qApp->removeEventFilter(this);
  const bool hadFocus = m_field->hasFocus();
  hide();
  if (hadFocus && m_before && m_window.isAncestorOf(m_before)) m_before->setFocus(Qt::PopupFocusReason);
  m_before = nullptr;
}

void CommandPalette::place() {
  const int width = std::min(kWidth, m_window.width() - 2 * kPad);
  const int wanted = m_field->sizeHint().height() + kRowsShown * kRowHeight + 24;
  setGeometry((m_window.width() - width) / 2, kTop, width, std::min(wanted, m_window.height() - kTop - kPad));
}

QList<Command> CommandPalette::gathered() const {
  QList<Command> commands;
  for (const ListedAction& entry : listedActions(m_window)) {
    const QPointer<QAction> action = entry.action;
    if (m_actions.modalities().contains(entry.action)) continue;  // said in words by modalityCommands()
    Command command;
    command.title = entry.title();
    command.place = entry.path.join(QStringLiteral(" ▸ "));
    command.shortcut = action->shortcut();
    command.enabled = action->isEnabled();
    if (action->isCheckable()) command.checked = action->isChecked();
    command.run = [action] {
      if (action) action->trigger();
    };
    commands.append(command);
  }
  return commands;
}

QList<Command> CommandPalette::modalityCommands() const {
  QList<Command> commands;
  Document& document = m_context.document;
  const int count = document.model() && document.sample() ? document.model()->config().modalityCount() : 0;
  for (int i = 0; i < count; ++i) {
    const ModalityState state = document.modalityState(i);
    const QString title = modalityTitle(document.model()->config(), i);
    Command command;
    command.title = state == ModalityState::Masked ? tr("Unmask %1").arg(title) : tr("Mask %1").arg(title);
    command.place = state == ModalityState::Absent ? tr("absent in this stay") : tr("Model");
    command.enabled = state != ModalityState::Absent;
    if (i < m_actions.modalities().size()) command.shortcut = m_actions.modalities().at(i)->shortcut();
    command.run = [&document, i] { document.toggleModality(i); };
    commands.append(command);
  }
  return commands;
}

QList<Command> CommandPalette::stayCommands(const QString& typed) const {
  bool number = false;
  const qint64 stay = typed.section(' ', -1).toLongLong(&number);
  if (!number || !m_context.document.stays()) return {};
  const auto& stays = *m_context.document.stays();
  const auto found = std::ranges::lower_bound(stays, stay, {}, &StaySummary::stayId);
  Command command;
  command.title = tr("Go to stay %1").arg(stay);
  command.enabled = found != stays.end() && found->stayId == stay;
  command.place = command.enabled ? tr("Cohort") : tr("not in this cohort");
  Document& document = m_context.document;
  command.run = [&document, stay] { document.selectStay(stay); };
  return {command};
}

void CommandPalette::adopt(const QString& typed) {
  m_model->setPattern(typed);
  m_model->setCommands(stayCommands(typed.trimmed()) + m_gathered);
  if (m_model->rowCount() > 0) m_list->setCurrentIndex(m_model->index(0));
}

void CommandPalette::move(int rows) {
  const int count = m_model->rowCount();
  if (count == 0) return;
  const int step = std::abs(rows) == 1 ? (m_list->currentIndex().row() + rows + count) % count
                                       : std::clamp(m_list->currentIndex().row() + rows, 0, count - 1);
  m_list->setCurrentIndex(m_model->index(step));
}

void CommandPalette::runCurrent() {
  const int row = m_list->currentIndex().row();
  if (row < 0 || !m_model->command(row).enabled) return;
  const std::function<void()> run = m_model->command(row).run;
  m_model->noteUsed(row);
  dismiss();
  run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (!isVisible()) return QFrame::eventFilter(watched, event);
  if (watched == &m_window && event->type() == QEvent::Resize) place();
  if (event->type() == QEvent::MouseButtonPress) {
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (widget && widget != this && !isAncestorOf(widget)) dismiss();
  }
  if (watched != m_field) return QFrame::eventFilter(watched, event);
  if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason) {
    dismiss();
  } else if (event->type() == QEvent::KeyPress) {
    switch (static_cast<QKeyEvent*>(event)->key()) {
      case Qt::Key_Escape:
        dismiss();
        return true;
      case Qt::Key_Down:
        move(1);
        return true;
      case Qt::Key_Up:
        move(-1);
        return true;
      case Qt::Key_PageDown:
        move(kRowsShown);
        return true;
      case Qt::Key_PageUp:
        move(-kRowsShown);
        return true;
      case Qt::Key_Return:
      case Qt::Key_Enter:
        runCurrent();
        return true;
      default:
        break;
    }
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace fusemoe::ui
