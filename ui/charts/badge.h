#pragma once

#include <QPainter>

#include "state/theme.h"

namespace fusemoe::ui {

/// A quiet word ("updating") in the upper right corner of a picture, in the painter's font.
inline void drawBadge(QPainter& painter, const QRect& picture, const QString& text, const Theme& theme) {
  constexpr int kHeight = 20;
  const int width = painter.fontMetrics().horizontalAdvance(text) + kHeight;
  const QRectF badge(picture.right() - width - 2, 2, width, kHeight);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.selection);
  painter.drawRoundedRect(badge, kHeight / 2.0, kHeight / 2.0);
  painter.setPen(theme.accent);
  painter.drawText(badge, Qt::AlignCenter, text);
}

}  // namespace fusemoe::ui
