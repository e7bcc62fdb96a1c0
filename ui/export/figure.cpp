#include "export/figure.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

#include "export/table_drawing.h"
#include "panels/panel_frame.h"
#include "state/document.h"

namespace fusemoe::ui {
namespace {

constexpr int kMargin = 16;
constexpr int kTitleHeight = 28;
constexpr int kFooterLine = 16;
constexpr int kLeastWidth = 480;
constexpr int kGap = 8;

/// The footer's lines, broken where they are wider than the figure.
QStringList brokenFooter(const Figure& figure, int width) {
  const QFontMetrics metrics(themeFont(kCaptionPixels));
  QStringList lines;
  for (const QString& line : figure.provenance.footer()) {
    QString current;
    for (const QString& part : line.split(QStringLiteral(" · "))) {
      const QString longer = current.isEmpty() ? part : current + QStringLiteral(" · ") + part;
      if (!current.isEmpty() && metrics.horizontalAdvance(longer) > width) {
        lines << current;
        current = part;
      } else {
        current = longer;
      }
    }
    lines << current;
  }
  return lines;
}

int innerWidth(const Figure& figure) {
  return std::max(kLeastWidth, figure.size.width());
}

}  // namespace

Figure recordFigure(const PanelFrame& panel, const Document& document, const Theme& theme, Identifiers identifiers) {
  const bool shown = identifiers == Identifiers::Shown;
  const auto plain = [&](const QString& text) {
    if (shown) return text;
    return withoutStay(withoutStay(text, document.state().stayId), document.state().reference.stayId.value_or(0));
  };
  Figure figure;
  figure.key = panel.key();
  figure.title = plain(panel.windowTitle());
  figure.subtitle = plain(panel.subtitle());
  figure.table = panel.table(shown);
  figure.provenance = provenanceOf(document, identifiers);
  figure.theme = theme;
  figure.size = panel.widget()->size();
  QPainter painter(&figure.content);
  if (panel.drawsIdentifiers() && !shown) {
    figure.size = drawTable(painter, figure.table, figure.size, theme);
  } else {
    panel.draw(painter, QRect(QPoint(0, 0), figure.size));
  }
  return figure;
}

QSize figureSize(const Figure& figure) {
  const int width = innerWidth(figure);
  const auto footer = static_cast<int>(brokenFooter(figure, width).size());
  return {width + 2 * kMargin,
          kMargin + kTitleHeight + figure.size.height() + 2 * kGap + footer * kFooterLine + kMargin};
}

void drawContent(QPainter& painter, const Figure& figure, const QRectF& area) {
  if (figure.size.isEmpty()) return;
  const double scale = std::min({area.width() / figure.size.width(), area.height() / figure.size.height()});
  painter.save();
  painter.translate(area.left() + (area.width() - scale * figure.size.width()) / 2, area.top());
  painter.scale(scale, scale);
  painter.setClipRect(QRect(QPoint(0, 0), figure.size));
  QPicture content = figure.content;
  content.play(&painter);
  painter.restore();
}

void drawFigure(QPainter& painter, const Figure& figure) {
  const QSize whole = figureSize(figure);
  const int width = innerWidth(figure);
  painter.fillRect(QRect(QPoint(0, 0), whole), figure.theme.surface);
  painter.setRenderHint(QPainter::Antialiasing);
  const QFont titleFont = themeFont(kBodyPixels, QFont::DemiBold);
  const QRect titleRow(kMargin, kMargin, width, kTitleHeight - kGap);
  painter.setFont(titleFont);
  painter.setPen(figure.theme.text);
  painter.drawText(titleRow, Qt::AlignLeft | Qt::AlignVCenter, figure.title);
  const int titleWidth = QFontMetrics(titleFont).horizontalAdvance(figure.title) + kGap;
  const QFont body = themeFont(kBodyPixels);
  painter.setFont(body);
  painter.setPen(figure.theme.secondary);
  painter.drawText(titleRow.adjusted(titleWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetrics(body).elidedText(figure.subtitle, Qt::ElideRight, width - titleWidth));
  drawContent(painter, figure, QRectF(kMargin, kMargin + kTitleHeight, width, figure.size.height()));
  int y = kMargin + kTitleHeight + figure.size.height() + kGap;
  painter.setPen(figure.theme.border);
  painter.drawLine(kMargin, y, kMargin + width, y);
  y += kGap;
  painter.setFont(themeFont(kCaptionPixels));
  const QStringList footer = brokenFooter(figure, width);
  for (qsizetype i = 0; i < footer.size(); ++i, y += kFooterLine) {
    painter.setPen(i + 1 == footer.size() ? figure.theme.warningText : figure.theme.secondary);
    painter.drawText(QRect(kMargin, y, width, kFooterLine), Qt::AlignLeft | Qt::AlignVCenter, footer.at(i));
  }
}

}  // namespace fusemoe::ui
