#include "panels/pattern_delegate.h"

#include <QPainter>
#include <algorithm>

#include "models/stay_list_model.h"
#include "panels/tabular_text.h"
#include "state/appearance.h"

namespace fusemoe::ui {
namespace {

constexpr int kPadding = 8;
constexpr int kRoomy = 6;  // so many modalities still have large squares
constexpr int kBarWidth = 24;
constexpr int kBarHeight = 4;

struct Squares {
  int size, pitch;
};
Squares squaresFor(qsizetype modalities) {
  return modalities <= kRoomy ? Squares{9, 12} : Squares{7, 9};
}

int baselineOf(const QRect& cell, const QFontMetrics& metrics) {
  return cell.top() + (cell.height() + metrics.ascent() - metrics.descent()) / 2;
}

}  // namespace

PatternDelegate::PatternDelegate(const ViewContext& context, const StayListModel& stays, QObject* parent)
    : QStyledItemDelegate(parent), m_context(context), m_stays(stays) {}

int PatternDelegate::patternWidth() const {
  const qsizetype modalities = m_stays.pattern().size();
  return static_cast<int>(modalities) * squaresFor(modalities).pitch + 2 * kPadding - 4;
}

int PatternDelegate::idWidth() const {
  // Ids ascend and are not negative, so the last is the longest.
  const QString longest = QString::number(m_stays.longestId());
  return std::max(54, tabularWidth(QFontMetrics(themeFont(kBodyPixels)), longest) + 2 * kPadding);
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
      drawTabular(*painter, QPoint(cell.left(), baselineOf(cell, painter->fontMetrics())), text);
    } else if (index.column() == StayListModel::RiskColumn) {
      drawRisk(*painter, cell, index);
    } else {
      const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, cell.width());
      painter->drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, shown);
    }
  }
  painter->restore();
}

void PatternDelegate::drawRisk(QPainter& painter, const QRect& cell, const QModelIndex& index) const {
  const Theme& theme = m_context.appearance.theme();
  const QVariant risk = index.data(StayListModel::RiskRole);
  const QString text = index.data().toString();
  const int right = cell.right() - kPadding + 2;
  const int width = tabularWidth(painter.fontMetrics(), text);
  painter.setPen(risk.isValid() ? theme.text : theme.secondary);
  drawTabular(painter, QPoint(right - width, baselineOf(cell, painter.fontMetrics())), text);
  if (!risk.isValid()) return;
  const QRectF track(cell.left() - 2, cell.center().y() - kBarHeight / 2.0 + 1, kBarWidth, kBarHeight);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.border);
  painter.drawRoundedRect(track, 2, 2);
  painter.setBrush(theme.accent);
  painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(std::max(2.0, risk.toDouble() * kBarWidth), kBarHeight)), 2,
                          2);
}

void PatternDelegate::drawPattern(QPainter& painter, const QRect& cell, quint32 present) const {
  const Theme& theme = m_context.appearance.theme();
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& pattern = m_stays.pattern();
  const auto [size, pitch] = squaresFor(pattern.size());
  for (qsizetype i = 0; i < pattern.size(); ++i) {
    const QRectF square(cell.left() + kPadding + double(i) * pitch, cell.center().y() - (size - 1) / 2.0, size, size);
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
