#include "panels/probability_view.h"

#include <QPainter>

#include "panels/tabular_text.h"
#include "state/appearance.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kFigureHeight = 44;
constexpr int kFigureBaseline = 33;
constexpr int kLineHeight = 17;  // of the remark
constexpr int kBarTop = kFigureHeight + 5;
constexpr int kBarHeight = 8;
constexpr int kHeight = kBarTop + kBarHeight + 22;

}  // namespace

ProbabilityView::ProbabilityView(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ProbabilityView::setValues(double value, double reference, const QString& referenceName, const QString& remark) {
  m_value = value;
  m_reference = reference;
  m_referenceName = referenceName;
  m_remark = remark;
  setAccessibleName(tr("Probability %1, %2").arg(figure(), QString(remark).replace('\n', QStringLiteral(", "))));
  setToolTip(tr("P = %1, compared with %2, change %3: as the model gives it, not calibrated to any clinic")
                 .arg(number(value, 4), number(reference, 4), signedNumber(value - reference, 4)));
  update();
}

void ProbabilityView::setFaded(bool faded) {
  m_faded = faded;
  update();
}

QString ProbabilityView::figure() const {
  return number(m_value, 2);
}

QSize ProbabilityView::sizeHint() const {
  return {160, kHeight};
}

void ProbabilityView::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  paint(painter, rect());
}

void ProbabilityView::paint(QPainter& painter, const QRect& area) const {
  painter.save();
  painter.translate(area.topLeft());
  painter.setRenderHint(QPainter::Antialiasing);
  drawFigure(painter, area.width());
  drawBar(painter, area.width());
  painter.restore();
}

void ProbabilityView::drawFigure(QPainter& painter, int width) const {
  const Theme& theme = m_context.appearance.theme();
  painter.setFont(themeFont(kFigurePixels, QFont::DemiBold));
  painter.setPen(m_faded ? theme.faint : theme.text);
  drawTabular(painter, QPoint(-1, kFigureBaseline), figure());
  const int left = tabularWidth(painter.fontMetrics(), figure()) + 8;
  painter.setFont(themeFont(kBodyPixels));
  painter.setPen(theme.secondary);
  const QStringList lines = m_remark.split('\n');
  int baseline = kFigureBaseline - kLineHeight * static_cast<int>(lines.size() - 1);
  for (const QString& line : lines) {
    drawTabular(painter, QPoint(left, baseline), painter.fontMetrics().elidedText(line, Qt::ElideRight, width - left));
    baseline += kLineHeight;
  }
}

void ProbabilityView::drawBar(QPainter& painter, int width) const {
  const Theme& theme = m_context.appearance.theme();
  const QRectF track(0, kBarTop, width, kBarHeight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.grid);
  painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
  painter.save();
  painter.setClipRect(QRectF(0, 0, width * m_value, kHeight), Qt::IntersectClip);
  painter.setBrush(m_faded ? theme.faint : theme.accent);
  painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
  painter.restore();
  const double tick = qBound(1.0, width * m_reference, width - 1.0);
  painter.fillRect(QRectF(qRound(tick) - 1, kBarTop - 4, 2, kBarHeight + 8), theme.secondary);
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(theme.secondary);
  const QRectF captions(0, kBarTop + kBarHeight + 4, width, 16);
  const QString& name = m_referenceName;
  const double half = painter.fontMetrics().horizontalAdvance(name) / 2.0;
  const double centre = qBound(14 + half, tick, width - 14 - half);
  painter.drawText(captions, Qt::AlignLeft | Qt::AlignTop, QStringLiteral("0"));
  painter.drawText(captions, Qt::AlignRight | Qt::AlignTop, QStringLiteral("1"));
  painter.drawText(QRectF(centre - half, captions.top(), 2 * half + 1, 16), Qt::AlignHCenter | Qt::AlignTop, name);
}

}  // namespace fusemoe::ui
