#include "charts/colour_bar.h"

#include <QPainter>
#include <algorithm>

#include "state/appearance.h"

namespace fusemoe::ui {
namespace {

constexpr int kHeight = 26;
constexpr int kBarHeight = 10;
constexpr int kLongest = 160;
constexpr int kShortest = 48;
constexpr int kGap = 8;

}  // namespace

ColourBar::ColourBar(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setAccessibleName(tr("Colour scale"));
}

void ColourBar::setScale(const Scale& scale) {
  m_scale = scale;
  setAccessibleDescription(tr("%1, from %2 to %3").arg(scale.title, scale.least, scale.most));
  update();
}

QSize ColourBar::sizeHint() const {
  return {240, kHeight};
}

void ColourBar::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  paint(painter, rect());
}

void ColourBar::paint(QPainter& painter, const QRect& area) const {
  const Theme& theme = m_context.appearance.theme();
  painter.setFont(themeFont(kCaptionPixels));
  const QFontMetrics metrics = painter.fontMetrics();
  const auto width = [&](const QString& text) { return text.isEmpty() ? 0 : metrics.horizontalAdvance(text) + kGap; };
  int x = area.left() + 2;
  const auto write = [&](const QString& text) {
    painter.setPen(theme.secondary);
    painter.drawText(QRect(x, area.top(), width(text) + 2, area.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
    x += width(text);
  };
  const int swatch = m_scale.empty.isEmpty() ? 0 : kBarHeight + kGap + 2 * kGap;
  const int texts = width(m_scale.title) + width(m_scale.least) + width(m_scale.most) + width(m_scale.empty) + swatch;
  const int length = std::clamp(area.width() - texts - kGap, kShortest, kLongest);
  const int top = area.center().y() - kBarHeight / 2;
  write(m_scale.title);
  write(m_scale.least);
  for (int i = 0; i < length; ++i)
    painter.fillRect(x + i, top, 1, kBarHeight, QColor(m_scale.map.at(double(i) / (length - 1))));
  painter.setPen(theme.border);
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(x - 1, top - 1, length + 1, kBarHeight + 1);
  x += length + kGap;
  write(m_scale.most);
  if (m_scale.empty.isEmpty()) return;
  x += 2 * kGap;
  painter.fillRect(x, top, kBarHeight, kBarHeight, theme.grid);
  painter.setPen(theme.border);
  painter.drawRect(x, top, kBarHeight, kBarHeight);
  x += kBarHeight + kGap;
  write(m_scale.empty);
}

}  // namespace fusemoe::ui
