#include "panels/stay_table.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include "models/stay_list_model.h"
#include "state/appearance.h"

namespace fusemoe::ui {
namespace {

constexpr qint64 kTypingMs = 2000;  // from one key to the next
constexpr int kMaxDigits = 18;      // what fits a 64-bit id

bool isDigit(const QString& text) {
  return text.size() == 1 && text.front() >= '0' && text.front() <= '9';
}

}  // namespace

StayTable::StayTable(const ViewContext& context, StayListModel& stays, QWidget* parent)
    : QTableView(parent), m_context(context), m_stays(stays) {
  setModel(&stays);
}

void StayTable::scrollBackTo(int value) {
  executeDelayedItemsLayout();
  verticalScrollBar()->setValue(value);
}

bool StayTable::typingId() const {
  return !m_typed.isNull() && m_sinceKey.isValid() && m_sinceKey.elapsed() < kTypingMs;
}

bool StayTable::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const QString text = static_cast<QKeyEvent*>(event)->text();
    if (text == QStringLiteral("#") || (typingId() && isDigit(text))) {
      event->accept();
      return true;
    }
  }
  return QTableView::event(event);
}

void StayTable::keyPressEvent(QKeyEvent* event) {
  const QString text = event->text();
  if (text == QStringLiteral("#")) {
    m_typed = QStringLiteral("");
    m_sinceKey.start();
  } else if (typingId() && isDigit(text) && m_typed.size() < kMaxDigits) {
    m_typed += text;
    m_sinceKey.start();
    const int row = m_stays.rowBeginningWith(m_typed.toLongLong());
    if (row >= 0) setCurrentIndex(m_stays.index(row, 0));
  } else {
    m_typed = QString();
    QTableView::keyPressEvent(event);
  }
}

QModelIndex StayTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) {
  const int rows = m_stays.rowCount();
  if (rows > 0 && action == MoveHome) return m_stays.index(0, 0);
  if (rows > 0 && action == MoveEnd) return m_stays.index(rows - 1, 0);
  return QTableView::moveCursor(action, modifiers);
}

void StayTable::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) {
  // Of a hundred thousand risks that arrive, those in sight are drawn.
  const int first = rowAt(0);
  const int last = rowAt(viewport()->height() - 1);
  const bool above = first >= 0 && bottomRight.row() < first;
  const bool below = last >= 0 && topLeft.row() > last;
  if (!above && !below) QTableView::dataChanged(topLeft, bottomRight, roles);
}

void StayTable::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (m_stays.rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setFont(themeFont(kBodyPixels));
  painter.setPen(m_context.appearance.theme().secondary);
  painter.drawText(viewport()->rect().adjusted(8, 8, -8, -8), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                   m_stays.stayCount() > 0 ? tr("No stay passes this filter.") : tr("Open a cohort to see its stays."));
}

}  // namespace fusemoe::ui
