#include "panels/analysis/fact_strip.h"

#include <QPainter>
#include <algorithm>

#include "state/appearance.h"

namespace fusemoe::ui {
namespace {

constexpr int kHeight = 46;
constexpr int kValuePixels = 20;
constexpr int kGap = 28;
constexpr int kLeft = 3;

}  // namespace

FactStrip::FactStrip(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context) {
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connect(&context.appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void FactStrip::setFacts(QList<Fact> facts) {
  m_facts = std::move(facts);
  QStringList said;
  for (const Fact& fact : m_facts) said << fact.caption + QStringLiteral(": ") + fact.value;
  setAccessibleName(said.join(QStringLiteral("; ")));
  setToolTip(said.join(QLatin1Char('\n')));
  update();
}

QSize FactStrip::sizeHint() const {
  return {240, kHeight};
}

void FactStrip::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  paint(painter, rect());
}

void FactStrip::paint(QPainter& painter, const QRect& area) const {
  if (m_facts.isEmpty()) return;
  const Theme& theme = m_context.appearance.theme();
  const QFont large = themeFont(kValuePixels, QFont::DemiBold), small = themeFont(kCaptionPixels);
  const QFontMetrics values(large), captions(small);
  QList<int> widths;
  int all = -kGap;
  for (const Fact& fact : m_facts) {
    widths << std::max(values.horizontalAdvance(fact.value), captions.horizontalAdvance(fact.caption)) + 2;
    all += widths.back() + kGap;
  }
  // Where they do not fit, each gets its share and captions are cut.
  const double share = std::min(1.0, double(area.width() - kLeft) / std::max(1, all));
  double x = area.left() + kLeft;
  painter.setRenderHint(QPainter::Antialiasing);
  for (qsizetype i = 0; i < m_facts.size(); ++i) {
    const Fact& fact = m_facts[i];
    const double width = widths[i] * share;
    painter.setFont(large);
    painter.setPen(fact.warn ? theme.warningText : theme.text);
    painter.drawText(QRectF(x, area.top(), width + kGap * share, 26), Qt::AlignLeft | Qt::AlignVCenter, fact.value);
    painter.setFont(small);
    painter.setPen(fact.warn ? theme.warningText : theme.secondary);
    painter.drawText(QRectF(x, area.top() + 26, width + 2, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     captions.elidedText(fact.caption, Qt::ElideRight, int(width) + 1));
    x += width + kGap * share;
  }
}

}  // namespace fusemoe::ui
