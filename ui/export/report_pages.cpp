// The pages of a report. Units are pixels of 96 to the inch, so that sizes are those of the screen.
#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <algorithm>

#include "export/report.h"
#include "export/table_drawing.h"

namespace fusemoe::ui {
namespace {

constexpr int kDpi = 96;
constexpr int kMarginMm = 16;
constexpr int kFooterHeight = 28;
constexpr int kGap = 12;
constexpr int kHeading = 28;
constexpr int kCaptionHeight = 20;
constexpr double kTableShare = 0.8;
constexpr double kNarrow = 0.7;  // a view may be drawn this much smaller to stand beside another

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::Report)
};

/// Lays things out from top to bottom and begins pages as needed.
class Pages {
 public:
  Pages(QPdfWriter& pdf, const Report& report)
      : m_pdf(pdf), m_report(report), m_painter(&pdf), m_width(pdf.width()), m_height(pdf.height() - kFooterHeight) {
    m_painter.setRenderHint(QPainter::Antialiasing);
    drawFooter();
  }

  void title();
  void table(const ReportTable& table);
  void figures(const std::vector<Figure>& figures);
  void provenance();

 private:
  void need(int height) {
    if (m_y == 0 || m_y + height <= m_height) return;
    m_pdf.newPage();
    ++m_page;
    m_y = 0;
    drawFooter();
  }
  void text(const QString& line, const QFont& font, const QColor& colour, int height) {
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(QRect(0, m_y, m_width, height), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, line);
    m_y += height;
  }
  void drawFooter();
  double heightOf(const Figure& figure, double width) const;
  void figure(const Figure& figure, const QRectF& area);

  QPdfWriter& m_pdf;
  const Report& m_report;
  QPainter m_painter;
  Theme m_theme = Theme::light();
  int m_width;
  int m_height;
  int m_y = 0;
  int m_page = 1;
  int m_figure = 0;
};

void Pages::drawFooter() {
  const QRect row(0, m_height + 8, m_width, kFooterHeight - 8);
  m_painter.setFont(themeFont(kCaptionPixels));
  m_painter.setPen(m_theme.warningText);
  m_painter.drawText(row, Qt::AlignLeft | Qt::AlignBottom, researchLine());
  m_painter.setPen(m_theme.secondary);
  m_painter.drawText(row, Qt::AlignRight | Qt::AlignBottom, Text::tr("page %1").arg(m_page));
}

void Pages::title() {
  text(m_report.provenance.program, themeFont(kCaptionPixels), m_theme.secondary, 18);
  text(m_report.title, themeFont(20, QFont::DemiBold), m_theme.text, 34);
  m_y += kGap;
  const QFont figures = themeFont(kFigurePixels, QFont::DemiBold);
  const int width = QFontMetrics(figures).horizontalAdvance(m_report.prediction) + kGap;
  const int row = m_y;
  text(m_report.prediction, figures, m_theme.text, 44);
  m_painter.setFont(themeFont(kBodyPixels));
  m_painter.setPen(m_theme.secondary);
  m_painter.drawText(
      QRect(width, row, m_width - width, 44), Qt::AlignLeft | Qt::AlignVCenter,
      m_report.comparison.isEmpty() ? Text::tr("probability") : Text::tr("probability, %1").arg(m_report.comparison));
  m_y += kGap;
}

void Pages::provenance() {
  need(kHeading + 4 * kTableRow);
  text(Text::tr("Where this comes from"), themeFont(kBodyPixels, QFont::DemiBold), m_theme.text, kHeading);
  for (const QString& line : m_report.provenance.footer()) {
    m_painter.setFont(themeFont(kCaptionPixels));
    m_painter.setPen(m_theme.secondary);
    QRectF taken;
    m_painter.drawText(QRectF(0, m_y, m_width, 4 * kTableRow), Qt::AlignLeft | Qt::TextWordWrap, line, &taken);
    m_y += int(taken.height()) + 2;
  }
  m_y += kGap;
}

void Pages::table(const ReportTable& entry) {
  const Table& numbers = entry.table;
  const int all = int(numbers.rows.size() + 1) * kTableRow + kHeading;
  need(std::min(all, m_height / 2));
  text(entry.title, themeFont(kBodyPixels, QFont::DemiBold), m_theme.text, kHeading);
  std::size_t row = 0;
  while (row < numbers.rows.size()) {
    const auto room = std::size_t(std::max(1, (m_height - m_y) / kTableRow - 1));
    const std::size_t last = std::min(numbers.rows.size(), row + room);
    m_painter.save();
    m_painter.translate(0, m_y);
    const int wide = numbers.columns.size() > 3 ? m_width : int(m_width * kTableShare);
    m_y += drawRows(m_painter, numbers, row, last, wide, m_theme);
    m_painter.restore();
    row = last;
    if (row < numbers.rows.size()) need(m_height);
  }
  m_y += kGap;
}

void Pages::figures(const std::vector<Figure>& figures) {
  // Two narrow views share a row.
  const double half = (m_width - kGap) / 2.0;
  for (std::size_t i = 0; i < figures.size();) {
    const bool pair = i + 1 < figures.size() && figures[i].size.width() * kNarrow <= half &&
                      figures[i + 1].size.width() * kNarrow <= half;
    const std::size_t last = i + (pair ? 2 : 1);
    const double width = pair ? half : m_width;
    double height = 0;
    for (std::size_t at = i; at < last; ++at) height = std::max(height, heightOf(figures[at], width));
    need(int(height) + kCaptionHeight);
    for (std::size_t at = i; at < last; ++at) {
      const double left = double(at - i) * (half + kGap);
      figure(figures[at], QRectF(left, m_y, width, height));
    }
    m_y += int(height) + kCaptionHeight + kGap;
    i = last;
  }
}

double Pages::heightOf(const Figure& figure, double width) const {
  const double scale = std::min(1.0, width / std::max(1, figure.size.width()));
  return std::min(figure.size.height() * scale, double(m_height - kCaptionHeight));
}

void Pages::figure(const Figure& figure, const QRectF& area) {
  const double height = heightOf(figure, area.width());
  const double width = std::min(area.width(), height * figure.size.width() / std::max(1, figure.size.height()));
  drawContent(m_painter, figure, QRectF(area.left(), area.bottom() - height, width, height));
  const QString subtitle = figure.subtitle.isEmpty() ? QString() : QStringLiteral(": ") + figure.subtitle;
  m_painter.setFont(themeFont(kCaptionPixels));
  m_painter.setPen(m_theme.secondary);
  const QString caption = Text::tr("Figure %1. %2").arg(++m_figure).arg(figure.title + subtitle);
  m_painter.drawText(QRectF(area.left(), area.bottom(), area.width(), kCaptionHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     m_painter.fontMetrics().elidedText(caption, Qt::ElideRight, int(area.width())));
}

}  // namespace

QByteArray pdfOf(const Report& report) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter pdf(&buffer);
  pdf.setTitle(QStringLiteral("%1, %2").arg(report.title, report.provenance.model));
  pdf.setCreator(report.provenance.program);
  pdf.setResolution(kDpi);
  pdf.setPageSize(QPageSize(QPageSize::A4));
  pdf.setPageMargins(QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
  {
    Pages pages(pdf, report);
    pages.title();
    for (const ReportTable& table : report.tables) pages.table(table);
    pages.provenance();
    pages.figures(report.figures);
    for (const ReportTable& table : report.numbers) pages.table(table);
  }
  return bytes;
}

}  // namespace fusemoe::ui
