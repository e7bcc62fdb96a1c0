#include "panels/analysis/section.h"

#include <QLabel>
#include <QPainter>

#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr int kTitle = 18;
constexpr int kGap = 12;

}  // namespace

QLabel* sectionTitle(const QString& text) {
  auto* title = new QLabel(text);
  title->setObjectName(QStringLiteral("chartCaption"));
  title->setFixedHeight(kTitle);
  title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  title->setToolTip(text);
  return title;
}

QRect drawSectionTitle(QPainter& painter, const Theme& theme, const QRect& area, const QString& text) {
  painter.setFont(themeFont(12, QFont::DemiBold));
  painter.setPen(theme.text);
  painter.drawText(QRect(area.left() + 3, area.top(), area.width(), kTitle), Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
  return area.adjusted(0, kTitle + 2, 0, 0);
}

std::pair<QRect, QRect> splitRows(const QRect& area, double share) {
  const auto height = static_cast<int>((area.height() - kGap) * share);
  return {QRect(area.left(), area.top(), area.width(), height), area.adjusted(0, height + kGap, 0, 0)};
}

std::pair<QRect, QRect> splitColumns(const QRect& area, double share) {
  const auto width = static_cast<int>((area.width() - kGap) * share);
  return {QRect(area.left(), area.top(), width, area.height()), area.adjusted(width + kGap, 0, 0, 0)};
}

}  // namespace fusemoe::ui
