#include "panels/slice_delegate.h"

#include <QPainter>

#include "models/slice_model.h"
#include "panels/tabular_text.h"
#include "state/appearance.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kPadding = 8;
constexpr int kMark = 3;  // width of the mark of the current slice

}  // namespace

SliceDelegate::SliceDelegate(const ViewContext& context, QObject* parent)
    : QStyledItemDelegate(parent), m_context(context) {}

QSize SliceDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
  return {160, kRowHeight};
}

void SliceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = m_context.appearance.theme();
  const QRect& row = option.rect;
  const bool current = index.data(SliceModel::CurrentRole).toBool();
  const bool suggested = index.data(SliceModel::KindRole).toInt() == int(SliceModel::Kind::Suggested);
  painter->save();
  if (current) {
    painter->fillRect(row, theme.selection);
    painter->fillRect(QRect(row.left(), row.top(), kMark, row.height()), theme.accent);
  } else if (option.state.testFlag(QStyle::State_MouseOver)) {
    painter->fillRect(row, theme.grid);
  }
  if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
    painter->setPen(theme.accent);
    painter->drawRect(row.adjusted(0, 0, -1, -1));
  }
  painter->setFont(themeFont(kBodyPixels));
  const QFontMetrics metrics = painter->fontMetrics();
  const QVariant stays = index.data(SliceModel::CountRole);
  const QString number = stays.isValid() ? count(stays.toInt()) : QStringLiteral("…");
  const int width = tabularWidth(metrics, number);
  const QRect cell = row.adjusted(kPadding, 0, -kPadding, 0);
  const int baseline = cell.top() + (cell.height() + metrics.ascent() - metrics.descent()) / 2;
  painter->setPen(suggested ? theme.secondary : theme.text);
  drawTabular(*painter, QPoint(cell.right() - width + 1, baseline), number);
  const QRect name = cell.adjusted(0, 0, -width - kPadding, 0);
  painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                    metrics.elidedText(index.data().toString(), Qt::ElideRight, name.width()));
  painter->restore();
}

}  // namespace fusemoe::ui
