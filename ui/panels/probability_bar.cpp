#include "panels/probability_bar.h"

#include <QPainter>

#include "state/appearance.h"

namespace fusemoe::ui {
namespace {

constexpr int kBarTop = 6;
constexpr int kBarHeight = 8;
constexpr int kHeight = 36;

}  // namespace

ProbabilityBar::ProbabilityBar(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setAccessibleName(tr("Probability from 0 to 1"));
}

void ProbabilityBar::setValues(double value, double unmasked) {
  m_value = value;
  m_unmasked = unmasked;
  update();
}

QSize ProbabilityBar::sizeHint() const { return {160, kHeight}; }

void ProbabilityBar::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& theme = m_context.appearance.theme();
  const QRectF track(0, kBarTop, width(), kBarHeight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.grid);
  painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
  painter.setClipRect(QRectF(0, 0, width() * m_value, height()));
  painter.setBrush(theme.accent);
  painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
  painter.setClipping(false);
  const double tick = qBound(1.0, width() * m_unmasked, width() - 1.0);
  painter.fillRect(QRectF(qRound(tick) - 1, kBarTop - 4, 2, kBarHeight + 8), theme.secondary);
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(theme.secondary);
  const QRectF captions(0, kBarTop + kBarHeight + 4, width(), 16);
  const QString name = tr("unmasked");
  const double half = painter.fontMetrics().horizontalAdvance(name) / 2.0;
  const double centre = qBound(14 + half, tick, width() - 14 - half);
  painter.drawText(captions, Qt::AlignLeft | Qt::AlignTop, QStringLiteral("0"));
  painter.drawText(captions, Qt::AlignRight | Qt::AlignTop, QStringLiteral("1"));
  painter.drawText(QRectF(centre - half, captions.top(), 2 * half + 1, 16), Qt::AlignHCenter | Qt::AlignTop, name);
}

}  // namespace fusemoe::ui
