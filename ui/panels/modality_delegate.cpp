#include "panels/modality_delegate.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "models/modality_model.h"
#include "state/appearance.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr int kMargin = 3;
constexpr int kKeyWidth = 22;
constexpr int kBoxLeft = kMargin + kKeyWidth + 7;
constexpr int kBoxSize = 16;
constexpr int kTextLeft = kBoxLeft + kBoxSize + 9;
constexpr int kLineHeight = 18;

ModalityState stateOf(const QModelIndex& index) {
  return static_cast<ModalityState>(index.data(ModalityModel::StateRole).toInt());
}

}  // namespace

ModalityDelegate::ModalityDelegate(const ViewContext& context, QObject* parent)
    : QStyledItemDelegate(parent), m_context(context) {}

QSize ModalityDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
  return {200, kRowHeight};
}

void ModalityDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = m_context.appearance.theme();
  const QRect& row = option.rect;
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const bool pointed = m_context.selection.modality() == index.row();
  const bool focused =
      option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange);
  if (pointed || focused) {
    painter->setPen(focused ? QPen(theme.accent) : QPen(Qt::NoPen));
    painter->setBrush(pointed ? theme.selection : QColor(Qt::transparent));
    painter->drawRoundedRect(QRectF(row).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4);
  }
  if (index.row() > 0) painter->fillRect(QRect(row.left(), row.top(), row.width(), 1), theme.grid);
  drawKey(*painter, row, index.row());
  drawBox(*painter, row, index);
  const bool absent = stateOf(index) == ModalityState::Absent;
  const QString state = stateName(stateOf(index));
  painter->setFont(themeFont(kCaptionPixels));
  const int stateWidth = painter->fontMetrics().horizontalAdvance(state) + 4;
  const int top = row.top() + (kRowHeight - 2 * kLineHeight) / 2 + 1;
  const QRect title(row.left() + kTextLeft, top, row.width() - kTextLeft - stateWidth - 6, kLineHeight);
  painter->setPen(theme.secondary);
  painter->drawText(QRect(row.right() - stateWidth, title.top(), stateWidth - kMargin + 1, kLineHeight),
                    Qt::AlignVCenter | Qt::AlignRight, state);
  const QString detail = index.data(ModalityModel::DetailRole).toString();
  const QRect below(title.left(), title.top() + kLineHeight - 1, row.right() - kMargin - title.left(), kLineHeight);
  painter->drawText(below, Qt::AlignVCenter | Qt::AlignLeft,
                    painter->fontMetrics().elidedText(detail, Qt::ElideRight, below.width()));
  painter->setFont(themeFont(kBodyPixels));
  painter->setPen(absent ? theme.secondary : theme.text);
  painter->drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                    painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, title.width()));
  painter->restore();
}

void ModalityDelegate::drawKey(QPainter& painter, const QRect& row, int modality) const {
  if (modality >= 9) return;  // keys 1 … 9 only
  const Theme& theme = m_context.appearance.theme();
  const QRectF key(row.left() + kMargin + 0.5, row.center().y() - 8 + 0.5, kKeyWidth - 1, 17);
  painter.setPen(theme.border);
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(key, 3, 3);
  painter.setPen(theme.secondary);
  painter.setFont(themeFont(kCaptionPixels));
  painter.drawText(key, Qt::AlignCenter, QString::number(modality + 1));
}

void ModalityDelegate::drawBox(QPainter& painter, const QRect& row, const QModelIndex& index) const {
  const Theme& theme = m_context.appearance.theme();
  const QColor colour = theme.modality(index.row());
  const QRectF box(row.left() + kBoxLeft, row.center().y() - kBoxSize / 2.0 + 1, kBoxSize, kBoxSize);
  const ModalityState state = stateOf(index);
  if (state == ModalityState::Present) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(QPen(theme.dark ? theme.surface : QColor(Qt::white), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF corner = box.topLeft();
    painter.drawPolyline(QPolygonF({corner + QPointF(4, 8.5), corner + QPointF(7, 11.5), corner + QPointF(12, 5)}));
    return;
  }
  const QRectF frame = box.adjusted(1, 1, -1, -1);
  painter.setBrush(Qt::NoBrush);
  if (state == ModalityState::Masked) {
    painter.setPen(QPen(colour, 2));
    painter.drawRoundedRect(frame, 3, 3);
    return;
  }
  painter.setPen(QPen(theme.faint, 1, Qt::DashLine));
  painter.drawRoundedRect(frame, 3, 3);
  painter.setPen(QPen(theme.faint, 1.2));
  painter.drawEllipse(box.center(), 2.8, 2.8);
  painter.drawLine(box.center() + QPointF(-3.6, 3.6), box.center() + QPointF(3.6, -3.6));
}

bool ModalityDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) {
  if (!index.flags().testFlag(Qt::ItemIsUserCheckable)) return false;
  if (event->type() == QEvent::MouseButtonRelease) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton || !option.rect.contains(mouse->pos())) return false;
  } else if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Space && key != Qt::Key_Select) return false;
  } else {
    return false;
  }
  const bool checked = index.data(Qt::CheckStateRole).value<Qt::CheckState>() == Qt::Checked;
  return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

}  // namespace fusemoe::ui
