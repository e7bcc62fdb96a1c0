#include "window/shortcut_sheet.h"

#include <QAction>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMainWindow>
#include <QPainter>
#include <algorithm>

#include "state/appearance.h"
#include "window/action_list.h"

namespace fusemoe::ui {
namespace {

constexpr int kMargin = 24;
constexpr int kLine = 22;
constexpr int kKeyWidth = 132;
constexpr int kColumnWidth = 356;
constexpr int kColumnGap = 24;
constexpr int kTitleHeight = 40;
constexpr qsizetype kMostKeyLetters = 18;

int heightOf(const ShortcutGroup& group) {
  return static_cast<int>(group.lines.size() + 2) * kLine;
}

/// Groups in reading order, filled column by column to about the same height. Column of each group.
QList<int> columnsOf(const QList<ShortcutGroup>& groups, int columns) {
  int total = 0;
  for (const ShortcutGroup& group : groups) total += heightOf(group);
  QList<int> column;
  int used = 0;
  for (const ShortcutGroup& group : groups) {
    const int middle = used + heightOf(group) / 2;
    column.append(std::min(columns - 1, middle * columns / std::max(1, total)));
    used += heightOf(group);
  }
  return column;
}

int tallest(const QList<ShortcutGroup>& groups, int columns) {
  const QList<int> column = columnsOf(groups, columns);
  QList<int> heights(columns, 0);
  for (qsizetype i = 0; i < groups.size(); ++i) heights[column.at(i)] += heightOf(groups.at(i));
  return heights.isEmpty() ? 0 : *std::ranges::max_element(heights);
}

QString keysOf(const QAction& action) {
  QStringList keys;
  for (const QKeySequence& sequence : action.shortcuts()) keys << sequence.toString(QKeySequence::NativeText);
  keys.removeDuplicates();
  if (keys.isEmpty()) return {};
  const QString two = keys.mid(0, 2).join(QStringLiteral(",  "));
  return two.size() <= kMostKeyLetters ? two : keys.first();
}

}  // namespace

ShortcutSheet::ShortcutSheet(const ViewContext& context, QMainWindow& window)
    : QFrame(&window), m_context(context), m_window(window) {
  setObjectName(QStringLiteral("shortcutSheet"));
  setAccessibleName(tr("Keyboard shortcuts"));
  setFocusPolicy(Qt::StrongFocus);
  m_window.installEventFilter(this);
  hide();
}

void ShortcutSheet::toggle() {
  if (isVisible()) {
    hide();
    return;
  }
  gather();
  place();
  show();
  raise();
  setFocus(Qt::PopupFocusReason);
}

void ShortcutSheet::gather() {
  m_groups.clear();
  QStringList said;
  for (const ListedAction& entry : listedActions(m_window)) {
    const QString keys = keysOf(*entry.action);
    if (keys.isEmpty()) continue;
    const QString title = entry.path.isEmpty() ? tr("Elsewhere") : entry.path.first();
    auto group = std::ranges::find(m_groups, title, &ShortcutGroup::title);
    if (group == m_groups.end()) group = m_groups.insert(m_groups.end(), {title, {}});
    group->lines.append({keys, entry.title()});
    said << group->lines.last().keys + ' ' + group->lines.last().text;
  }
  m_groups.append({tr("In lists and charts"),
                   {{tr("Arrows, Page keys"), tr("Move in a list")},
                    {tr("Space in Modalities"), tr("Mask or unmask")},
                    {tr("Tab, Shift+Tab"), tr("Next, previous control")},
                    {tr("Click in a chart"), tr("Select in every view")}}});
  setAccessibleDescription(said.join(QStringLiteral("; ")));
}

void ShortcutSheet::place() {
  const QSize room = m_window.size() - QSize(2 * kMargin, 2 * kMargin);
  const int most = std::max(1, (room.width() - 2 * kMargin + kColumnGap) / (kColumnWidth + kColumnGap));
  const auto heightFor = [this](int columns) { return tallest(m_groups, columns) + kTitleHeight + 2 * kMargin; };
  int columns = 1;
  while (columns < most && (heightFor(columns) > room.height() || heightFor(columns) > room.width() / 2)) ++columns;
  const int height = heightFor(columns);
  m_fits = height <= room.height();
  const QSize wanted(columns * (kColumnWidth + kColumnGap) - kColumnGap + 2 * kMargin, std::min(height, room.height()));
  setGeometry(
      QRect(QPoint((m_window.width() - wanted.width()) / 2, (m_window.height() - wanted.height()) / 2), wanted));
}

void ShortcutSheet::paintEvent(QPaintEvent* /*event*/) {
  const Theme& theme = m_context.appearance.theme();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), theme.window);
  painter.setPen(theme.border);
  painter.setBrush(theme.surface);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  painter.setPen(theme.text);
  painter.setFont(themeFont(kBodyPixels + 2, QFont::DemiBold));
  painter.drawText(QRect(kMargin, kMargin - 6, width() - 2 * kMargin, kTitleHeight), Qt::AlignLeft | Qt::AlignTop,
                   tr("Keyboard shortcuts"));
  painter.setPen(theme.secondary);
  painter.setFont(themeFont(kCaptionPixels));
  painter.drawText(QRect(kMargin, kMargin - 4, width() - 2 * kMargin, kTitleHeight), Qt::AlignRight | Qt::AlignTop,
                   tr("Esc closes"));
  const int columns = (width() - 2 * kMargin + kColumnGap) / (kColumnWidth + kColumnGap);
  const QList<int> column = columnsOf(m_groups, columns);
  QList<int> y(columns, kMargin + kTitleHeight - 8);
  for (qsizetype i = 0; i < m_groups.size(); ++i) {
    const int x = kMargin + column.at(i) * (kColumnWidth + kColumnGap);
    int& top = y[column.at(i)];
    painter.setFont(themeFont(kCaptionPixels, QFont::DemiBold));
    painter.setPen(theme.accent);
    painter.drawText(QRect(x, top, kColumnWidth, kLine), Qt::AlignLeft | Qt::AlignVCenter, m_groups.at(i).title);
    painter.setFont(themeFont(kBodyPixels));
    for (const ShortcutLine& line : m_groups.at(i).lines) {
      top += kLine;
      painter.setPen(theme.secondary);
      const QFontMetrics metrics = painter.fontMetrics();
      painter.drawText(QRect(x, top, kKeyWidth, kLine), Qt::AlignLeft | Qt::AlignVCenter,
                       metrics.elidedText(line.keys, Qt::ElideRight, kKeyWidth - 8));
      painter.setPen(theme.text);
      painter.drawText(QRect(x + kKeyWidth, top, kColumnWidth - kKeyWidth, kLine), Qt::AlignLeft | Qt::AlignVCenter,
                       metrics.elidedText(line.text, Qt::ElideRight, kColumnWidth - kKeyWidth));
    }
    top += 2 * kLine;
  }
}

void ShortcutSheet::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Question || event->key() == Qt::Key_F1)
    hide();
  else
    QFrame::keyPressEvent(event);
}

void ShortcutSheet::mousePressEvent(QMouseEvent* /*event*/) {
  hide();
}

bool ShortcutSheet::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &m_window && event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

}  // namespace fusemoe::ui
