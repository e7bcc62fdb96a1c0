#include "panels/pattern_delegate.h"

#include <QPainter>

#include "models/stay_list_model.h"
#include "panels/tabular_text.h"
#include "state/appearance.h"

namespace fusemoe::ui {
namespace {

constexpr int kSquare = 9;
constexpr int kPitch = 12;
constexpr int kPadding = 8;

}  // namespace

PatternDelegate::PatternDelegate(const ViewContext& context, const StayListModel& stays, QObject* parent)
    : QStyledItemDelegate(parent), m_context(context), m_stays(stays) {}

int PatternDelegate::patternWidth() const {
  return static_cast<int>(m_stays.pattern().size()) * kPitch + 2 * kPadding;
}

void PatternDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = m_context.appearance.theme();
  painter->save();
  if (option.state.testFlag(QStyle::State_Selected)) {
    painter->fillRect(option.rect, theme.selection);
  } else if (option.state.testFlag(QStyle::State_MouseOver)) {
    painter->fillRect(option.rect, theme.grid);
  }
  if (index.column() == StayListModel::PresentColumn) {
    drawPattern(*painter, option.rect, index.data(StayListModel::PresentRole).toUInt());
  } else {
    const QRect cell = option.rect.adjusted(kPadding, 0, -2, 0);
    painter->setFont(themeFont(kBodyPixels));
    painter->setPen(index.column() == StayListModel::SplitColumn ? theme.secondary : theme.text);
    const QString text = index.data().toString();
    if (index.column() == StayListModel::StayColumn) {
      const QFontMetrics metrics = painter->fontMetrics();
      const int baseline = cell.top() + (cell.height() + metrics.ascent() - metrics.descent()) / 2;
      drawTabular(*painter, QPoint(cell.left(), baseline), text);
    } else {
      const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, cell.width());
      painter->drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, shown);
    }
  }
  painter->restore();
}

void PatternDelegate::drawPattern(QPainter& painter, const QRect& cell, quint32 present) const {
  const Theme& theme = m_context.appearance.theme();
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& pattern = m_stays.pattern();
  for (qsizetype i = 0; i < pattern.size(); ++i) {
    const QRectF square(cell.left() + kPadding + double(i) * kPitch, cell.center().y() - (kSquare - 1) / 2.0, kSquare,
                        kSquare);
    const QColor colour = pattern[i].colour < 0 ? theme.faint : theme.modality(pattern[i].colour);
    if ((present >> i) & 1U) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour);
      painter.drawRoundedRect(square, 2, 2);
    } else {
      painter.setPen(QPen(theme.faint, 1, Qt::DotLine));
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    }
  }
}

}  // namespace fusemoe::ui
